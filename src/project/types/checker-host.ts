import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type ts from 'typescript';
import { isSdkDependency, isSdkSpecifier } from '../../hilt/sdk.ts';
import { readText } from '../../sources/file-text.ts';
import type { Source } from '../../sources/source.ts';
import { declarationFile } from '../graph/declaration-file.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import type { Resolution } from '../graph/resolution.ts';
import { ambientDeclarations, ambientFile } from './ambient.ts';

type TypeScript = typeof ts;

/**
 * Files of the snapshot that one program may hold, and their size in UTF-16 units: a program takes some 60 bytes a unit. The
 * declarations of TypeScript's library come on top.
 */
const maxFiles = 400;
const maxTotalLength = 2_500_000;
const maxFileLength = 400_000;
/** Where the snapshot begins, to the compiler. */
const rootFolder = '/snapshot';
const libFolder = '/lib';
const endings: readonly (readonly [RegExp, string])[] = [[/\.d\.[mc]?ts$/, '.d.ts'], [/\.tsx$/, '.tsx'], [/\.[mc]?ts$/, '.ts'], [/\.jsx$/, '.jsx'], [/\.[mc]?js$/, '.js'], [/\.json$/, '.json']];

export interface CheckerHost extends ts.CompilerHost {
  /** Whether a bound kept a file out. */
  readonly isCut: boolean;
}

export function fileNameOf(path: string): string {
  return `${rootFolder}/${path}`;
}

export function isScript(path: string): boolean {
  return endings.some(([ending]) => ending.test(path)) && !path.endsWith('.json');
}

/**
 * Hands the compiler the bytes of the snapshot, and its own library from its own folder. It writes nothing, lists nothing, and
 * resolves imports as the project does. Of installed packages only those that depend on Hilt's SDK are read: others have no client
 * to give.
 */
export function createCheckerHost(compiler: TypeScript, source: Source, resolution: Resolution): CheckerHost {
  const libs = dirname(compiler.getDefaultLibFilePath({}));
  const known = new Map<string, ts.SourceFile | undefined>();
  const packages = new Map<string, string | undefined>();
  let files = 0;
  let length = 0;
  let isCut = false;

  function sourceFile(fileName: string, language: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    if (known.has(fileName)) return known.get(fileName);
    const text = textOf(fileName);
    const file = text === undefined ? undefined : compiler.createSourceFile(fileName, text, language, true);
    known.set(fileName, file);
    return file;
  }

  function textOf(fileName: string): string | undefined {
    if (fileName === fileNameOf(ambientFile)) return ambientDeclarations;
    if (fileName.startsWith(`${libFolder}/`)) return readLibrary(fileName.slice(libFolder.length + 1));
    const text = fileName.startsWith(`${rootFolder}/`) ? readText(source, fileName.slice(rootFolder.length + 1)) : undefined;
    if (text === undefined) return undefined;
    if (files >= maxFiles || length + text.length > maxTotalLength || text.length > maxFileLength) {
      isCut = true;
      return undefined;
    }
    files += 1;
    length += text.length;
    return text;
  }

  function readLibrary(name: string): string | undefined {
    return /^lib\.[\w.]+\.d\.ts$/.test(name) ? readFileSync(join(libs, name), 'utf8') : undefined;
  }

  function resolve(from: string, specifier: string): string | undefined {
    if (isSdkSpecifier(specifier)) return undefined;
    const path = resolution.resolve(from, specifier);
    const declared = path === undefined ? declarationFile(source, from, specifier) : declarationsBeside(path);
    return declared ?? path ?? (specifier.startsWith('.') ? undefined : installed(from, specifier));
  }

  /** `client.d.ts` of `client.js`. */
  function declarationsBeside(path: string): string | undefined {
    const declared = path.replace(/\.([mc]?)jsx?$/, '.d.$1ts');
    return declared !== path && source.paths().has(declared) ? declared : undefined;
  }

  function installed(from: string, specifier: string): string | undefined {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      const base = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      const entry = packages.has(base) ? packages.get(base) : typesOfPackage(base);
      packages.set(base, entry);
      if (entry !== undefined && specifier === name) return entry;
      if (entry !== undefined) return [`${base}${specifier.slice(name.length)}.d.ts`, `${base}${specifier.slice(name.length)}/index.d.ts`].find((path) => source.open(path) !== undefined);
      if (folder === '') return undefined;
    }
  }

  function typesOfPackage(base: string): string | undefined {
    const text = readText(source, `${base}/package.json`);
    const manifest = text === undefined ? undefined : parsed(text);
    if (!manifest) return undefined;
    const dependencies = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((field) => Object.entries(recordOf(manifest[field])));
    if (!dependencies.some(([dependency, version]) => isSdkDependency(dependency, String(version)))) return undefined;
    const main = recordOf(recordOf(manifest['exports'])['.']);
    const named = [manifest['types'], manifest['typings'], main['types'], recordOf(main['import'])['types'], recordOf(main['require'])['types'], 'index.d.ts'];
    return named.flatMap((each) => (typeof each === 'string' ? joinPath(base, each) ?? [] : [])).find((path) => source.open(path) !== undefined);
  }

  return {
    get isCut() {
      return isCut;
    },
    getSourceFile: sourceFile,
    getDefaultLibFileName: () => `${libFolder}/lib.es2022.d.ts`,
    getDefaultLibLocation: () => libFolder,
    getCurrentDirectory: () => rootFolder,
    getCanonicalFileName: (fileName) => fileName,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (fileName) => known.get(fileName) !== undefined,
    readFile: () => undefined,
    writeFile: () => undefined,
    directoryExists: () => false,
    getDirectories: () => [],
    resolveModuleNameLiterals: (literals, containing) => literals.map(({ text }) => {
      const path = containing.startsWith(`${rootFolder}/`) ? resolve(containing.slice(rootFolder.length + 1), text) : undefined;
      const extension = endings.find(([ending]) => path !== undefined && ending.test(path))?.[1];
      return { resolvedModule: path === undefined || extension === undefined ? undefined : { resolvedFileName: fileNameOf(path), extension, isExternalLibraryImport: false } };
    }),
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    // A broken manifest names no dependency.
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
