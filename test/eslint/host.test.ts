import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Linter, type Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/eslint/index.ts';
import { toEslintRule } from '../../src/eslint/adapter.ts';
import { noHardcodedKey } from '../../rules/no-hardcoded-key.ts';
import { makeKey, randomText } from '../support/keys.ts';
import { runCli } from '../support/run-cli.ts';
import { codeBlockConfig, jsonConfig, lint, lintResults, markdownConfig, repositoryWith } from './project.ts';

const live = makeKey('live', 'host');
const random = randomText('host/slot', 32);
const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the plugin', () => {
  it('puts its rules under the name hilt', () => {
    expect(Object.keys(plugin.configs.recommended.rules ?? {})).toContain('hilt/no-hardcoded-key');
    expect(plugin.configs.recommended.plugins?.['hilt']).toBe(plugin);
    expect(plugin.configs.strict.plugins?.['hilt']).toBe(plugin);
  });

  it('takes every rule for an error in strict', () => {
    expect(new Set(Object.values(plugin.configs.strict.rules ?? {}))).toEqual(new Set(['error']));
  });

  it('sets no files, parser or globals', () => {
    expect(Object.keys(plugin.configs.recommended).sort()).toEqual(['name', 'plugins', 'rules']);
  });

  it('is what require gives', () => {
    const script = "const plugin = require('./dist/src/eslint/index.js'); process.stdout.write([plugin.meta.namespace, typeof plugin.rules['no-hardcoded-key'].create].join())";
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    expect(stdout, stderr).toBe('hilt,function');
  });

  it('loads neither ESLint nor TypeScript', () => {
    const script = "import('./dist/src/eslint/index.js').then(() => process.stdout.write(Object.keys(require('module')._cache).filter((path) => /node_modules.(eslint|typescript|@typescript-eslint)\\b/.test(path)).join()))";
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    expect([status, stdout], stderr).toEqual([0, '']);
  });
});

describe('a text without a mention of Hilt', () => {
  it('gets no listeners', () => {
    expect(listenersOf('const a = "b" + c;')).toEqual([]);
  });

  it('gets listeners for the root alone where it has one', () => {
    expect(listenersOf('const hilt = 1;')).toEqual(['Program', 'Program:exit']);
  });

  it('costs no look at its tree', () => {
    const context = contextOf('const a = "b" + c;');
    Object.defineProperty(context.sourceCode, 'ast', { get: () => { throw new Error('The tree was asked for.'); } });
    expect(plugin.rules['no-hardcoded-key']?.create(context)).toEqual({});
  });
});

describe('settings.hilt', () => {
  const text = `const key = "${live}";`;

  it('may name a shorter body', async () => {
    const short = `const key = "${live.slice(0, 18)}";`;
    expect(await lint(repositoryWith({}), 'a.js', { text: short })).toEqual([]);
    expect(await lint(repositoryWith({}), 'a.js', { text: short, settings: { hilt: { key: { minBodyLength: 10 } } } })).toEqual([`1:13 live "${live.slice(0, 18)}"`]);
  });

  it('wins over the configuration file', async () => {
    const repository = repositoryWith({ 'hilt-guard.config.json': '{ "key": { "minBodyLength": 64 } }' });
    expect(await lint(repository, 'a.js', { text })).toEqual([]);
    expect(await lint(repository, 'a.js', { text, settings: { hilt: { key: { minBodyLength: 16 } } } })).toEqual([`1:13 live "${live}"`]);
  });

  it.each([
    [{ projekt: false }, 'unknown key "projekt". Did you mean "project"?'],
    [{ key: { minBodyLenght: 10 } }, 'unknown key "key.minBodyLenght". Did you mean "minBodyLength"?'],
    [{ nonsense: 1 }, 'unknown key "nonsense". Known here: project, possible, key, hosts.'],
    [{ possible: 'warn' }, 'settings.hilt.possible of the ESLint configuration must be true or false.'],
    [{ project: 'no' }, 'settings.hilt.project of the ESLint configuration must be true or false.'],
    [{ key: { minBodyLength: 'ten' } }, 'settings.hilt.key.minBodyLength of the ESLint configuration must be a whole number from 8 to 256.'],
    [{ hosts: 'pay.test' }, 'settings.hilt.hosts of the ESLint configuration must be a list of host names, without scheme and path.'],
    [{ client: ['web/**'] }, 'settings.hilt of the ESLint configuration has an unknown key "client". It belongs in hilt-guard.config.json, which ESLint reads too.'],
    [{ rules: {} }, 'settings.hilt of the ESLint configuration has an unknown key "rules". Levels stand under `rules` of the ESLint configuration: "hilt/no-hardcoded-key": "error".'],
    [{ key: { length: 20 } }, 'settings.hilt of the ESLint configuration has an unknown key "key.length". Known here: names, minBodyLength.'],
    [[], 'settings.hilt of the ESLint configuration must be an object.'],
    ['off', 'settings.hilt of the ESLint configuration must be an object.'],
  ])('is refused where it is %j', async (hilt, message) => {
    await expect(lint(repositoryWith({}), 'a.js', { text: 'start();', settings: { hilt } })).rejects.toThrow(message);
  });

  it('is refused without showing a key that stands in it', async () => {
    const failure = await lint(repositoryWith({}), 'a.js', { text: 'start();', settings: { hilt: { [live]: 1, key: live } } }).catch(String);
    expect(failure).toContain('unknown key "…"');
    expect(failure).not.toContain(live.slice(8, 20));
  });
});

