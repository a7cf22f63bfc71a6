import type { Notice } from './notice.ts';

/** Collects notices; the same one about the same file is told once, however often the file is read. */
export class NoticeList {
  readonly all: Notice[] = [];
  readonly #told = new Set<string>();

  add(notice: Notice): void {
    const identity = `${notice.code}\0${notice.file ?? ''}`;
    if (this.#told.has(identity)) return;
    this.#told.add(identity);
    this.all.push(notice);
  }
}
