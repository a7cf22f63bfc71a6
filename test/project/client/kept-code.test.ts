import { describe, expect, it } from 'vitest';
import { exposuresOf } from '../../../src/project/client/exposures.ts';
import { makeKey } from '../../support/keys.ts';
import { linkedProject } from '../../support/linked-project.ts';

const key = makeKey('live', 'kept');
const vite8 = { 'package.json': '{"devDependencies":{"vite":"8.3.8"}}', 'index.html': '<script type="module" src="/src/main.js"></script>' };
const vite7 = { ...vite8, 'package.json': '{"devDependencies":{"vite":"7.3.8"}}' };
const workspace = { ...vite8, 'package.json': '{"workspaces":["packages/*"],"devDependencies":{"vite":"8.3.8"}}' };

/** `file confidence` of what ships by value, in path order. */
function shipped(files: Readonly<Record<string, string>>): string[] {
  const byFile = exposuresOf(linkedProject(files));
  return [...byFile.keys()].sort().flatMap((file) => (byFile.get(file) ?? []).filter((each) => each.exposure === 'value').map((each) => `${file} ${each.confidence}`));
}

const guarded = (guard: string, before = ''): Record<string, string> => ({ ...vite8, 'src/main.js': `${before}if (${guard}) console.log('${key}');\n` });

describe('a branch', () => {
  it('is dead where its test is never true', () => {
    for (const guard of ['undefined', 'void 0', 'NaN', '1 + 1 > 3', 'import.meta.hot']) expect(shipped(guarded(guard))).toEqual([]);
  });

  it('ships where its test may be true', () => {
    for (const guard of ['location.hash', 'void location', '1 + 1 > 1', 'import.meta.url']) expect(shipped(guarded(guard))).toEqual(['src/main.js certain']);
  });

  it('is dead where a variable that is never written says so', () => {
    expect(shipped(guarded('debug', 'let debug = false;\n'))).toEqual([]);
    expect(shipped(guarded('debug', 'let debug = false;\ndebug = location.hash;\n'))).toEqual(['src/main.js certain']);
  });

  it('is dead where a constant is compared with another value', () => {
    expect(shipped(guarded(`mode === 'sandbox'`, `const mode = 'live';\n`))).toEqual([]);
    expect(shipped(guarded(`mode === 'live'`, `const mode = 'live';\n`))).toEqual(['src/main.js certain']);
  });

  it('is dead where another module makes its flag from the mode of the build', () => {
    const files = (flag: string) => ({ ...vite8, 'src/main.js': `import { isDev } from './flags.js';\nif (isDev) console.log('${key}');\n`, 'src/flags.js': `export const isDev = ${flag};\n` });
    expect(shipped(files(`process.env.NODE_ENV !== 'production'`))).toEqual([]);
    expect(shipped(files('location.hash === "#dev"'))).toEqual(['src/main.js certain']);
  });

  it('is dead where a flag is a property of an object of another module, for bundlers that look into it', () => {
    const files = { 'src/main.js': `import { flags } from './flags.js';\nif (flags.debug) console.log('${key}');\n`, 'src/flags.js': 'export const flags = { debug: false };\n' };
    expect(shipped({ ...vite7, ...files })).toEqual([]);
    expect(shipped({ ...vite8, ...files })).toEqual(['src/main.js certain']);
  });

  it('is dead where a switch over the mode never comes to it', () => {
    const cases = (production: string, other: string): Record<string, string> => ({ ...vite8, 'src/main.js': `switch (process.env.NODE_ENV) {\n  case 'production':\n    console.log('${production}');\n    break;\n  default:\n    console.log('${other}');\n}\n` });
    expect(shipped(cases('', key))).toEqual([]);
    expect(shipped(cases(key, ''))).toEqual(['src/main.js certain']);
  });

  it('ships where the case before falls through to it', () => {
    expect(shipped({ ...vite8, 'src/main.js': `switch ('a') {\n  case 'a':\n    console.log(1);\n  case 'b':\n    console.log('${key}');\n}\n` })).toEqual(['src/main.js certain']);
  });

  it('is dead behind a break, and behind a choice that leaves on both sides', () => {
    expect(shipped({ ...vite8, 'src/main.js': `for (const x of location.hash) {\n  break;\n  console.log('${key}', x);\n}\n` })).toEqual([]);
    expect(shipped({ ...vite8, 'src/main.js': `globalThis.run = () => {\n  if (location.hash) return 1;\n  else return 2;\n  console.log('${key}');\n};\n` })).toEqual([]);
    expect(shipped({ ...vite8, 'src/main.js': `globalThis.run = () => {\n  if (location.hash) return 1;\n  console.log('${key}');\n};\n` })).toEqual(['src/main.js certain']);
  });
});

