const causes: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
};

/** Why a file could not be opened, read or written, in words; the system's own code where there are none. `cause`: what was caught. */
export function describeFileFailure(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
  return causes[code] ?? code;
}
