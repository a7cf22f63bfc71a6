import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { createManifests } from '../../../src/project/graph/manifest.ts';
import { createResolution } from '../../../src/project/graph/resolution.ts';
import { openWorkspace } from '../../../src/project/graph/workspace.ts';
import { memorySource } from '../../support/memory-source.ts';

type Files = Readonly<Record<string, string>>;

/** Where TypeScript's own reading of the nearest tsconfig leads an import. */
function byTypeScript(files: Files, from: string, specifier: string): string | undefined {
  const has = (path: string): boolean => Object.hasOwn(files, path.slice(1));
  const folders = new Set(Object.keys(files).flatMap((file) => file.split('/').map((_, index, parts) => `/${parts.slice(0, index).join('/')}`)));
  const host: ts.ParseConfigHost & ts.ModuleResolutionHost = {
    useCaseSensitiveFileNames: true, fileExists: has, readFile: (path) => files[path.slice(1)], readDirectory: () => [`/${from}`],
    directoryExists: (path) => folders.has(path.replace(/(?<=.)\/$/, '')), realpath: (path) => path,
  };
  let folder = posix.dirname(`/${from}`);
  while (!has(posix.join(folder, 'tsconfig.json')) && folder !== '/') folder = posix.dirname(folder);
  const path = posix.join(folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, host.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, host, folder, undefined, path);
  return ts.resolveModuleName(specifier, `/${from}`, { ...options, moduleResolution: ts.ModuleResolutionKind.Bundler }, host).resolvedModule?.resolvedFileName.slice(1);
}

function byOurs(files: Files, from: string, specifier: string): string | undefined {
  const source = memorySource(files);
  const manifests = createManifests(source);
  return createResolution(source, manifests, openWorkspace(source, manifests)).resolve(from, specifier);
}

function expectParity(files: Files, from: string, specifier: string, target: string | undefined): void {
  expect(byTypeScript(files, from, specifier)).toBe(target);
  expect(byOurs(files, from, specifier)).toBe(target);
}

const json = JSON.stringify;
const config = (compilerOptions: object, more: object = {}): string => json({ ...more, compilerOptions });

