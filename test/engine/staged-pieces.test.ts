import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/engine/run.ts';
import { makeKey, randomText } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';

const live = makeKey('live', 'staged-pieces');
const body = live.slice(8);
const piece = `export const start = '${'hk_'}live_';\n`;
const random = randomText('staged', 24);

let repository: Repository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

/** `file:line` of each finding of a staged scan, after everything in the working tree was staged. */
async function staged(): Promise<string[]> {
  repository.git('add', '-A');
  const { findings } = await run({ cwd: repository.root, input: { kind: 'staged', paths: [] }, project: true, frames: false });
  return findings.filter(({ rule }) => rule === 'no-hardcoded-key').map(({ file, range }) => `${file}:${range.start.line}`);
}

describe('a staged file that completes what is committed', () => {
  it('through a re-export', async () => {
    repository.write('start.ts', piece);
    repository.write('index.ts', "export * from './start';\n");
    repository.commit();
    repository.write('a.ts', `import { start } from './index';\nexport const key = start + '${body}';\n`);
    expect(await staged()).toEqual(['a.ts:2']);
  });

  it('through a path of tsconfig.json', async () => {
    repository.write('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }');
    repository.write('src/start.ts', piece);
    repository.commit();
    repository.write('src/a.ts', `import { start } from '@/start';\nexport const key = start + '${body}';\n`);
    expect(await staged()).toEqual(['src/a.ts:2']);
  });

  it('by a key for a wrapper', async () => {
    repository.write('call.ts', "export const call = (key: string) => fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': key } });\n");
    repository.commit();
    repository.write('a.ts', `import { call } from './call';\ncall('${random}');\n`);
    expect(await staged()).toEqual(['a.ts:2']);
  });

  it('not where the committed file has no piece', async () => {
    repository.write('start.ts', "export const start = 'id_';\n");
    repository.commit();
    repository.write('a.ts', `import { start } from './start';\nexport const key = start + '${body}';\n`);
    expect(await staged()).toEqual([]);
  });

  it('not where the line only moved', async () => {
    repository.write('start.ts', piece);
    repository.write('a.ts', `import { start } from './start';\nexport const key = start + '${body}';\n`);
    repository.commit();
    repository.write('a.ts', `import { start } from './start';\n\nexport const key = start + '${body}';\n`);
    expect(await staged()).toEqual([]);
  });
});
