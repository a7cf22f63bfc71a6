import { posix } from 'node:path';
import type { Source } from '../sources/source.ts';

/** Folders below a root of the module search path that projects keep their packages in. */
const sourceFolders = ['', 'src/'];

/**
 * The file of a Python module by its name in an `import` (`app.hilt`, `.client`, `..`), or `undefined` where the project has none.
 *
 * Python looks an absolute name up in the folder of the program that was started and in what is installed. Which program that is
 * cannot be told, so every folder above the file that is no package itself is tried, the nearest first.
 */
export function resolvePythonModule(source: Source, from: string, specifier: string): string | undefined {
  return pythonModulePaths(from, specifier, (folder) => hasFile(source, posix.join(folder, '__init__.py'))).find((path) => path !== from && hasFile(source, path));
}

/** Every path where that module may be, the likeliest first. What is no folder of a package may hold it, where that is known. */
export function pythonModulePaths(from: string, specifier: string, isPackage: (folder: string) => boolean = () => false): string[] {
  const relative = /^(\.+)(.*)$/.exec(specifier);
  const folder = dirname(from);
  if (relative) {
    const up = Array.from({ length: (relative[1] ?? '').length - 1 }, () => '..').join('/');
    const base = posix.normalize(posix.join(folder, up));
    return base.startsWith('..') ? [] : filesOf(base === '.' ? '' : base, relative[2] ?? '');
  }
  const paths: string[] = [];
  for (let root: string | undefined = folder; root !== undefined; root = root === '' ? undefined : dirname(root)) {
    if (!isPackage(root)) for (const inner of sourceFolders) paths.push(...filesOf(posix.join(root, inner), specifier));
  }
  return paths;
}

function filesOf(base: string, name: string): string[] {
  const path = posix.join(base, name.replaceAll('.', '/'));
  return name === '' ? [posix.join(path, '__init__.py')] : [posix.join(path, '__init__.py'), `${path}.py`];
}

function hasFile(source: Source, path: string): boolean {
  return source.paths().has(path);
}

/** The folder of a path; the root is empty. */
function dirname(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
