import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'hilt-guard-new-rule-'));
  for (const entry of ['scripts', 'rules', 'tsconfig.json', 'package.json']) cpSync(join(root, entry), join(copy, entry), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new-rule', () => {
  it('writes rule, test and page, and registers the rule last', () => {
    const before = registered();

    const { status, stdout } = newRule('no-paper-receipt');

    expect(status).toBe(0);
    expect(stdout).toContain('wrote rules/no-paper-receipt.ts');
    expect(read('rules/no-paper-receipt.ts')).toContain("id: 'no-paper-receipt'");
    expect(read('test/rules/no-paper-receipt.test.ts')).toContain("describe('no-paper-receipt'");
    expect(read('docs/rules/no-paper-receipt.md')).toMatch(/^# no-paper-receipt\n/);
    expect(read('rules/index.ts')).toContain("import { noPaperReceipt } from './no-paper-receipt.ts';");
    expect(registered()).toEqual([...before, 'noPaperReceipt']);
  });

  it('leaves no placeholder of a template behind', () => {
    newRule('no-paper-receipt');

    const written = ['rules/no-paper-receipt.ts', 'test/rules/no-paper-receipt.test.ts', 'docs/rules/no-paper-receipt.md'].map(read).join('\n');
    expect(written).not.toMatch(/\{\{(?:id|name)\}\}/);
  });

  it('writes a rule that the build accepts', () => {
    cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
    newRule('no-paper-receipt');

    const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/build.mjs', '--quick'], { cwd: copy, encoding: 'utf8' });

    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
    expect(existsSync(join(copy, 'dist/rules/no-paper-receipt.js'))).toBe(true);
  });

  it('writes a rule that the type check accepts as it is', () => {
    cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
    newRule('no-paper-receipt');
    writeFileSync(join(copy, 'tsconfig.rule.json'), '{ "extends": "./tsconfig.json", "compilerOptions": { "noEmit": true }, "include": ["rules/no-paper-receipt.ts"] }');

    const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.rule.json'], { cwd: copy, encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('says what is left to do', () => {
    expect(newRule('no-paper-receipt').stdout).toContain('npx vitest run test/rules/no-paper-receipt.test.ts test/plugin.test.ts test/readme.test.ts');
  });

  it('can be run twice for two rules', () => {
    const before = registered();
    newRule('no-paper-receipt');
    newRule('require-ink');
    expect(registered()).toEqual([...before, 'noPaperReceipt', 'requireInk']);
  });

  it.each(['Receipt', 'receipt', 'no_receipt', '../no-receipt', 'no-receipt.ts', 'no--receipt', '-no-receipt', ''])('refuses the name %j and writes nothing', (id) => {
    const before = read('rules/index.ts');
    const { status, stderr } = newRule(id);
    expect(status).toBe(2);
    expect(stderr).toContain('is no name for a rule');
    expect(read('rules/index.ts')).toBe(before);
  });

  it('says how it is used when no name is given', () => {
    const { status, stderr } = newRule();
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: npm run new-rule <id>');
  });

  it('refuses a rule that has only a page already, and writes nothing', () => {
    mkdirSync(join(copy, 'docs/rules'), { recursive: true });
    writeFileSync(join(copy, 'docs/rules/no-paper-receipt.md'), 'A draft.\n');
    const { status, stderr } = newRule('no-paper-receipt');
    expect(status).toBe(2);
    expect(stderr).toContain('docs/rules/no-paper-receipt.md');
    expect(read('docs/rules/no-paper-receipt.md')).toBe('A draft.\n');
    expect(existsSync(join(copy, 'rules/no-paper-receipt.ts'))).toBe(false);
  });
});

function newRule(...args: string[]) {
  return spawnSync(process.execPath, ['scripts/new-rule.mjs', ...args], { cwd: copy, encoding: 'utf8' });
}

function read(file: string): string {
  return readFileSync(join(copy, file), 'utf8');
}

/** Names in the registry's list, in order. */
function registered(): string[] {
  const list = /rules: readonly Rule\[\] = \[([^\]]*)\]/.exec(read('rules/index.ts'))?.[1] ?? '';
  return list.split(',').map((name) => name.trim()).filter((name) => name !== '');
}