describe('a finding that is only possible', () => {
  const text = 'export const load = (cookie) => fetch("https://api.hilt.so/v1/unheard-of", { headers: { Cookie: cookie } });';

  it('is reported under its rule, since ESLint has one severity for all that a rule finds', async () => {
    const [message = ''] = (await lintResults(repositoryWith({}), 'a.js', { text })).flatMap(({ messages }) => messages.map((each) => each.message));
    expect(message).toContain(' may send the cookies of a dashboard session ');
  });

  it('is left to the scanner where the settings say so', async () => {
    expect(await lint(repositoryWith({}), 'a.js', { text, settings: { hilt: { possible: false } } })).toEqual([]);
    expect(await lint(repositoryWith({}), 'a.js', { text: `const key = "${live}";`, settings: { hilt: { possible: false } } })).toEqual([`1:13 live "${live}"`]);
  });
});

describe('the configuration file', () => {
  const text = `const key = "${live}";`;

  it('is read at the root', async () => {
    const repository = repositoryWith({ 'hilt-guard.config.json': '{\n  // Fixtures hold keys.\n  "ignore": ["fixtures/"],\n}' });
    expect(await lint(repository, 'fixtures/a.js', { text })).toEqual([]);
    expect(await lint(repository, 'src/a.js', { text })).toEqual([`1:13 live "${live}"`]);
  });

  it('is read from package.json', async () => {
    const repository = repositoryWith({ 'package.json': '{ "hiltGuard": { "ignore": ["/old"] } }' });
    expect(await lint(repository, 'old/a.js', { text })).toEqual([]);
  });

  it('names a baseline, whose findings are not told again', async () => {
    const line = `start("${live}");`;
    const repository = repositoryWith({ 'src/a.js': `${line}\n`, 'hilt-guard.config.json': '{ "baseline": "accepted.txt" }' });
    expect((await runCli(['baseline', '--config', 'hilt-guard.config.json'], { cwd: repository.root, env: repository.env })).code).toBe(0);
    expect(await lint(repository, 'src/a.js')).toEqual([]);
    expect(await lint(repository, 'src/a.js', { text: `\n// moved\n${line}\n` })).toEqual([]);
    expect(await lint(repository, 'src/a.js', { text: `${line}\n${line}\n` })).toEqual([`2:7 live "${live}"`]);
    expect(await lint(repository, 'src/b.js', { text: line })).toEqual([`1:7 live "${live}"`]);
  });

  it('leaves levels to ESLint, which has its own', async () => {
    const repository = repositoryWith({ 'hilt-guard.config.json': '{ "rules": { "no-hardcoded-key": "off" } }' });
    expect(await lint(repository, 'a.js', { text })).toEqual([`1:13 live "${live}"`]);
  });

  it('is refused where it names an unknown rule', async () => {
    const repository = repositoryWith({ 'hilt-guard.config.json': '{ "rules": { "no-hardcoded-keys": "off" } }' });
    await expect(lint(repository, 'a.js', { text })).rejects.toThrow('Unknown key "rules.no-hardcoded-keys". Did you mean "no-hardcoded-key"?');
  });

  it('is read at the root from a folder of it', async () => {
    const repository = repositoryWith({ 'hilt-guard.config.json': '{ "ignore": ["app/old"] }', 'app/x.js': '' });
    const app = { ...repository, root: repository.path('app'), path: (file: string) => repository.path(`app/${file}`) };
    expect(await lint(app, 'old/a.js', { text })).toEqual([]);
    expect(await lint(app, 'new/a.js', { text })).toEqual([`1:13 live "${live}"`]);
  });

  it('is refused with its place where it is wrong', async () => {
    const repository = repositoryWith({ 'hilt-guard.config.json': '{\n  "ignores": []\n}' });
    await expect(lint(repository, 'a.js', { text: 'start();' })).rejects.toThrow('hilt-guard.config.json:2:3: Unknown key "ignores". Did you mean "ignore"?');
  });
});