describe('a text in a type', () => {
  it('does not ship', () => {
    const page = { ...vite8, 'index.html': '<script type="module" src="/src/main.ts"></script>' };
    expect(shipped({ ...page, 'src/main.ts': `export function take<T extends string = '${key}'>(x: T): T {\n  return x;\n}\ndeclare global {\n  interface Window { key: '${key}' }\n}\nconsole.log(take('a'));\n` })).toEqual([]);
    expect(shipped({ ...page, 'src/main.ts': `const x: 'a' | '${key}' = '${key}';\nconsole.log(x);\n` })).toEqual(['src/main.ts certain']);
  });
});

describe('a part of an object', () => {
  const object = { 'src/config.js': `export const config = { live: { url: 'x', key: '${key}' } };\n` };

  it('is followed along a path', () => {
    const files = { ...object, 'src/main.js': "import { config } from './config.js';\nconsole.log(config.live.url);\n" };
    expect(shipped({ ...vite7, ...files })).toEqual([]);
    expect(shipped({ ...vite8, ...files })).toEqual(['src/config.js certain']);
  });

  it('ships where the path ends before it', () => {
    expect(shipped({ ...vite7, ...object, 'src/main.js': "import { config } from './config.js';\nconsole.log(config.live);\n" })).toEqual(['src/config.js certain']);
  });

  it('is read by the decorator of a parameter', () => {
    const files = (read: string): Record<string, string> => ({
      ...vite7, 'index.html': '<script type="module" src="/src/main.ts"></script>', ...object,
      'src/main.ts': `import { config } from './config.js';\nconst Inject = (given) => () => given;\nclass Client { constructor(@Inject(config.live.${read}) readonly given) {} }\nconsole.log(new Client(), config.live.url);\n`,
    });
    expect(shipped(files('url'))).toEqual([]);
    expect(shipped(files('key'))).toEqual(['src/config.js certain']);
  });

  it('ships with the list that is searched for it', () => {
    expect(shipped({ ...vite8, 'src/main.js': "import { keys } from './keys.js';\nconsole.log(keys.find((item) => item.id === location.hash));\n", 'src/keys.js': `export const keys = [{ id: 'a', key: '${key}' }];\n` })).toEqual(['src/keys.js certain']);
  });

  it('may ship with a method that can read it', () => {
    expect(shipped({ ...vite7, 'src/main.js': "import { config } from './config.js';\nconsole.log(config.ask());\n", 'src/config.js': `export const config = {\n  key: '${key}',\n  ask() {\n    return this.key;\n  },\n};\n` })).toEqual(['src/config.js possible']);
  });
});

describe('a package without side effects', () => {
  const main = { 'src/main.js': "import { used } from '@shop/lib';\nconsole.log(used);\n", 'packages/lib/package.json': '{"name":"@shop/lib","type":"module","main":"./index.js","sideEffects":false}' };

  it('keeps what a module does of which something is used', () => {
    expect(shipped({ ...workspace, ...main, 'packages/lib/index.js': `globalThis.hilt = '${key}';\nexport const used = location.hash;\n` })).toEqual(['packages/lib/index.js certain']);
  });

  it('leaves out modules of which nothing is used', () => {
    expect(shipped({ ...workspace, ...main, 'packages/lib/index.js': "export { used } from './used.js';\nexport { other } from './other.js';\n", 'packages/lib/used.js': 'export const used = location.hash;\n', 'packages/lib/other.js': `globalThis.hilt = '${key}';\nexport const other = 1;\n` })).toEqual([]);
  });
});

