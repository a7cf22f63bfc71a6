// Compiles src/ and rules/ to dist/ with plain `tsc`, and the command line once more into three files of CommonJS, which Node
// starts in four fifths of the time: dist/src/cli/main.js holds what runs on every commit, late.js beside it what is needed where a
// file mentions Hilt, and seldom.js what few of those need (docs/decisions.md, "Language and libraries").
//
//   node scripts/build.mjs           with type checks and declarations, as it is published
//   node scripts/build.mjs --quick   what the tests run: no type checks, and nothing at all where no source is younger than dist/
//
// The compiler writes beside dist/, and only what changed is moved in, file by file: a tool that runs from dist/
// meanwhile (a test, an editor, the pre-commit hook) never sees half a file, and what no longer has a source is removed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const executables = ['src/cli/bin.js'];
/** What is loaded on demand and is yet part of the one file: the way of a commit without a Hilt mention, and of the scan of a working tree. */
const onEveryRun = [
  'src/cli/main.ts', 'src/cli/commands/scan.ts', 'src/cli/commands/hook.ts',
  'src/sources/index-source.ts', 'src/sources/working-tree.ts', 'src/engine/fragment-imports.ts', 'src/engine/new-ways.ts', 'src/engine/errors.ts', 'src/cli/messages.ts', 'src/cli/package-info.ts', 'src/cli/reports.ts', 'src/formatters/stylish.ts',
];
/** What main.js lends to the other files, for it has set it up by then. */
const lent = ['src/hilt/needles.ts'];
/**
 * What few files need: these modules, and what only they import, are in seldom.js, which is loaded when one of their functions is
 * first called. To load them, and to set up tables and patterns of all of them, takes a tenth of a commit's time.
 */
const whenCalled = [
  'src/engine/comment-syntax.ts', 'src/engine/frame.ts', 'src/engine/inventory.ts',
  'src/project/cache/kept-graph.ts', 'src/project/graph/build.ts', 'src/project/graph/declaration-file.ts', 'src/project/graph/import-edges.ts', 'src/project/hilt-imports.ts', 'src/project/graph/resolution.ts', 'src/project/graph/workspace.ts',
  'src/project/client/client-code.ts', 'src/project/client/client-graph.ts', 'src/project/client/entries.ts', 'src/project/client/exposures.ts', 'src/project/client/template-views.ts',
  'src/project/frameworks/detect.ts', 'src/project/python-graph.ts', 'src/project/python-imports.ts', 'src/project/python-modules.ts', 'src/project/types/checker.ts', 'src/project/types/made-clients.ts',
  'src/project/integrations/code-manifests.ts', 'src/project/integrations/environments.ts', 'src/project/integrations/file-roles.ts', 'src/project/integrations/find-integrations.ts',
  'src/project/integrations/key-handles.ts', 'src/project/integrations/key-origins.ts', 'src/project/integrations/key-reads.ts',
  'src/project/integrations/shared-keys.ts', 'src/project/disclosure/shell-output.ts', 'src/project/shell-commands.ts',
  'src/project/requests/browser-state.ts', 'src/syntax/powershell/reader.ts', 'src/syntax/data/collections.ts', 'src/syntax/data/index.ts', 'src/syntax/json-module.ts', 'src/syntax/notebook.ts', 'src/syntax/python/index.ts', 'src/syntax/run/machine.ts', 'src/syntax/script-blocks.ts',
  'src/syntax/shell/index.ts', 'src/syntax/shell/request-files.ts', 'src/syntax/text/find-named-secrets.ts', 'src/syntax/text/find-split-secrets.ts', 'src/syntax/text/find-variable-reads.ts', 'src/syntax/typescript.ts',
];
/** Of these, what main.js asks for: the imports of a staged program of Python. */
const calledByMain = ['src/project/python-imports.ts'];
/** What few runs need. */
const seldomCommands = ['src/cli/commands/baseline.ts', 'src/cli/commands/explain.ts', 'src/cli/commands/keys.ts', 'src/cli/help.ts', 'src/cli/read-stdin.ts', 'src/cli/stack.ts', 'src/engine/baseline.ts', 'src/engine/left-out.ts', 'src/sources/stdin.ts'];
/** Small libraries that are part of the files, so that their code is kept compiled too. */
const joined = ['jsonc-parser', 'oxc-parser', 'picomatch'];
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const bundled = {
  absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', target: 'node20.19', mainFields: ['module', 'main'], legalComments: 'none', logLevel: 'error',
  external: Object.keys(dependencies).filter((name) => !joined.includes(name)),
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: "const ownRequire = require;\nconst ownUrl = require('node:url').pathToFileURL(__filename).href;" },
};
const quick = process.argv.includes('--quick');
const startedAt = new Date();
/** The time of this file is when the build began to read the sources. */
const stamp = join(dist, '.built');
if (quick && isBuilt()) process.exit();

