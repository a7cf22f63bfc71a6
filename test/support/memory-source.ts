import type { Notice } from '../../src/sources/notice.ts';
import type { Source, SourceFile } from '../../src/sources/source.ts';

/** A snapshot from literal files, for tests of what is built on sources. Counts the reads of each file. */
export interface MemorySource extends Source {
  readonly reads: Map<string, number>;
}

export function memorySource(files: Readonly<Record<string, string | Uint8Array>>, root = '/nowhere'): MemorySource {
  const reads = new Map<string, number>();
  const notices: Notice[] = [];
  const fileOf = (path: string, content: string | Uint8Array): SourceFile => ({
    path,
    read: () => {
      reads.set(path, (reads.get(path) ?? 0) + 1);
      return typeof content === 'string' ? Buffer.from(content) : content;
    },
  });
  const paths = new Set(Object.keys(files));
  return {
    root,
    reads,
    notices,
    paths: () => paths,
    files: () => [...paths].sort().map((path) => fileOf(path, files[path] ?? '')),
    open: (path) => (Object.hasOwn(files, path) ? fileOf(path, files[path] ?? '') : undefined),
  };
}
