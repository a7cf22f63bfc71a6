/** The last part of a POSIX path: the name of the file or folder. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