const fresh = mkdtempSync(join(root, '.build-'));
try {
  compile(fresh);
  await bundleCommandLine(fresh);
  const built = listFiles(fresh);
  for (const file of built) moveIfChanged(file);
  removeStale(new Set(built));
  for (const file of executables) if (existsSync(join(dist, file))) chmodSync(join(dist, file), 0o755);
  writeStamp();
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function compile(outDir) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const flags = quick ? ['--noCheck', '--declaration', 'false'] : ['--noEmitOnError'];
  const { status, signal, error } = spawnSync(
    process.execPath, [tsc, '-p', join(root, 'tsconfig.json'), '--outDir', outDir, ...flags],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (error) throw error;
  if (status !== 0) {
    rmSync(outDir, { recursive: true, force: true });
    console.error(`The build failed: tsc ended with ${signal ?? `exit code ${status}`}. dist/ is as it was.`);
    process.exit(1);
  }
}

async function bundleCommandLine(outDir) {
  const { needleTable } = await import(pathToFileURL(join(outDir, 'src/hilt/needle-table.js')).href);
  const needles = workedOut(/src\/hilt\/needle-table\.ts$/, 'needleTable', needleTable());
  const exportsOf = async (module) => Object.entries(await import(pathToFileURL(join(outDir, module.replace(/\.ts$/, '.js'))).href));
  const bundle = async (contents, plugins) => {
    const { outputFiles, metafile } = await build({ ...bundled, stdin: { contents, resolveDir: root, loader: 'js' }, write: false, metafile: true, plugins: [...plugins, needles] });
    return { code: outputFiles[0].text, modules: new Set(Object.keys(metafile.inputs)) };
  };

  const loadedLater = new Set();
  const main = await bundle(mainModule(), [leaveToOthers(loadedLater), await loadWhenCalled(exportsOf, calledByMain)]);

  const shared = [takeFrom('main.js', new Set(lent), exportsOf), joinParser(), await loadWhenCalled(exportsOf, whenCalled)];
  const wanted = [...loadedLater].filter((module) => !seldomCommands.includes(module)).sort();
  const { modules } = await bundle(table(wanted), shared);
  const taken = new Set();
  const seldom = await bundle(table([...whenCalled, ...seldomCommands]), [takeFrom('late.js', modules, exportsOf, taken), ...shared]);
  const late = await bundle(table([...new Set([...wanted, ...taken])].sort()), shared);

  const cli = join(outDir, 'src/cli');
  rmSync(cli, { recursive: true });
  mkdirSync(cli);
  const digests = {};
  for (const [name, { code }] of Object.entries({ 'main.js': main, 'late.js': late, 'seldom.js': seldom })) {
    const text = asFunction(shareKey(escapeAll(shareRequire(code))));
    digests[name] = createHash('sha256').update(text).digest('hex').slice(0, 16);
    writeFileSync(join(cli, name), text);
  }
  writeFileSync(join(cli, 'bin.js'), readFileSync(join(root, 'scripts/launcher.cjs'), 'utf8').replace('DIGESTS', JSON.stringify(digests)));
  writeFileSync(join(cli, 'licences.txt'), joined.map((name) => `${name}\n\n${readFileSync(join(root, 'node_modules', name, licenceOf(name)), 'utf8')}`).join('\n\n'));
  writeFileSync(join(cli, 'package.json'), '{ "type": "commonjs" }\n');
}

/** Modules that load libraries on demand make a `require` each, which takes Node a millisecond: here they have one already. */
function shareRequire(code) {
  const shared = code.replace(/\(0, import_node_module\d*\.createRequire\)\(ownUrl\)/g, 'ownRequire');
  return shared.replace(/^ *(import_node_module\d*) = require\("node:module"\);\n/gm, (line, name) => (shared.includes(`${name}.`) ? line : ''));
}

/** Each module is the only property of an object of its own. One name for all of them, and V8 need not learn hundreds of kinds of objects. */
function shareKey(code) {
  return code.replace(/(__(?:esm|commonJS)\(\{\n\s*)"[^"\n]+"\(/g, '$1module(');
}

/** The code as a function of what modules have: what a script gives, and what a module exports (scripts/launcher.cjs). */
function asFunction(code) {
  return `(typeof module === 'undefined' ? (it) => it : (it) => { module.exports = it; })((function (exports, require, module, __filename, __dirname, load) {\n${code}\n}));\n`;
}

/** What is left of other characters than ASCII stands in regular expressions and comments. */
function escapeAll(code) {
  // eslint-disable-next-line no-control-regex -- ASCII is meant, all of it
  const others = /[^\x00-\x7f]/g;
  return code.replace(others, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Puts what a function of a module gives in the place of the module, as data that is read when it is first asked for. */
function workedOut(filter, name, value) {
  const contents = `let value;\nexport const ${name} = () => (value ??= JSON.parse(${JSON.stringify(JSON.stringify(value))}));`;
  return { name: 'worked-out', setup: ({ onLoad }) => onLoad({ filter }, () => ({ contents })) };
}

/** The command line, and what it lends. */
function mainModule() {
  const imports = lent.map((module, index) => `import * as lent${index} from ${JSON.stringify(`./${module}`)};`);
  const entries = lent.map((module, index) => `${JSON.stringify(module)}: lent${index}`);
  return `${imports.join('\n')}\nmodule.exports = (name) => ({ ${entries.join(', ')} })[name];\nimport './src/cli/bin.ts';`;
}

/** A module that gives modules by their names, each evaluated when it is first asked for. */
function table(modules) {
  const entries = modules.map((module) => `${JSON.stringify(module)}: () => require(${JSON.stringify(`./${module}`)})`);
  return `const modules = { ${entries.join(', ')} };\nmodule.exports = (name) => modules[name]();`;
}

/** Code that asks another of the files for a module. */
function fromFile(file, module) {
  return `load(${JSON.stringify(file)})(${JSON.stringify(module)})`;
}

/** Answers imports of modules of ours, by their paths from the root, with other modules: `contents` of them, or none. */
function replaceModules(name, { isReplaced, contents }) {
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, kind, resolveDir }) => {
        const module = relative(root, resolve(resolveDir, path));
        return isReplaced(module, kind) ? { path: module, namespace: name } : undefined;
      });
      onLoad({ filter: /./, namespace: name }, async ({ path }) => ({ contents: await contents(path), resolveDir: root }));
    },
  };
}