describe('a tsconfig is read as TypeScript reads it', () => {
  it('paths without baseUrl, relative to their own file', () => {
    expectParity({ 'tsconfig.json': config({ paths: { '@/*': ['./src/*'] } }), 'src/a.ts': '', 'src/b.ts': '' }, 'src/a.ts', '@/b', 'src/b.ts');
  });

  it('paths below a baseUrl', () => {
    expectParity({ 'tsconfig.json': config({ baseUrl: './src', paths: { '~/*': ['lib/*'] } }), 'src/a.ts': '', 'src/lib/b.ts': '' }, 'src/a.ts', '~/b', 'src/lib/b.ts');
  });

  it('names below baseUrl', () => {
    expectParity({ 'tsconfig.json': config({ baseUrl: './src' }), 'src/a.ts': '', 'src/lib/b.ts': '' }, 'src/a.ts', 'lib/b', 'src/lib/b.ts');
  });

  it('inherited paths, relative to the file that has them', () => {
    expectParity({ 'configs/base.json': config({ paths: { '@/*': ['../shared/*'] } }), 'app/tsconfig.json': config({}, { extends: '../configs/base.json' }), 'app/a.ts': '', 'shared/b.ts': '' }, 'app/a.ts', '@/b', 'shared/b.ts');
  });

  it('inherited paths under a baseUrl of their own file', () => {
    expectParity({ 'configs/base.json': config({ baseUrl: '..', paths: { '@/*': ['shared/*'] } }), 'app/tsconfig.json': config({}, { extends: '../configs/base.json' }), 'app/a.ts': '', 'shared/b.ts': '' }, 'app/a.ts', '@/b', 'shared/b.ts');
  });

  it('inherited paths under a baseUrl of the extending file', () => {
    expectParity({ 'base.json': config({ paths: { '@/*': ['lib/*'] } }), 'app/tsconfig.json': config({ baseUrl: '.' }, { extends: '../base.json' }), 'app/a.ts': '', 'app/lib/b.ts': '', 'lib/b.ts': '' }, 'app/a.ts', '@/b', 'app/lib/b.ts');
  });

  it('paths of its own under an inherited baseUrl', () => {
    expectParity({ 'base.json': config({ baseUrl: './src' }), 'app/tsconfig.json': config({ paths: { '@/*': ['lib/*'] } }, { extends: '../base.json' }), 'app/a.ts': '', 'src/lib/b.ts': '' }, 'app/a.ts', '@/b', 'src/lib/b.ts');
  });

  it('a list of extends, the last wins', () => {
    expectParity({ 'a.json': config({ paths: { x: ['./one.ts'] } }), 'b.json': config({ paths: { x: ['./two.ts'] } }), 'tsconfig.json': config({}, { extends: ['./a.json', './b.json'] }), 'one.ts': '', 'two.ts': '', 'm.ts': '' }, 'm.ts', 'x', 'two.ts');
  });

  it('extends without its ending', () => {
    expectParity({ 'configs/base.json': config({ paths: { x: ['./x.ts'] } }), 'configs/x.ts': '', 'tsconfig.json': config({}, { extends: './configs/base' }), 'm.ts': '' }, 'm.ts', 'x', 'configs/x.ts');
  });

  it('its own paths take the place of inherited ones', () => {
    expectParity({ 'base.json': config({ paths: { x: ['./x.ts'] } }), 'tsconfig.json': config({ paths: { y: ['./y.ts'] } }, { extends: './base.json' }), 'x.ts': '', 'y.ts': '', 'm.ts': '' }, 'm.ts', 'x', undefined);
  });

  it('${configDir} in inherited paths is the folder of the extending file', () => {
    expectParity({ 'configs/base.json': config({ paths: { '@/*': ['${configDir}/src/*'] } }), 'app/tsconfig.json': config({}, { extends: '../configs/base.json' }), 'app/src/a.ts': '', 'app/src/b.ts': '' }, 'app/src/a.ts', '@/b', 'app/src/b.ts');
  });

  it('${configDir} in an inherited baseUrl', () => {
    expectParity({ 'configs/base.json': config({ baseUrl: '${configDir}/src' }), 'app/tsconfig.json': config({}, { extends: '../configs/base.json' }), 'app/src/a.ts': '', 'app/src/lib/b.ts': '' }, 'app/src/a.ts', 'lib/b', 'app/src/lib/b.ts');
  });

  it('extends of extends', () => {
    expectParity({ 'c/one.json': config({ paths: { '@/*': ['${configDir}/lib/*'] } }), 'c/two.json': config({}, { extends: './one.json' }), 'app/tsconfig.json': config({}, { extends: '../c/two.json' }), 'app/a.ts': '', 'app/lib/b.ts': '' }, 'app/a.ts', '@/b', 'app/lib/b.ts');
  });

  it('an exact name before a pattern, the longest prefix before others', () => {
    const files = { 'tsconfig.json': config({ paths: { '*': ['./any/*'], '@/lib/*': ['./lib/*'], '@/*': ['./src/*'], '@/lib/x': ['./exact.ts'] } }), 'any/q.ts': '', 'lib/y.ts': '', 'src/z.ts': '', 'exact.ts': '', 'm.ts': '' };
    expectParity(files, 'm.ts', '@/lib/x', 'exact.ts');
    expectParity(files, 'm.ts', '@/lib/y', 'lib/y.ts');
    expectParity(files, 'm.ts', '@/z', 'src/z.ts');
    expectParity(files, 'm.ts', 'q', 'any/q.ts');
  });

  it('the first target that is there', () => {
    expectParity({ 'tsconfig.json': config({ paths: { '@/*': ['./gone/*', './src/*'] } }), 'src/b.ts': '', 'm.ts': '' }, 'm.ts', '@/b', 'src/b.ts');
  });

  it('a pattern with an ending', () => {
    expectParity({ 'tsconfig.json': config({ paths: { '@/*/api': ['./src/*/api/index.ts'] } }), 'src/pay/api/index.ts': '', 'm.ts': '' }, 'm.ts', '@/pay/api', 'src/pay/api/index.ts');
  });

  it('comments and trailing commas', () => {
    expectParity({ 'tsconfig.json': '{ // the app\n "compilerOptions": { "paths": { "@/*": ["./src/*"], }, }, /* end */ }', 'src/b.ts': '', 'm.ts': '' }, 'm.ts', '@/b', 'src/b.ts');
  });

  it('the nearest tsconfig only', () => {
    expectParity({ 'tsconfig.json': config({ paths: { 'shop/*': ['./src/*'] } }), 'app/tsconfig.json': config({}), 'app/a.ts': '', 'src/b.ts': '' }, 'app/a.ts', 'shop/b', undefined);
  });

  it('extends of an installed package', () => {
    expectParity({ 'node_modules/@acme/tsconfig/package.json': json({ name: '@acme/tsconfig' }), 'node_modules/@acme/tsconfig/base.json': config({ paths: { '@/*': ['${configDir}/src/*'] } }), 'tsconfig.json': config({}, { extends: '@acme/tsconfig/base.json' }), 'src/b.ts': '', 'm.ts': '' }, 'm.ts', '@/b', 'src/b.ts');
  });
});