describe('comments that suppress', () => {
  it('are ESLint\'s own business where they are ESLint\'s', async () => {
    const text = `// eslint-disable-next-line hilt/no-hardcoded-key\nconst key = "${live}";\n`;
    const [result] = await lintResults(repositoryWith({}), 'a.js', { text });
    expect(result?.messages).toEqual([]);
    expect(result?.suppressedMessages.map(({ ruleId }) => ruleId)).toEqual(['hilt/no-hardcoded-key']);
  });

  it('are honoured in a Vue template', async () => {
    const text = `<template>\n<!-- hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May -->\n<p>${live}</p>\n</template>\n`;
    expect(await lint(repositoryWith({}), 'A.vue', { text })).toEqual([]);
  });

  it('are honoured in Svelte and Astro markup', async () => {
    const markup = `<!-- hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May -->\n<p>${live}</p>\n`;
    expect(await lint(repositoryWith({}), 'A.svelte', { text: markup })).toEqual([]);
    expect(await lint(repositoryWith({}), 'a.astro', { text: markup })).toEqual([]);
  });

  it('are told where they do nothing', async () => {
    expect(await lint(repositoryWith({}), 'a.js', { text: '// hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May\nstart();\n' })).toEqual([
      '1:1 suppression // hilt-guard-ignore-next-line no-hardcoded-key -- revoked in May',
    ]);
  });
});

describe('what is linted beside programs', () => {
  it('JSON, by the language of ESLint', async () => {
    expect(await lint(repositoryWith({ 'a.json': `{\n  "apiKey": "${live}"\n}\n` }), 'a.json', { config: jsonConfig })).toEqual([`2:${'  "apiKey": "'.length + 1} live ${live}`]);
  });

  it('Markdown, by the language of ESLint', async () => {
    expect(await lint(repositoryWith({ 'a.md': `# Set up\n\nSet \`${live}\`.\n` }), 'a.md', { config: markdownConfig })).toEqual([`3:6 live ${live}`]);
  });

  it('code blocks of Markdown', async () => {
    const text = `# Set up\n\n\`\`\`js\nconst head = "${live.slice(0, 8)}";\nconst key = head + "${live.slice(8)}";\n\`\`\`\n`;
    expect(await lint(repositoryWith({ 'a.md': text }), 'a.md', { config: codeBlockConfig })).toEqual([`5:13 live head + "${live.slice(8)}"`]);
  });
});

