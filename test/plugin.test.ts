import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint as ESLint10 } from 'eslint';
import { ESLint as ESLint9 } from 'eslint-v9';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rules } from '../rules/index.ts';
import plugin from '../src/eslint/index.ts';
import { lintFiles } from './support/lint-text.ts';
import { createRepository } from './support/repository.ts';
import { readPageExamples, type PageFile } from './support/rule-page.ts';
import { runCli } from './support/run-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const ids = rules.map((rule) => rule.id);
const configs = Object.entries(plugin.configs);

describe('the registry', () => {
  it('holds every rule file, each id once', () => {
    const files = filesOf('rules', '.ts').filter((name) => name !== 'rule' && name !== 'index');
    expect([...ids].sort()).toEqual(files);
  });

  it('has a test for every rule, and no test of a rule that is not there', () => {
    expect(filesOf('test/rules', '.test.ts')).toEqual([...ids].sort());
  });

  it('has a page for every rule, and no page of a rule that is not there', () => {
    expect(filesOf('docs/rules', '.md')).toEqual([...ids].sort());
  });
});

describe.each(rules)('the rule $id', (rule) => {
  const { meta } = rule;

  it('has a description in the form of ESLint\'s own', () => {
    expect(meta.docs.description).toMatch(/^(?:Enforce|Require|Disallow) .+[^. ]$/);
  });

  it('points to its page', () => {
    expect(meta.docs.url).toMatch(new RegExp(`/docs/rules/${rule.id}\\.md$`));
    expect(() => new URL(meta.docs.url)).not.toThrow();
  });

  it('speaks in sentences', () => {
    for (const message of Object.values(meta.messages)) expect(message).toMatch(/^[A-Z`{][^]*\.$/);
  });

  it('says what to do for each message', () => {
    const suggestions = new Set(Object.keys(meta.messages).filter((id) => /^(?:replace|remove|use|move|read)[A-Z]/.test(id)));
    const problems = Object.keys(meta.messages).filter((id) => !id.endsWith('Help') && !suggestions.has(id));
    expect(problems.filter((id) => !(`${id}Help` in meta.messages))).toEqual([]);
    const orphans = Object.keys(meta.messages).filter((id) => id.endsWith('Help') && !(id.slice(0, -'Help'.length) in meta.messages));
    expect(orphans).toEqual([]);
  });

  it('has a schema that refuses what it does not know', () => {
    expect(Array.isArray(meta.schema)).toBe(true);
    for (const options of meta.schema as readonly Record<string, unknown>[]) {
      expect(options).toMatchObject({ type: 'object', additionalProperties: false });
      for (const property of Object.values(options['properties'] as Record<string, { description?: string }>)) {
        expect(property.description).toMatch(/\S/);
      }
    }
  });
});

describe.each(ids)('the page of %s', (id) => {
  const page = existsSync(join(root, `docs/rules/${id}.md`)) ? readFileSync(join(root, `docs/rules/${id}.md`), 'utf8') : '';
  const examples = readPageExamples(page).map((example) => ({ ...example, name: `${example.files.map(({ file }) => file).join(' + ')}, line ${example.line}` }));
  const bad = examples.filter(({ verdict }) => verdict === 'bad');
  const good = examples.filter(({ verdict }) => verdict === 'good');

  it('is headed by the rule, and has bad and good code', () => {
    expect(page).toMatch(new RegExp(`^# ${id}\\n`));
    expect(bad.length).toBeGreaterThan(0);
    expect(good.length).toBeGreaterThan(0);
  });

  it.each(bad)('is right that the rule reports $name', async ({ files }) => {
    expect(await reportingRules(files)).toContain(id);
  });

  it.each(good)('is right that the rule accepts $name', async ({ files }) => {
    expect(await reportingRules(files)).not.toContain(id);
  });
});

describe('the ESLint plugin', () => {
  it('is named, with the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(plugin.meta).toMatchObject({ name: 'hilt-guard', version, namespace: 'hilt' });
  });

  it('has the configs recommended and strict, each with a name', () => {
    expect(configs.map(([name]) => name).sort()).toEqual(['recommended', 'strict']);
    for (const [name, config] of configs) expect(config).toMatchObject({ name: `hilt/${name}` });
  });

  it('recommends each of its rules with the severity that its meta names', () => {
    const expected = Object.fromEntries(rules.filter(({ id }) => id in plugin.rules).map(({ id, meta }) => [`hilt/${id}`, meta.severity]));
    expect(plugin.configs.recommended.rules).toEqual(expected);
  });
});

describe.each([
  { version: '9.15', ESLint: ESLint9 as unknown as typeof ESLint10 },
  { version: '10', ESLint: ESLint10 },
])('in ESLint $version', ({ version, ESLint }) => {
  it('runs in the version that is meant', () => {
    expect(ESLint.version.startsWith(`${version}.`)).toBe(true);
  });

  it.each(configs)('the config %s loads and lints', async (_name, config) => {
    const repository = createRepository();
    onTestFinished(repository.cleanup);
    const eslint = new ESLint({ cwd: repository.root, overrideConfigFile: true, overrideConfig: [config] });
    const [result] = await eslint.lintText('export const apiKey = process.env.HILT_API_KEY;\n', { filePath: 'shop.js' });
    expect(result?.messages).toEqual([]);
  });

  it.each(Object.keys(plugin.rules))('%s refuses an option that it does not know', async (id) => {
    const eslint = new ESLint({
      cwd: root, overrideConfigFile: true, overrideConfig: [{ plugins: { hilt: plugin }, rules: { [`hilt/${id}`]: ['error', { nonsense: true }] } }],
    });
    await expect(eslint.lintText('', { filePath: 'shop.js' })).rejects.toThrow(`hilt/${id}`);
  });
});

describe('the command line', () => {
  it.each(ids)('refuses an option that %s does not know', async (id) => {
    const repository = createRepository();
    onTestFinished(repository.cleanup);
    repository.write('hilt-guard.config.json', JSON.stringify({ rules: { [id]: ['error', { nonsense: true }] } }));
    const { code, stderr } = await runCli([], { cwd: repository.root, env: repository.env });
    expect(stderr).toContain('nonsense');
    expect(code).toBe(2);
  });
});

async function reportingRules(files: readonly PageFile[]): Promise<string[]> {
  const findings = await lintFiles(Object.fromEntries(files.map(({ file, text }) => [file, text])));
  return findings.map(({ rule }) => rule);
}

/** Names without `ending` of the files in a folder, sorted. */
function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)).sort();
}
