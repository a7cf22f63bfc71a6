import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import folderLayers from '../scripts/layers.json' with { type: 'json' };
import { circles, forbiddenImports, readImportGraph, type ImportGraph, type Layers } from './support/import-graph.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const graph = readImportGraph(root, ['src', 'rules']);
/** The programmatic entry stands on the engine, as the command line does. */
const layers: Layers = { ...folderLayers, 'src/index.ts': folderLayers['src/cli'] };

describe('the house', () => {
  it('imports downwards only', () => {
    expect(forbiddenImports(graph, layers)).toEqual([]);
  });

  it('has no circles', () => {
    expect(circles(graph)).toEqual([]);
  });

  it('keeps rules and facts about Hilt free of input and output', () => {
    const io = /^(?:node:)?(?:fs|fs\/promises|child_process|net|http|https|worker_threads|process|os|readline)$/;
    const users = [...graph].filter(([file]) => /^(?:rules|src\/hilt)\//.test(file))
      .flatMap(([file, edges]) => edges.filter((edge) => io.test(edge.specifier)).map((edge) => `${file} imports ${edge.specifier}`));
    expect(users).toEqual([]);
  });

  it('never imports the TypeScript compiler or ESLint, which would load them with the module', () => {
    const heavy = /^(?:typescript|eslint|@typescript-eslint\/(?:typescript-estree|parser|utils))$/;
    const users = [...graph].flatMap(([file]) => staticImports(file).filter((specifier) => heavy.test(specifier)).map((specifier) => `${file} imports ${specifier}`));
    expect(users).toEqual([]);
  });

  it('loads TypeScript in one file only, through createRequire', () => {
    const loaders = [...graph.keys()].filter((file) => /(?<!typeof )\b(?:require|import)\(\s*['"]typescript['"]/.test(read(file)) && !file.endsWith('.d.ts'));
    expect(loaders).toEqual(['src/syntax/typescript.ts']);
    for (const file of loaders) expect(read(file)).toContain('createRequire(import.meta.url)');
  });

  it('names files in kebab-case for what they hold', () => {
    const files = ['src', 'rules', 'test'].flatMap((folder) => typeScriptFiles(folder));
    const misnamed = files.filter((file) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|bench|d))?\.ts$/.test(basename(file)));
    expect(misnamed).toEqual([]);
  });

  it('has no drawer for everything', () => {
    const drawers = [...graph.keys()].filter((file) => file.split('/').some((part) => /^(?:utils?|helpers?|common|misc|shared)$/.test(basename(part, '.ts'))));
    expect(drawers).toEqual([]);
  });
});

/** Below a folder of ours; the oracle's applications come and go while its tests run. */
function typeScriptFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' || path === 'test/oracle/apps' ? [] : typeScriptFiles(path);
    return entry.isFile() && entry.name.endsWith('.ts') ? [path] : [];
  });
}

describe('what watches the house', () => {
  const layers: Layers = { 'src/low': [], 'src/high': ['src/low'] };

  it('reports an import that points upwards, also of a type', () => {
    const upwards: ImportGraph = new Map([
      ['src/low/a.ts', [{ specifier: '../high/b.ts', file: 'src/high/b.ts', typeOnly: true }]],
      ['src/high/b.ts', []],
    ]);
    expect(forbiddenImports(upwards, layers)).toEqual(['src/low/a.ts imports src/high/b.ts, and src/low may not import src/high.']);
  });

  it('accepts an import that points downwards, within a layer, or to a package', () => {
    const downwards: ImportGraph = new Map([
      ['src/high/b.ts', [
        { specifier: '../low/a.ts', file: 'src/low/a.ts', typeOnly: false },
        { specifier: './c.ts', file: 'src/high/c.ts', typeOnly: false },
        { specifier: 'yaml', typeOnly: false },
      ]],
      ['src/high/c.ts', []],
      ['src/low/a.ts', []],
    ]);
    expect(forbiddenImports(downwards, layers)).toEqual([]);
  });

  it('reports a module that no layer holds, and an import of one', () => {
    const outside: ImportGraph = new Map([
      ['src/high/b.ts', [{ specifier: '../stray.ts', file: 'src/stray.ts', typeOnly: false }]],
      ['src/stray.ts', []],
    ]);
    expect(forbiddenImports(outside, layers)).toEqual([
      'src/high/b.ts imports src/stray.ts, and src/high may not import what is in no layer.',
      'src/stray.ts is in no layer.',
    ]);
  });

  it('reports a circle once, and none where a type closes it', () => {
    const edge = (file: string, typeOnly = false) => ({ specifier: `./${file}`, file, typeOnly });
    expect(circles(new Map([['a.ts', [edge('b.ts')]], ['b.ts', [edge('c.ts')]], ['c.ts', [edge('a.ts'), edge('b.ts')]]])))
      .toEqual(['a.ts -> b.ts -> c.ts -> a.ts', 'b.ts -> c.ts -> b.ts']);
    expect(circles(new Map([['a.ts', [edge('b.ts')]], ['b.ts', [edge('a.ts', true)]]]))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Specifiers of imports that remain at run time and are not calls. */
function staticImports(file: string): string[] {
  const calls = new Set([...read(file).matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]/g)].map((match) => match[1]));
  return (graph.get(file) ?? []).filter((edge) => !edge.typeOnly && !calls.has(edge.specifier)).map((edge) => edge.specifier);
}
