/** Folder of a path relative to the root: `""` for the root itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/**
 * `specifier` seen from `folder`, dots resolved; both relative to the root. `undefined` if it leads out of the root.
 * A trailing slash is dropped.
 */
export function joinPath(folder: string, specifier: string): string | undefined {
  // Nearly all specifiers are some dots and then a plain path: no need to take them apart.
  let rest = 0;
  let base = folder;
  if (specifier.startsWith('./')) rest = 2;
  else {
    while (specifier.startsWith('../', rest) && base !== '') {
      base = folderOf(base);
      rest += 3;
    }
  }
  if (rest > 0 && rest < specifier.length && !unusual.test(specifier.slice(rest))) return base === '' ? specifier.slice(rest) : `${base}/${specifier.slice(rest)}`;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of specifier.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** A segment that is empty or only dots, at the beginning, in the middle or at the end. */
const unusual = /^\/|^\.{1,2}(?:\/|$)|\/\/|\/\.{1,2}(?:\/|$)|\/$/;

/** Whether `path` is `folder` or lies below it; everything lies below `""`. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || (path.startsWith(folder) && path.charCodeAt(folder.length) === 47);
}

/** The path as seen from `folder`, which must be above it. */
export function relativeTo(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
