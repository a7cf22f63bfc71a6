import { getNodeValue, parseTree, type Node as JsonNode } from 'jsonc-parser';
import { readDeclarations } from '../../syntax/data/index.ts';
import type { Span } from '../../syntax/span.ts';
import { stringsOf, type Manifests } from '../graph/manifest.ts';
import { folderOf, joinPath } from '../graph/posix-path.ts';
import { bunPrefix, noteMinified, openBunEnv, type ConfiguredInput, type FactList } from './config-facts.ts';
import { commandsOf, fileArguments, optionsOf, type ScriptCommand } from './package-scripts.ts';
import { baseName } from '../../sources/base-name.ts';

interface Config {
  readonly file: string;
  readonly folder: string;
  readonly facts: FactList;
}

/** Configurations that are JSON: positions come with the values. Damaged files are read as far as they go. */
export function readJsonConfig(file: string, folder: string, manifests: Manifests, facts: FactList): void {
  const text = manifests.text(file);
  const config: Config = { file, folder, facts };
  const name = baseName(file);
  if (name === 'wrangler.toml') return readWranglerToml(text ?? '', config);
  if (name === 'bunfig.toml') return readBunfig(text ?? '', config);
  const root = text === undefined || !/\.(?:json5?|jsonc)$|rc$/.test(file) ? undefined : parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) return;
  if (name === 'package.json') readPackage(root, config);
  else if (name === 'app.json' || name === 'app.config.json') readExpo(root, config);
  else if (name === 'angular.json') for (const project of children(at(root, 'projects'))) readAngularProject(project.value, '', config);
  else if (name === 'project.json') readAngularProject(root, 'targets', config);
  else if (/babel/.test(name)) readBabel(root, config);
  else if (name.startsWith('capacitor.')) carry(at(root, 'webDir'), config);
  else if (name.startsWith('tauri.')) readTauri(root, config);
  else if (name.startsWith('wrangler.')) for (const path of assetPaths) carry(at(root, ...path), config);
}

// --- package.json ---------------------------------------------------------------------------------------------------------------

function readPackage(root: JsonNode, config: Config): void {
  for (const script of children(at(root, 'scripts'))) {
    const line = textOf(script.value);
    if (line === undefined) continue;
    for (const command of commandsOf(script.key, line, spanOf(script.value))) readCommand(command, config);
  }
  const babel = at(root, 'babel');
  if (babel !== undefined) readBabel(babel, config);
  // https://parceljs.org/features/targets: `source` begins the build.
  for (const source of itemsOf(at(root, 'source'))) {
    const dependencies = [at(root, 'dependencies', 'parcel'), at(root, 'devDependencies', 'parcel'), at(root, 'devDependencies', 'parcel-bundler')];
    if (dependencies.some((found) => found !== undefined)) pushInput(textOf(source), spanOf(source), { side: 'client', reason: 'Parcel source', confidence: 'certain' }, config);
  }
  readParcelInlining(root, config);
  if (at(root, '@parcel/resolver-default', 'packageExports')?.value === true) config.facts.packageExports = true;
}

/** `"@parcel/transformer-js": { "inlineEnvironment": false | ["GLOB_*"] }` narrows what Parcel inlines. */
function readParcelInlining(root: JsonNode, { file, facts }: Config): void {
  const setting = at(root, '@parcel/transformer-js', 'inlineEnvironment');
  if (setting === undefined) return;
  const globs: (string | undefined)[] = setting.type === 'array' ? itemsOf(setting).map(textOf) : [];
  const prefixes = setting.type === 'array' ? globs.map((glob) => glob?.replace(/\*.*$/, '')) : setting.value === false ? ['\u0000'] : [''];
  for (const prefix of prefixes) {
    if (prefix !== undefined) facts.prefixes.push({ prefix, access: ['process.env'], forms: ['dot', 'bracket', 'destructured'], ships: 'read', replaces: true, file, at: spanOf(setting), confidence: 'certain' });
  }
}

