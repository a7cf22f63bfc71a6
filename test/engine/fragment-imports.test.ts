import { describe, expect, it } from 'vitest';
import { FragmentImports } from '../../src/engine/fragment-imports.ts';
import type { Source, SourceFile } from '../../src/sources/source.ts';

const piece = `export const live = '${'hk_'}live_';\n`;

describe('the importers of files that mention Hilt', () => {
  it('are those that put a text together from them', () => {
    expect(importers('src/bot.ts', "import { live } from './pieces';\nexport const url = `${live}`;\n", { 'src/pieces.ts': piece })).toEqual(['src/bot.ts']);
  });

  it.each([
    ['a parent folder', 'src/bot/index.ts', "import { live } from '../pieces.js';\nlive + '';", { 'src/pieces.ts': piece }],
    ['an index file', 'bot.ts', "import { live } from './pieces';\nlive + '';", { 'pieces/index.js': piece }],
    ['a call of require', 'bot.cjs', "const { live } = require('./pieces');\nlive.concat('');", { 'pieces.json': piece }],
    ['the own folder', 'src/bot.ts', "import { live } from '.';\nlive + '';", { 'src/index.ts': piece }],
    ['a query', 'bot.ts', "import live from './pieces.txt?raw';\nlive + '';", { 'pieces.txt': piece }],
    ['an escaped specifier', 'bot.ts', "import { live } from '\\x2e/\\u0070ieces';\nlive + '';", { 'pieces.ts': piece }],
    ['an unquoted attribute', 'bot.vue', '<script src=./pieces.ts></script>\n<template>{{ a + b }}</template>', { 'pieces.ts': piece }],
    ['a type of that name', 'bot.ts', "import type from './pieces';\ntype + '';", { 'pieces.ts': piece }],
    ['a name outside ASCII', 'bot.ts', "import { live } from './stücke';\nlive + '';", { 'stücke.ts': piece }],
    ['a module of Python', 'shop/bot.py', 'from pieces import live\nkey = f"{live}"\n', { 'pieces.py': piece }],
    ['a package of Python', 'shop/bot.py', 'from . import pieces\nkey = pieces.live + ""\n', { 'shop/pieces.py': piece }],
    ['a package of Python that passes it on', 'bot.py', 'import shop\nkey = "%s" % shop.live\n', { 'shop/__init__.py': 'from .pieces import *\n', 'shop/pieces.py': piece }],
  ])('through %s', (_name, file, text, others) => {
    expect(importers(file, text, others)).toEqual([file]);
  });

  it.each([
    ['that import only types of them', 'bot.ts', "import type { Live } from './pieces';\nconst a = 1 + 1;", { 'pieces.ts': piece }],
    ['that put nothing together', 'bot.ts', "export { live } from './pieces';\n", { 'pieces.ts': piece }],
    ['that are declarations', 'bot.d.ts', "import { live } from './pieces';\ntype A = `${string}`;\n", { 'pieces.ts': piece }],
    ['of files without a mention', 'bot.ts', "import { live } from './pieces';\nlive + '';", { 'pieces.ts': 'export const live = 1;\n' }],
    ['of files outside the repository', 'bot.ts', "import { live } from '../../pieces';\nlive + '';", { 'pieces.ts': piece }],
    ['of modules of Python without a mention', 'bot.py', 'from pieces import live\nkey = live + ""\n', { 'pieces.py': 'live = 1\n', 'other.py': piece }],
    ['of Python that put nothing together', 'bot.py', 'from pieces import live\nprint(live)\n', { 'pieces.py': piece }],
    ['of packages', 'bot.ts', "import { live } from 'pieces';\nlive + '';", { 'pieces.ts': piece }],
  ])('are not those %s', (_name, file, text, others) => {
    expect(importers(file, text, others)).toEqual([]);
  });

  it('come from what can be had without a listing, where that answers', () => {
    const source = sourceOf({ 'bot.ts': "import { live } from './pieces';\nlive + '';", 'pieces.ts': piece });
    const opened: string[] = [];
    const quick: Source = {
      ...source,
      open: (path) => (opened.push(path), source.open(path)),
      peek: () => new Map([['pieces.ts', Buffer.from(piece)]]),
    };
    expect(noted(quick, 'bot.ts')).toEqual(['bot.ts']);
    // The staged file itself, and no other.
    expect(opened).toEqual(['bot.ts']);
  });

  it.each([
    ['nothing of an import can be had so', new Map<string, Uint8Array | undefined>()],
    ['only a listing can tell what a path holds', new Map<string, Uint8Array | undefined>([['pieces.ts', undefined]])],
  ])('come from a listing where %s', (_name, near) => {
    const source = sourceOf({ 'bot.ts': "import { live } from './pieces';\nlive + '';", 'pieces.ts': piece });
    expect(noted({ ...source, peek: () => near }, 'bot.ts')).toEqual(['bot.ts']);
  });
});

function importers(file: string, text: string, others: Readonly<Record<string, string>>): string[] {
  return noted(sourceOf({ ...others, [file]: text }), file);
}

function noted(source: Source, file: string): string[] {
  const imports = new FragmentImports();
  const staged = source.open(file);
  if (staged) imports.note(staged);
  return [...imports.importers(source)].map(({ path }) => path);
}

function sourceOf(files: Readonly<Record<string, string>>): Source {
  const open = (path: string): SourceFile | undefined => {
    const text = files[path];
    return text === undefined ? undefined : { path, read: () => Buffer.from(text) };
  };
  return { root: '/', notices: [], files: () => [], open, paths: () => new Set(Object.keys(files)) };
}
