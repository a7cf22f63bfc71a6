import type { Notice } from '../sources/notice.ts';
import { writeStderr } from './console.ts';

/** Notices of one code that are told one by one. */
const limit = 20;

/** Tells on stderr what was not scanned; with `quiet` only what makes the scan incomplete. */
export function tellNotices(notices: readonly Notice[], quiet: boolean): void {
  const told = new Map<string, number>();
  for (const { code, level, file, message } of notices) {
    if (quiet && level === 'info') continue;
    const count = (told.get(code) ?? 0) + 1;
    told.set(code, count);
    if (count > limit) continue;
    const place = file === undefined ? '' : `${JSON.stringify(file).slice(1, -1)}: `;
    writeStderr(`${level === 'incomplete' ? 'not scanned' : 'note'}: ${place}${message}`);
  }
  for (const [code, count] of told) if (count > limit) writeStderr(`… and ${count - limit} more notices (${code}); --format json lists them all.`);
}