describe('the conditions of a package', () => {
  it('give an import what `import` names, wherever `require` stands', () => {
    const files = (requires: string, imports: string) => ({
      ...workspace,
      'src/main.js': "import { used } from '@shop/lib';\nconsole.log(used);\n",
      'packages/lib/package.json': '{"name":"@shop/lib","exports":{".":{"node":"./node.js","require":"./require.cjs","import":"./import.js"}}}',
      'packages/lib/node.js': `export const used = '${key}';\n`,
      'packages/lib/require.cjs': `exports.used = '${requires}';\n`,
      'packages/lib/import.js': `export const used = '${imports}';\n`,
    });
    expect(shipped(files('', key))).toEqual(['packages/lib/import.js certain']);
    expect(shipped(files(key, ''))).toEqual([]);
  });
});

describe('a dynamic import', () => {
  it('takes what its handler reads, for bundlers that look into it', () => {
    const files = (handler: string) => ({ ...vite8, 'src/main.js': `import('./keys.js').then(${handler});\n`, 'src/keys.js': `export const used = 1;\nexport const other = '${key}';\n` });
    expect(shipped(files('({ used }) => console.log(used)'))).toEqual([]);
    expect(shipped(files('(keys) => console.log(keys.used)'))).toEqual([]);
    expect(shipped(files('(keys) => console.log(keys)'))).toEqual(['src/keys.js certain']);
  });
});

describe('code that nobody uses', () => {
  const unused = (text: string): Record<string, string> => ({ 'src/main.js': "import { used } from './lib.js';\nconsole.log(used);\n", 'src/lib.js': `export const used = 1;\n${text}` });

  it('is dropped where it only makes a text', () => {
    expect(shipped({ ...vite8, ...unused(`export const key = ' ${key} '.trim();\n`) })).toEqual([]);
    expect(shipped({ ...vite8, ...unused(`export const key = globalThis.trim('${key}');\n`) })).toEqual(['src/lib.js certain']);
  });

  it('is dropped from a function that is used', () => {
    const ask = (inner: string): Record<string, string> => ({ ...vite8, 'src/main.js': "import { ask } from './lib.js';\nconsole.log(ask(location.hash));\n", 'src/lib.js': `export function ask(text) {\n  ${inner}\n  return text;\n}\n` });
    expect(shipped(ask(`const options = { key: '${key}' };`))).toEqual([]);
    expect(shipped(ask(`class Local {\n    key = '${key}';\n  }`))).toEqual([]);
    expect(shipped(ask(`const options = { key: '${key}' };\n  console.log(options);`))).toEqual(['src/lib.js certain']);
  });
});

describe('what another module makes and nobody uses', () => {
  const made = (maker: string): Record<string, string> => ({ 'src/main.js': `import { used } from './client.js';\nconsole.log(used);\n`, 'src/client.js': `import { make } from './make.js';\nexport const used = 1;\nexport const client = make('${key}');\n`, 'src/make.js': maker });

  it('goes where its function only returns', () => {
    expect(shipped({ ...vite8, ...made('export const make = (key) => ({ key });\n') })).toEqual([]);
    expect(shipped({ ...vite8, ...made('export function make(key) {\n  const get = (path) => fetch(path, { headers: { key } });\n  return { get };\n}\n') })).toEqual([]);
  });

  it('stays where its function does something', () => {
    expect(shipped({ ...vite8, ...made('export const make = (key) => {\n  globalThis.last = key;\n  return { key };\n};\n') })).toEqual(['src/client.js certain']);
    expect(shipped({ ...vite8, ...made('export const make = (key) => console.log(key);\n') })).toEqual(['src/client.js certain']);
  });

  it('stays where its constructor does something, and may go where nothing is known of its class', () => {
    const instance = (maker: string) => ({ ...made(maker), 'src/client.js': `import { Client } from './make.js';\nexport const used = 1;\nexport const client = new Client('${key}');\n` });
    expect(shipped({ ...vite7, ...instance('export class Client {\n  constructor(key) {\n    this.key = key;\n  }\n}\n') })).toEqual([]);
    expect(shipped({ ...vite7, ...instance('export class Client {\n  constructor(key) {\n    globalThis.key = key;\n  }\n}\n') })).toEqual(['src/client.js certain']);
    expect(shipped({ ...vite7, ...made(''), 'src/client.js': `import { Client } from 'some-client';\nexport const used = 1;\nexport const client = new Client('${key}');\n` })).toEqual(['src/client.js possible']);
  });
});