function readCommand(command: ScriptCommand, config: Config): void {
  const { program, args } = command;
  readMapOption(command, config);
  readMinifyOption(command, config);
  if (program === 'esbuild') readEsbuild(command, config);
  else if (program === 'bun' && args[0] === 'build') readBun(command, config);
  // https://bun.com/docs/bundler/html-static: it bundles the pages and serves them.
  else if (program === 'bun') pushAll(fileArguments(args).filter((path) => path.endsWith('.html')), command, 'Bun page', config);
  else if (program === 'parcel' || program === 'parcel-bundler') readFiles(command, /^(?:build|serve|watch)$/, 'Parcel entry', config);
  else if (program === 'vite' && args.includes('build') && optionsOf(args, '--ssr').length === 0) readViteRoot(command, config);
  else if (/^(?:webpack|webpack-cli|rspack)$/.test(program)) pushAll(optionsOf(args, '--entry'), command, 'webpack entry', config);
  else if (/^(?:rollup|rolldown)$/.test(program)) pushAll([...optionsOf(args, '-i'), ...optionsOf(args, '--input')], command, 'Rollup input', config, 'possible');
  else if (program === 'browserify' || program === 'watchify') pushAll(fileArguments(args), command, 'Browserify entry', config);
}

/** Options by which a build writes source maps, and by which it does not, by program. */
const mapOptions: ReadonlyMap<string, { readonly on?: RegExp; readonly off?: RegExp }> = new Map<string, { readonly on?: RegExp; readonly off?: RegExp }>(Object.entries({
  // https://parceljs.org/features/cli
  parcel: { off: /^--no-source-maps$/ },
  // https://bun.sh/docs/bundler#sourcemap
  bun: { on: /^--sourcemap(?:=(?:linked|inline|external))?$/, off: /^--sourcemap=none$/ },
  // https://metrobundler.dev/docs/cli
  metro: { on: /^--(?:source-map|sourcemap-output)(?:=true)?$/ },
  // https://docs.expo.dev/more/expo-cli
  expo: { on: /^(?:-s|--source-maps(?:=(?:external|inline))?)$/, off: /^--(?:no-source-maps|source-maps=false)$/ },
  // https://vite.dev/guide/cli
  vite: { on: /^--sourcemap(?:=(?:true|inline))?$/, off: /^--sourcemap=(?:false|hidden)$/ },
  // https://webpack.js.org/api/cli
  webpack: { on: /^--devtool=(?!false|none|eval|hidden|nosources)/, off: /^--(?:no-devtool|devtool=(?:false|none))$/ },
  // https://rollupjs.org/command-line-interface
  rollup: { on: /^(?:-m|--sourcemap(?:=(?:true|inline))?)$/, off: /^--(?:no-sourcemap|sourcemap=(?:false|hidden))$/ },
}));

function readMapOption({ program, args }: ScriptCommand, { facts }: Config): void {
  const options = mapOptions.get(program === 'rolldown' ? 'rollup' : program === 'rspack' || program === 'webpack-cli' ? 'webpack' : program);
  if (!options || (program === 'bun' && args[0] !== 'build') || (program === 'parcel' && args[0] !== 'build')) return;
  if (args.some((arg) => options.off?.test(arg))) facts.sourceMaps = false;
  else if (args.some((arg) => options.on?.test(arg))) facts.sourceMaps = true;
}

/** Options by which a build is minified, by program; those of a server that is developed on say nothing of what ships. */
const minifyOptions: ReadonlyMap<string, { readonly on?: RegExp; readonly off?: RegExp; readonly isPlain?: true | 'without-config' }> = new Map<string, { readonly on?: RegExp; readonly off?: RegExp; readonly isPlain?: true | 'without-config' }>(Object.entries({
  // https://esbuild.github.io/api/#minify
  esbuild: { on: /^--minify(?:-syntax)?(?:=true)?$/, isPlain: true },
  // https://bun.sh/docs/bundler#minify
  bun: { on: /^--(?:minify(?:-syntax)?|production)$/, isPlain: true },
  vite: { on: /^--minify(?:=(?:true|esbuild|terser|oxc))?$/, off: /^--minify=false$/ },
  webpack: { on: /^--mode=production$/, off: /^--mode=(?:development|none)$|^--no-optimization-minimize$/ },
  rolldown: { on: /^(?:-m|--minify(?:=true)?)$/, isPlain: 'without-config' },
  rollup: { on: /terser|minif/, isPlain: 'without-config' },
}));

function readMinifyOption({ program, args, script }: ScriptCommand, { facts }: Config): void {
  const options = minifyOptions.get(program === 'rspack' || program === 'webpack-cli' ? 'webpack' : program);
  if (!options || (program === 'bun' && args[0] !== 'build') || /^(?:dev|start|watch|serve)\b/.test(script) || args.some((arg) => /^(?:serve|dev|-w|--watch|--serve(?:=.*)?|--servedir.*)$/.test(arg))) return;
  const joined = args.map((arg, index) => (/^--(?:mode|minify)$/.test(arg) && args[index + 1]?.startsWith('-') === false ? `${arg}=${args[index + 1] ?? ''}` : arg));
  if (options.on && joined.some((arg) => options.on?.test(arg))) noteMinified(facts, true);
  else if (options.isPlain === true || (options.isPlain && !args.some((arg) => /^(?:-c|--config)/.test(arg))) || joined.some((arg) => options.off?.test(arg))) noteMinified(facts, false);
}

