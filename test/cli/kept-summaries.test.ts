import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKey, randomText } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';
import { runCli } from '../support/run-cli.ts';

let repository: Repository;
const kept = (): string => repository.path('.git/hilt-guard/summaries.bin');

/** Stages everything and gives `rule file:line` of each finding. */
async function check(...args: string[]): Promise<string[]> {
  repository.git('add', '-A');
  const { stdout } = await runCli(['--staged', '--format', 'json', ...args], { cwd: repository.root, env: repository.env });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; range: { start: { line: number } } }[] };
  return findings.map(({ rule, file, range }) => `${rule} ${file}:${range.start.line}`);
}

const page = (body: string): string => `import { Pay } from '../components/pay';\nimport { hilt, label } from '../lib/hilt';\n\nexport default async function Page() {\n  const products = await hilt.products.list();\n  return ${body};\n}\n`;

/** An application whose page and client were looked at by a commit that is done. */
beforeEach(async () => {
  repository = createRepository();
  repository.commit();
  repository.write('package.json', JSON.stringify({ name: 'shop', dependencies: { next: '^16.0.0', react: '^19.0.0', '@hiltpay/sdk': '^1.4.0' } }));
  repository.write('lib/settings.ts', 'export const settings = { name: process.env.SHOP_NAME };\n');
  repository.write('lib/hilt.ts', "import { HiltClient } from '@hiltpay/sdk';\nimport { settings } from './settings';\n\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nexport const label = settings.name;\n");
  repository.write('components/pay.tsx', "'use client';\n\nexport function Pay({ label }: { label?: string }) {\n  return <button>{label}</button>;\n}\n");
  repository.write('app/page.tsx', page('<Pay label={products[0].name} />'));
  expect(await check()).toEqual([]);
  repository.commit();
  repository.write('app/page.tsx', page('<Pay label={products[1].name} />'));
  expect(await check()).toEqual([]);
  repository.commit();
});
afterEach(() => repository.cleanup());

describe('files that a commit leaves as they are', () => {
  it('are kept for the owner alone', () => {
    expect(readFileSync(kept()).includes('SHOP_NAME')).toBe(true);
    expect(statSync(kept()).mode & 0o777).toBe(0o600);
  });
  it.each([
    ['as they were', () => undefined],
    ['with a byte that has changed', () => {
      const bytes = readFileSync(kept());
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      writeFileSync(kept(), bytes);
    }],
    ['cut off', () => writeFileSync(kept(), readFileSync(kept()).subarray(0, 900))],
    ['of another build', () => writeFileSync(kept(), Buffer.from(readFileSync(kept()).toString('latin1').replace('"version":"', '"version":"0'), 'latin1'))],
  ])('tell what a page hands over, kept %s', async (_how, change) => {
    change();
    repository.write('app/page.tsx', page('<Pay label={hilt.apiKey} />'));
    expect(await check()).toEqual(await check('--no-cache'));
    repository.write('app/page.tsx', page('<Pay label={process.env.HILT_API_KEY} />'));
    expect(await check()).toEqual(['no-client-key app/page.tsx:6']);
  });
  it('are read again once they have changed', async () => {
    repository.write('app/page.tsx', page('<Pay label={label} />'));
    expect(await check()).toEqual([]);
    repository.commit();
    repository.write('lib/settings.ts', 'export const settings = { name: process.env.HILT_API_KEY };\n');
    expect(await check()).toEqual(await check('--no-cache'));
    expect(await check()).toEqual(['no-client-key app/page.tsx:6']);
  });
});

describe('what may be a key or a part of one', () => {
  it.each([
    ['a key', makeKey('live', 'kept summaries')],
    ['a body that another module puts behind a prefix', randomText('kept summaries', 32)],
  ])('is not kept: %s', async (_what, secret) => {
    repository.write('lib/settings.ts', `// For Hilt\nexport const settings = { name: 'Shop', secret: '${secret}' };\n`);
    await check();
    repository.commit();
    repository.write('app/page.tsx', page('<Pay label={products[2].name} />'));
    await check();
    repository.write('app/page.tsx', page('<Pay label={products[3].name} />'));
    await check();
    const bytes = readFileSync(kept());
    expect(bytes.includes('lib/hilt.ts')).toBe(true);
    expect([bytes.includes(secret.slice(-32)), bytes.includes('lib/settings.ts')]).toEqual([false, false]);
  });
});

it('nothing is kept with --no-cache', async () => {
  const fresh = createRepository();
  fresh.write('lib/hilt.ts', "import { HiltClient } from '@hiltpay/sdk';\n\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n");
  fresh.git('add', '-A');
  await runCli(['--staged', '--no-cache'], { cwd: fresh.root, env: fresh.env });
  expect(existsSync(fresh.path('.git/hilt-guard'))).toBe(false);
  fresh.cleanup();
});