describe('a part of a statement that nobody uses', () => {
  const statement = (text: string): Record<string, string> => ({ ...vite8, 'src/main.js': `import { used } from './lib.js';\nconsole.log(used);\n`, 'src/lib.js': `export const used = 1;\n${text}` });

  it('goes where another part does something', () => {
    expect(shipped(statement(`export const config = { key: '${key}', at: globalThis.now() };\n`))).toEqual([]);
    expect(shipped(statement(`export class Vault extends globalThis.mixin() {\n  read() {\n    return '${key}';\n  }\n}\n`))).toEqual([]);
  });

  it('stays where it is what does something', () => {
    expect(shipped(statement(`export const config = { client: globalThis.make('${key}') };\n`))).toEqual(['src/lib.js certain']);
  });
});

describe('another name for an object', () => {
  const named = (use: string): Record<string, string> => ({ ...vite7, 'src/main.js': `import { config } from './config.js';\n${use}\n`, 'src/config.js': `export const config = { url: '/', key: '${key}' };\n` });

  it('takes what is read of the name', () => {
    expect(shipped(named('const own = config;\nconsole.log(own.url);'))).toEqual([]);
    expect(shipped(named('const { url } = config;\nconsole.log(url);'))).toEqual([]);
    expect(shipped(named('export function ask() {\n  const own = config;\n  return own.url;\n}\nask();'))).toEqual([]);
  });

  it('takes all where the name is used whole', () => {
    expect(shipped(named('const own = config;\nconsole.log(own);'))).toEqual(['src/config.js certain']);
    expect(shipped(named('export function ask() {\n  const own = config;\n  return send(own);\n}\nask();'))).toEqual(['src/config.js certain']);
    expect(shipped(named('const own = { ...config };\nconsole.log(own.key);'))).toEqual(['src/config.js certain']);
  });
});

describe('a build that is not minified', () => {
  const files = { 'src/main.js': `function run() {\n  const spare = '${key}';\n  return 1;\n}\nconsole.log(run());\n` };
  const esbuild = (script: string): Record<string, string> => ({ ...files, 'package.json': `{"scripts":{"build":"${script}"},"devDependencies":{"esbuild":"0.28.2"}}` });
  const webpack = (options: string): Record<string, string> => ({ ...files, 'package.json': '{"devDependencies":{"webpack":"5.112.2"}}', 'webpack.config.js': `module.exports = { entry: './src/main.js', ${options} };\n` });

  it('may keep what a minified one drops', () => {
    expect(shipped(webpack(`mode: 'production'`))).toEqual([]);
    expect(shipped(webpack(`mode: 'development'`))).toEqual(['src/main.js possible']);
    expect(shipped(webpack(`mode: 'production', optimization: { minimize: false }`))).toEqual(['src/main.js possible']);
  });

  it('may keep code that never runs', () => {
    const dead = { 'src/main.js': `if (false) console.log('${key}');\n` };
    expect(shipped({ ...esbuild('esbuild src/main.js --bundle --minify --outfile=dist/a.js'), ...dead })).toEqual([]);
    expect(shipped({ ...esbuild('esbuild src/main.js --bundle --outfile=dist/a.js'), ...dead })).toEqual(['src/main.js possible']);
  });
});

describe('a script that builds, whatever its name', () => {
  it('is read where a script of the package runs it', () => {
    const files = { 'package.json': '{"scripts":{"build":"node tools/make.mjs"},"devDependencies":{"esbuild":"0.28.2"}}', 'tools/make.mjs': `import { build } from 'esbuild';\nawait build({ entryPoints: ['web/start.js'], bundle: true, outdir: 'out' });\n`, 'web/start.js': `console.log('${key}');\n` };
    expect(shipped(files)).toEqual(['web/start.js certain']);
    expect(shipped({ ...files, 'package.json': '{"scripts":{"test":"node other.mjs"},"devDependencies":{"esbuild":"0.28.2"}}' })).toEqual([]);
  });
});