function readEsbuild(command: ScriptCommand, config: Config): void {
  const { args } = command;
  const isServer = optionsOf(args, '--platform').some((platform) => platform === 'node' || platform === 'neutral');
  const bundles = args.includes('--bundle') || args.includes('--bundle=true');
  for (const path of fileArguments(args)) {
    pushInput(path, command.at, { side: isServer ? 'server' : 'client', reason: 'esbuild entry', confidence: bundles ? 'certain' : 'possible' }, config);
  }
  if (!isServer) readDefines(args, command, config);
  if (args.some((arg) => /^--sourcemap(?:=(?!false))?/.test(arg))) config.facts.sourceMaps = true;
}

function readBun(command: ScriptCommand, config: Config): void {
  const { args } = command;
  const isServer = args.includes('--compile') || optionsOf(args, '--target').some((target) => target.startsWith('bun') || target === 'node');
  for (const path of fileArguments(args.slice(1))) pushInput(path, command.at, { side: isServer ? 'server' : 'client', reason: 'Bun entry', confidence: 'certain' }, config);
  if (isServer) return;
  for (const env of optionsOf(args, '--env')) openBunEnv(env, config.file, command.at, config.facts);
  readDefines(args, command, config);
}

/** `--define:process.env.X=…` (esbuild) and `--define process.env.X=…` (Bun). Shell variables in the value name their source. */
function readDefines(args: readonly string[], command: ScriptCommand, { file, facts }: Config): void {
  for (const define of optionsOf(args, '--define')) {
    const equals = define.indexOf('=');
    if (equals < 0) continue;
    const name = define.slice(0, equals);
    const variable = /\$\{?([A-Za-z_]\w*)/.exec(define.slice(equals + 1))?.[1];
    const access = /^(process\.env|import\.meta\.env)\.(.+)$/.exec(name);
    facts.injections.push({
      name: access?.[2] ?? name,
      how: access === null ? 'define' : 'env',
      ...(access === null ? {} : { access: [access[1] === 'process.env' ? 'process.env' : 'import.meta.env'] as const }),
      ...(variable === undefined ? { literal: command.at } : { variable: variable }),
      file,
      at: command.at,
      always: false,
      confidence: 'certain',
    });
  }
}

function readFiles(command: ScriptCommand, verbs: RegExp, reason: string, config: Config): void {
  pushAll(fileArguments(command.args.filter((arg) => !verbs.test(arg))), command, reason, config);
}

/** `vite build web`: the folder of the page. */
function readViteRoot(command: ScriptCommand, config: Config): void {
  const root = command.args.slice(command.args.indexOf('build') + 1).find((arg) => !arg.startsWith('-') && /^[.\w]/.test(arg));
  if (root !== undefined && !/^(?:production|development|staging|true|false)$/.test(root)) pushInput(`${root}/index.html`, command.at, { side: 'client', reason: 'Vite entry page', confidence: 'certain' }, config);
}

function pushAll(paths: readonly string[], command: ScriptCommand, reason: string, config: Config, confidence: 'certain' | 'possible' = 'certain'): void {
  for (const path of paths) pushInput(path, command.at, { side: 'client', reason, confidence }, config);
}

function pushInput(path: string | undefined, span: Span, input: Pick<ConfiguredInput, 'side' | 'reason' | 'confidence'>, { folder, file, facts }: Config): void {
  const resolved = path === undefined ? undefined : joinPath(folder, path);
  if (resolved !== undefined && resolved !== '') facts.inputs.push({ ...input, path: resolved, file, at: span });
}

// --- others ---------------------------------------------------------------------------------------------------------------------

/** https://docs.expo.dev/workflow/configuration; `extra` is embedded whole (built). */
function readExpo(root: JsonNode, config: Config): void {
  for (const extra of [at(root, 'expo', 'extra'), at(root, 'extra')]) if (extra !== undefined) injectTree(extra, '', config);
  const platforms = [at(root, 'expo', 'platforms'), at(root, 'platforms')].flatMap(itemsOf).flatMap((item) => textOf(item) ?? []);
  if (platforms.length > 0) config.facts.platforms = platforms;
}

function injectTree(node: JsonNode, prefix: string, config: Config): void {
  for (const { key, value } of children(node)) {
    const name = `${prefix}${key}`;
    if (value.type === 'object' || value.type === 'array') injectTree(value, `${name}.`, config);
    else config.facts.injections.push({ name, how: 'expo-extra', literal: spanOf(value), file: config.file, at: spanOf(value), always: true, confidence: 'certain' });
  }
}

/** https://angular.dev/reference/configs/workspace-config; Nx keeps the same options in `project.json`. */
function readAngularProject(project: JsonNode, targetsKey: string, config: Config): void {
  const targets = (targetsKey === '' ? (at(project, 'architect') ?? at(project, 'targets')) : at(project, targetsKey)) ?? undefined;
  const build = targets === undefined ? undefined : at(targets, 'build');
  const builder = textOf(build && (at(build, 'builder') ?? at(build, 'executor')));
  if (build === undefined || !/angular|ngx-env|esbuild|webpack|vite/i.test(builder ?? '')) return;
  const base = { ...config, folder: workspaceFolder(config) };
  const isServer = /server|node/i.test(builder ?? '') || isForNode(builder ?? '', at(build, 'options'));
  const reason = /angular|ngx-env/i.test(builder ?? '') ? 'Angular application' : 'Nx application';
  const production = textOf(at(build, 'defaultConfiguration'));
  for (const { key: name, value: options } of [{ key: '', value: at(build, 'options') }, ...children(at(build, 'configurations'))]) {
    if (options === undefined) continue;
    for (const key of ['browser', 'main', 'polyfills', 'scripts', 'index']) {
      for (const item of itemsOf(at(options, key))) {
        const path = textOf(item) ?? textOf(at(item, 'input'));
        if (path !== undefined && /\.\w+$/.test(path)) pushInput(path, spanOf(item), { side: isServer ? 'server' : 'client', reason, confidence: 'certain' }, base);
      }
    }
    readAngularOptions(options, base);
    // What only a developer's own build takes is never deployed.
    if (!/^(?:dev|development|local|test|testing|e2e|mock)$/.test(name)) readReplacements(options, /^(?:|prod|production)$/.test(name) || name === production, base);
  }
}

/** https://nx.dev/nx-api/esbuild/executors/esbuild builds for Node.js unless told otherwise, that for webpack where it is told to. */
function isForNode(builder: string, options: JsonNode | undefined): boolean {
  const platform = textOf(at(options, 'platform')) ?? textOf(at(options, 'target'));
  return platform === 'node' || (/^@n(?:x|rwl)\/esbuild:/.test(builder) && platform === undefined);
}

function readAngularOptions(options: JsonNode, config: Config): void {
  const { facts, file, folder } = config;
  for (const define of children(at(options, 'define'))) {
    facts.injections.push({ name: define.key, how: 'define', literal: spanOf(define.value), file, at: spanOf(define.value), always: false, confidence: 'certain' });
  }
  for (const asset of itemsOf(at(options, 'assets'))) {
    const path = joinPath(folder, textOf(asset) ?? textOf(at(asset, 'input')) ?? '');
    if (path !== undefined && path !== '') facts.carriers.push(path);
  }
  if (at(options, 'sourceMap')?.value === true) facts.sourceMaps = true;
}

function readReplacements(options: JsonNode, always: boolean, { facts, folder }: Config): void {
  for (const replacement of itemsOf(at(options, 'fileReplacements'))) {
    const from = joinPath(folder, textOf(at(replacement, 'replace') ?? at(replacement, 'src')) ?? '');
    const to = joinPath(folder, textOf(at(replacement, 'with') ?? at(replacement, 'replaceWith')) ?? '');
    if (from !== undefined && to !== undefined && from !== '' && to !== '') facts.replacedFiles.push({ from, to, always });
  }
}

/** Paths of an Nx project count from the workspace's root, those of `angular.json` from its own folder. */
function workspaceFolder({ file, folder }: Config): string {
  return file.endsWith('project.json') ? '' : folder === '' ? folderOf(file) : folder;
}

function readBabel(root: JsonNode, { file, facts, folder }: Config): void {
  const plugins = [...itemsOf(at(root, 'plugins')), ...children(at(root, 'env')).flatMap((item) => itemsOf(at(item.value, 'plugins')))];
  for (const plugin of plugins) {
    const [nameNode, options] = plugin.type === 'array' ? itemsOf(plugin) : [plugin];
    const name = textOf(nameNode) ?? '';
    const span = spanOf(nameNode ?? plugin);
    if (/transform-inline-environment-variables/.test(name)) {
      const included = stringsOf(options === undefined ? undefined : jsonOf(at(options, 'include')));
      if (included.length === 0) facts.prefixes.push({ prefix: '', access: ['process.env'], forms: ['dot', 'bracket'], ships: 'read', replaces: false, file, at: span, confidence: 'certain' });
      for (const variable of included) facts.injections.push({ name: variable, how: 'env', access: ['process.env'], variable: variable, file, at: span, always: false, confidence: 'certain' });
    } else if (/react-native-dotenv|inline-dotenv/.test(name)) {
      const module = textOf(options && at(options, 'moduleName')) ?? '@env';
      facts.prefixes.push({ prefix: '', access: ['module', 'process.env'], modules: [module], forms: ['dot', 'bracket', 'destructured'], ships: 'read', replaces: false, file, at: span, confidence: 'certain' });
    } else if (/module-resolver/.test(name)) {
      for (const alias of children(options && at(options, 'alias'))) {
        const to = joinPath(folder, textOf(alias.value) ?? '');
        if (to !== undefined) facts.aliases.push({ folder, find: alias.key, to });
      }
    }
  }
}

function carry(node: JsonNode | undefined, { folder, facts }: Config): void {
  const path = joinPath(folder, textOf(node) ?? '');
  if (path !== undefined && path !== '') facts.carriers.push(path);
}

/** `build.frontendDist` (version 2) and `build.distDir` (version 1) count from the folder of the configuration. */
function readTauri(root: JsonNode, config: Config): void {
  for (const key of ['frontendDist', 'distDir']) {
    const node = at(root, 'build', key);
    const path = textOf(node);
    if (node === undefined || path === undefined || /^[a-z]+:\/\//.test(path)) continue;
    carry(node, { ...config, folder: folderOf(config.file) });
    pushInput(`${path}/index.html`, spanOf(node), { side: 'client', reason: 'window of a Tauri app', confidence: 'certain' }, { ...config, folder: folderOf(config.file) });
  }
}

/** What a Worker serves as it is (https://developers.cloudflare.com/workers/static-assets, https://developers.cloudflare.com/pages/functions/wrangler-configuration). */
const assetPaths = [['assets', 'directory'], ['site', 'bucket'], ['pages_build_output_dir']];

function readWranglerToml(text: string, { folder, facts }: Config): void {
  const settings = [/^\[assets\][^[]*?^\s*directory\s*=\s*["']([^"'\n]+)/m, /^assets\s*=\s*\{[^}\n]*\bdirectory\s*=\s*["']([^"'\n]+)/m, /^\[site\][^[]*?^\s*bucket\s*=\s*["']([^"'\n]+)/m, /^pages_build_output_dir\s*=\s*["']([^"'\n]+)/m];
  for (const setting of settings) {
    const path = joinPath(folder, setting.exec(text)?.[1] ?? '');
    if (path !== undefined && path !== '') facts.carriers.push(path);
  }
}

/** `[serve.static]` says what pages that `Bun.serve` bundles take of the environment (https://bun.com/docs/bundler/fullstack; built with 1.4.5). */
function readBunfig(text: string, { file, facts }: Config): void {
  for (const { name, path, value, valueAt } of readDeclarations('toml', file, text).declarations) {
    const isServed = name === 'env' && path.join('.') === 'serve.static';
    const prefix = isServed && value.kind === 'text' ? bunPrefix(value.text) : undefined;
    if (prefix !== undefined) facts.prefixes.push({ prefix, access: ['process.env'], forms: ['dot', 'bracket'], ships: 'read', replaces: false, file, at: valueAt, confidence: 'certain' });
  }
}

// --- nodes ----------------------------------------------------------------------------------------------------------------------

function at(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let found = node;
  for (const key of path) found = children(found).find((child) => child.key === key)?.value;
  return found;
}

function children(node: JsonNode | undefined): { key: string; value: JsonNode }[] {
  if (node?.type === 'array') return (node.children ?? []).map((value, i) => ({ key: String(i), value }));
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [{ key: String(key.value), value }];
  });
}

/** The items of a list, or the single value. */
function itemsOf(node: JsonNode | undefined): JsonNode[] {
  if (node === undefined) return [];
  return node.type === 'array' ? (node.children ?? []) : [node];
}

function textOf(node: JsonNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}

function jsonOf(node: JsonNode | undefined): unknown {
  return node === undefined ? undefined : getNodeValue(node);
}

function spanOf(node: JsonNode): Span {
  return [node.offset, node.offset + node.length];
}