describe('a host that is not ESLint', () => {
  it('oxlint runs the plugin', () => {
    const repository = repositoryWith({
      'a.js': `const head = "${live.slice(0, 8)}";\nexport const key = head + "${live.slice(8)}";\n`,
      'b.js': 'export const nothing = 1 + 2;\n',
      'c.ts': `const key: string = "${live}";\n`,
      '.oxlintrc.json': JSON.stringify({ jsPlugins: [{ name: 'hilt', specifier: `${root}dist/src/eslint/index.js` }], rules: { 'hilt/no-hardcoded-key': 'error' } }),
    });
    const oxlint = createRequire(import.meta.url).resolve('oxlint/package.json').replace('package.json', 'bin/oxlint');
    const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--format', 'unix', 'a.js', 'b.js', 'c.ts'], { cwd: repository.root, encoding: 'utf8' });
    const places = [...stdout.matchAll(/^(\S+?):(\d+):(\d+): A live Hilt key/gm)].map(([, file, line, column]) => `${file}:${line}:${column}`).sort();
    expect(places, stdout + stderr).toEqual(['a.js:2:20', 'c.ts:1:21']);
  });

  it('a host without comments, positions and a real tree is no reason to fail', () => {
    const reports: unknown[] = [];
    const text = `const key = "${live}";`;
    const context = { ...contextOf(text), report: (report: unknown) => reports.push(report) };
    const listeners = plugin.rules['no-hardcoded-key']?.create(context as unknown as Rule.RuleContext) ?? {};
    for (const listener of Object.values(listeners)) (listener as () => void)();
    expect(reports).toMatchObject([{ messageId: 'live', loc: { start: { line: 1, column: 14 } } }]);
  });
});

describe('a fault of a rule', () => {
  it('names the file and holds no key', () => {
    const broken = toEslintRule({ ...noHardcodedKey, check: () => { throw new Error(`Cannot read "${live}" at ${Buffer.from(live).toString('base64')}`); } }, ['no-hardcoded-key']);
    const linter = new Linter();
    let failure: unknown;
    try {
      linter.verify(`const key = "${live}";`, { plugins: { own: { rules: { broken } } }, rules: { 'own/broken': 'error' } }, { filename: 'shop.js' });
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Error);
    const { message, stack = '' } = failure as Error;
    expect(message).toContain('hilt-guard failed on');
    expect(message).toContain('shop.js');
    for (const text of [message, stack]) {
      expect(text).not.toContain(live.slice(12, 24));
      expect(text).not.toContain(Buffer.from(live).toString('base64').slice(0, 20));
    }
  });

  it('is not thrown for odd input', async () => {
    const texts = ['', '\uFEFF', '#!/usr/bin/env node\n', '// hilt', '"hilt"', 'hilt:;', 'export {}; // hilt', `${'('.repeat(400)}hilt${')'.repeat(400)}`, `hilt(${'"a" + '.repeat(3_000)}"b");`, `const hilt = ${'['.repeat(300)}${']'.repeat(300)};`, 'class hilt { static { this.#a; } #a; constructor() { super.x; } }'];
    for (const text of texts) expect(await lint(repositoryWith({}), 'a.js', { text }), text.slice(0, 40)).toEqual([]);
  });
});

describe('a finding', () => {
  it('reads as one message with the way out', async () => {
    const [result] = await lintResults(repositoryWith({}), 'a.js', { text: `fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": "${random}" } });` });
    expect(result?.messages.map(({ message, ruleId, severity }) => [ruleId, severity, message])).toEqual([
      ['hilt/no-hardcoded-key', 2, 'A Hilt key is written into the repository. Read it from the environment or a secret manager; if it was ever pushed, revoke it at app.hilt.so.'],
    ]);
  });

  it('is never fixed by itself', async () => {
    const [result] = await lintResults(repositoryWith({}), 'a.js', { text: `const key = "${live}";` });
    expect(result?.fixableErrorCount).toBe(0);
    expect(result?.messages[0]?.fix).toBeUndefined();
    expect(result?.messages[0]?.suggestions).toHaveLength(1);
  });
});

/** What a host gives a rule at the least. */
function contextOf(text: string): Rule.RuleContext {
  const ast = { type: 'Program', range: [0, text.length], body: [] };
  return { filename: '<input>', physicalFilename: '<input>', cwd: root, settings: {}, options: [], sourceCode: { text, ast } } as unknown as Rule.RuleContext;
}

function listenersOf(text: string): string[] {
  return Object.keys(plugin.rules['no-hardcoded-key']?.create(contextOf(text)) ?? {});
}