describe('a package of the workspace', () => {
  const files = (tool: string, build: string, manifest: string): Record<string, string> => ({
    'package.json': `{"workspaces":["packages/*"],"scripts":{"build":"${build}"},"devDependencies":{"${tool}":"*"},"dependencies":{"@shop/keys":"*"}}`,
    'rollup.config.js': "import resolve from '@rollup/plugin-node-resolve';\nexport default { input: 'src/main.js', output: { format: 'iife' }, plugins: [resolve({ browser: true })] };\n",
    'src/main.js': `import { key } from '@shop/keys';\nconsole.log(key);\n`,
    'packages/keys/package.json': `{"name":"@shop/keys","type":"module",${manifest}}`,
    'packages/keys/index.js': "export { key } from './node.js';\n",
    'packages/keys/node.js': `export const key = '${makeKey('live', 'one')}';\n`,
    'packages/keys/other.js': `export const key = '${makeKey('live', 'other')}';\n`,
  });

  it('has other files for browsers, but under Rollup, which looks behind the link', () => {
    const manifest = '"main":"./index.js","browser":{"./node.js":"./other.js"}';
    expect(shipped(files('rollup', 'rollup -c', manifest))).toEqual(['packages/keys/node.js certain']);
    expect(shipped({ ...files('esbuild', 'esbuild src/main.js --bundle --minify --outfile=out.js', manifest), 'rollup.config.js': '' })).toEqual(['packages/keys/other.js certain']);
  });

  it('has `exports`, which Parcel reads where it is told to', () => {
    const parcel: Record<string, string> = { ...files('parcel', 'parcel build src/main.js', '"main":"./index.js","exports":"./other.js"'), 'rollup.config.js': '' };
    expect(shipped(parcel)).toEqual(['packages/keys/node.js certain']);
    expect(shipped({ ...parcel, 'package.json': parcel['package.json']?.replace('{', '{"@parcel/resolver-default":{"packageExports":true},') ?? '' })).toEqual(['packages/keys/other.js certain']);
  });

  it('has a condition for development, which Bun takes', () => {
    const manifest = '"exports":{"development":"./other.js","default":"./index.js"}';
    expect(shipped({ ...files('bun', 'bun build src/main.js --outdir dist --minify', manifest), 'rollup.config.js': '' })).toEqual(['packages/keys/other.js certain']);
    expect(shipped({ ...files('esbuild', 'esbuild src/main.js --bundle --minify --outfile=out.js', manifest), 'rollup.config.js': '' })).toEqual(['packages/keys/node.js certain']);
  });
});

describe('what a minifier works out', () => {
  const typed = (use: string): Record<string, string> => ({ ...vite8, 'src/main.js': `import { key } from './key.js';\nconsole.log(${use});\n`, 'src/key.js': `export const key = '${key}';\n` });
  it('is the type of a constant text', () => {
    expect(shipped(typed('typeof key'))).toEqual([]);
    expect(shipped(typed('typeof key, key'))).toEqual(['src/key.js certain']);
  });

  const immediate = (body: string): Record<string, string> => ({ ...vite8, 'src/main.js': "import './client.js';\n", 'src/client.js': `export const client = (() => {\n  const key = '${key}';\n  ${body}\n  return { key };\n})();\n` });
  it('is what a function that runs once makes for nobody', () => {
    expect(shipped(immediate('globalThis.ready = true;'))).toEqual([]);
    expect(shipped(immediate('globalThis.ready = key;'))).toEqual(['src/client.js certain']);
    expect(shipped(immediate('const held = [key];\n  globalThis.ready = held;'))).toEqual(['src/client.js certain']);
  });
});

describe('a variable of the environment under Gatsby', () => {
  const gatsby = { 'package.json': '{"dependencies":{"gatsby":"5.16.1"}}', 'src/pages/index.js': 'console.log(process.env.HILT_API_KEY);\nexport default () => null;\n' };
  it('is put into code where an env file of the build has it', () => {
    expect(shipped(gatsby)).toEqual([]);
    expect(shipped({ ...gatsby, '.env.production': 'HILT_API_KEY=\n' })).toEqual(['src/pages/index.js certain']);
  });
});