/** Leaves modules that are loaded on demand to the other files, and notes them. */
function leaveToOthers(noted) {
  return replaceModules('left-to-others', {
    isReplaced: (module, kind) => kind === 'dynamic-import' && !onEveryRun.includes(module),
    contents: (module) => {
      noted.add(module);
      return `module.exports = ${fromFile(seldomCommands.includes(module) ? 'seldom.js' : 'late.js', module)};`;
    },
  });
}

/** Takes modules from the file that has them: what they export is as it stays, once they are evaluated. */
function takeFrom(file, modules, exportsOf, noted = new Set()) {
  return replaceModules(`taken-from-${file}`, {
    isReplaced: (module, kind) => modules.has(module) && kind !== 'require-call',
    contents: async (module) => {
      noted.add(module);
      return `export const { ${(await exportsOf(module)).map(([name]) => name).join(', ')} } = ${fromFile(file, module)};`;
    },
  });
}

/** Puts functions that load the module when they are called in the place of its own, for each that is `called`. A module that exports more than functions fails the build. */
async function loadWhenCalled(exportsOf, called) {
  const functionsOf = async (module) => (await exportsOf(module)).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const names = new Map(await Promise.all(called.map(async (module) => [module, await functionsOf(module)])));
  return replaceModules('loaded-when-called', {
    isReplaced: (module, kind) => kind === 'import-statement' && names.has(module),
    contents: (module) => {
      const functions = names.get(module).map((name) => `export function ${name}(...args) { return (module ??= ${fromFile('seldom.js', module)}).${name}(...args); }`);
      return `let module;\n${functions.join('\n')}\n`;
    },
  });
}

