import { cpSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { makeKey } from '../support/keys.ts';
import { createRepository, type Repository } from '../support/repository.ts';
import { runCli } from '../support/run-cli.ts';

let repository: Repository;
afterEach(() => repository.cleanup());

interface Key {
  readonly kind: string; readonly name?: string; readonly preview?: string; readonly environment: string; readonly client?: string;
  readonly declared: readonly { file: string; line: number; store?: string }[]; readonly read: readonly { file: string; line: number }[];
  readonly integrations: readonly string[]; readonly marks: readonly string[]; readonly findings: readonly { rule: string; file: string; line: number }[];
}

async function keys(...args: readonly string[]): ReturnType<typeof runCli> {
  return runCli(['keys', ...args], { cwd: repository.root, env: repository.env });
}

async function inventory(): Promise<Key[]> {
  const { code, stdout, stderr } = await keys('--format', 'json');
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { version: number; keys: Key[] }).keys;
}

function fixture(name: string): void {
  repository = createRepository();
  cpSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)), repository.root, { recursive: true, filter: (path) => basename(path) !== 'expected.json' });
  repository.commit();
}

describe('hilt-guard keys', () => {
  it('tells of each name where it is declared and read, and who uses it', async () => {
    fixture('monorepo');
    const found = await inventory();
    expect(found.find(({ name }) => name === 'HILT_API_KEY_SHOP')).toMatchObject({
      kind: 'name', environment: 'unknown', integrations: ['storefront', 'warehouse-sync'], marks: ['shared'],
      declared: [{ file: '.env.example', line: 2 }],
      read: [{ file: 'docker-compose.yml', line: 9 }, { file: 'docker-compose.yml', line: 16 }],
      findings: [{ rule: 'no-shared-key', file: 'docker-compose.yml', line: 16 }],
    });
  });

  it('tells of each key by its preview, with what the rules find', async () => {
    fixture('monorepo');
    const [key] = await inventory();
    expect(key).toMatchObject({ kind: 'key', environment: 'live', integrations: ['support', 'warehouse-sync'], marks: ['shared'] });
    expect(key?.preview).toMatch(/^hk_live_.{4}…$/);
    expect(key?.findings.map(({ rule }) => rule).sort()).toEqual(['no-hardcoded-key', 'no-hardcoded-key', 'no-shared-key']);
  });

  it('has nothing to mark where each integration has its own', async () => {
    fixture('monorepo-clean');
    const found = await inventory();
    expect(found.filter(({ name, marks, findings }) => name !== 'HILT_API_KEY_SUPPORT' && (marks.includes('shared') || findings.length > 0))).toEqual([]);
    expect(found.find(({ name }) => name === 'HILT_API_KEY_TELEGRAM_BOT')).toMatchObject({ integrations: ['telegram-bot'], marks: [] });
  });

  it('marks what is declared and never read, and what is read and never declared', async () => {
    repository = createRepository();
    repository.write('.env.example', 'HILT_API_KEY_OLD_BOT=hk_sandbox_replace_me\nHILT_API_KEY_BOT=\n');
    repository.write('package.json', '{"name":"bot","scripts":{"start":"node bot.js"}}');
    repository.write('bot.js', 'export const keys = [process.env.HILT_API_KEY_BOT, process.env.HILT_API_KEY_REPORTS];\n');
    const marks = Object.fromEntries((await inventory()).map(({ name, marks: own, environment }) => [name, [environment, ...own]]));
    expect(marks).toEqual({ HILT_API_KEY_BOT: ['unknown'], HILT_API_KEY_OLD_BOT: ['sandbox', 'never-read'], HILT_API_KEY_REPORTS: ['unknown', 'never-declared'] });
  });

  it('shows what reaches a client', async () => {
    repository = createRepository();
    repository.write('package.json', '{"name":"shop","dependencies":{"next":"15.0.0","react":"19.0.0"}}');
    repository.write('pages/index.tsx', 'export default function Page() { return <p>{process.env.NEXT_PUBLIC_HILT_API_KEY}</p>; }\n');
    expect((await inventory())[0]).toMatchObject({ name: 'NEXT_PUBLIC_HILT_API_KEY', client: 'value' });
  });

  it('counts only the integrations that the configuration names', async () => {
    fixture('monorepo');
    repository.write('hilt-guard.config.json', JSON.stringify({ integrations: { bots: ['apps/telegram-bot/**', 'apps/discord-checkout/**'], shop: 'apps/storefront/**' } }));
    const found = await inventory();
    expect([...new Set(found.flatMap(({ integrations }) => integrations))].sort()).toEqual(['bots', 'shop']);
    expect(found.flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'no-shared-key')).toEqual([]);
  });

  it('lists and does not judge: exit code 0 with findings, without Hilt, and in an empty repository', async () => {
    fixture('monorepo');
    expect((await keys()).code).toBe(0);
    repository.cleanup();
    repository = createRepository();
    expect(await keys()).toMatchObject({ code: 0, stdout: 'No Hilt key and no key name in this repository.\n' });
  });

  it.each(['table', 'json', 'markdown', 'html', 'mermaid'])('writes no key and no control character as %s', async (format) => {
    repository = createRepository();
    const key = makeKey('live', `inventory-${format}`);
    repository.write('src/\u001b]0;pwned\u0007\u202e<script>alert(1)</script>|`.env', `HILT_API_KEY=${key}\n`);
    repository.write('compose.yaml', `services:\n  "bot\\u001b[31m\\"]; <b>":\n    image: acme/bot\n    environment:\n      HILT_API_KEY: ${key}\n`);
    const { code, stdout } = await keys('--format', format);
    expect(code).toBe(0);
    expect(stdout).toContain('HILT_API_KEY');
    expect(stdout).not.toContain(key);
    expect(stdout).not.toContain(key.slice(14));
    // eslint-disable-next-line no-control-regex -- the characters that a terminal obeys
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    if (format === 'html') expect(stdout).not.toMatch(/<script|<b>/);
    if (format === 'mermaid') expect(stdout).not.toMatch(/<b>|<script/);
  });

  it('writes a file beside stdout', async () => {
    fixture('monorepo');
    const { code, stdout } = await keys('--format', 'markdown', '--output', 'keys.md', '--format', 'mermaid');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^flowchart LR\n/);
    expect(readFileSync(repository.path('keys.md'), 'utf8')).toContain('| `HILT_API_KEY_SHOP` |');
  });

  it.each([
    [['src'], 'Leave the paths out'],
    [['--staged'], '--staged'],
    [['--format', 'markdwn'], 'Did you mean "markdown"?'],
    [['--format', 'sarif'], 'The formats are: table, json, markdown, html, mermaid.'],
  ])('refuses %j', async (args, message) => {
    repository = createRepository();
    const { code, stdout, stderr } = await keys(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