/**
 * The parser is an ES module, for which Node would start its second loader; its native part is loaded from where it is installed.
 * Its loader tries for a file beside itself first, which only its own repository has, and reads versions that it compares only
 * when told to: both are left out.
 */
function joinParser() {
  const importRequire = `import require from ${JSON.stringify(join(root, 'scripts/require-near-parser.cjs'))};`;
  const replacements = {
    'index.js': [[/const require = createRequire\(import\.meta\.url\);/, importRequire]],
    'bindings.js': [
      [/const require = createRequire\(import\.meta\.url\)/, importRequire],
      [/try \{\s*return require\('\.\/parser\.[\w-]+\.node'\)\s*\} catch \(e\) \{\s*loadErrors\.push\(e\)\s*\}/g, ''],
      [/const bindingPackageVersion = require\('@oxc-parser\/binding-[\w-]+\/package\.json'\)\.version\s*if \(bindingPackageVersion [^\n]*\n\s*throw [^\n]*\n\s*\}(?=\s*return binding)/g, ''],
    ],
  };
  return {
    name: 'join-parser',
    setup({ onLoad }) {
      onLoad({ filter: /src\/syntax\/estree\/oxc\.ts$/ }, () => ({ contents: "export const loadOxc = () => require('oxc-parser');", resolveDir: root }));
      onLoad({ filter: /oxc-parser\/src-js\/(?:index|bindings)\.js$/ }, ({ path }) => ({ contents: replaceAll(readFileSync(path, 'utf8'), replacements[basename(path)]) }));
    },
  };
}

function replaceAll(code, replacements) {
  return replacements.reduce((text, [pattern, replacement]) => {
    const replaced = text.replace(pattern, () => replacement);
    if (replaced === text) throw new Error(`oxc-parser has changed: nothing in it looks like ${pattern}. See to joinParser in scripts/build.mjs.`);
    return replaced;
  }, code);
}

function licenceOf(name) {
  return readdirSync(join(root, 'node_modules', name)).find((file) => /^licen[cs]e/i.test(file));
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function removeStale(wanted) {
  if (!existsSync(dist)) return;
  for (const file of listFiles(dist)) {
    // A quick build makes no declarations; those of the last full build stay as long as their module does.
    const stays = wanted.has(file) || (quick && file.endsWith('.d.ts') && wanted.has(file.replace(/\.d\.ts$/, '.js')));
    if (!stays) rmSync(join(dist, file), { force: true });
  }
}

function moveIfChanged(file) {
  const from = join(fresh, file);
  const to = join(dist, file);
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

function isBuilt() {
  return existsSync(stamp) && executables.every((file) => existsSync(join(dist, file))) && statSync(stamp).mtimeMs >= youngestSource();
}

/** Milliseconds since the epoch. Folders count too: their time tells of a deleted file. */
function youngestSource() {
  const entries = ['src', 'rules'].flatMap((folder) => [folder, ...readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name))]);
  const files = ['tsconfig.json', 'package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/launcher.cjs', 'scripts/require-near-parser.cjs'];
  return Math.max(...[...entries, ...files].map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

/** Read by test/e2e/host.ts, too. */
function writeStamp() {
  writeFileSync(stamp, quick ? 'quick\n' : 'full\n');
  utimesSync(stamp, startedAt, startedAt);
}
