import { noteMinified, openBunEnv } from './config-facts.ts';
import { injectDefinition, injectDefinitions, injectNames, type Config } from './config-injections.ts';
import { readInputs, readMinified, readSourceMaps } from './config-paths.ts';
import type { StaticModule } from './static-scope.ts';
import { entriesOf, parts, textsOf, valuesAt, type StaticValue } from './static-value.ts';

export function readPlugins(module: StaticModule, config: Config): void {
  for (const call of module.calls()) {
    const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    const [first] = call.args;
    if (name === 'DefinePlugin' && first !== undefined) injectDefinitions(first, 'DefinePlugin', config);
    // Built: since webpack 5.100 it also defines `import.meta.env.X`.
    else if (name === 'EnvironmentPlugin' && call.isNew) for (const arg of call.args) injectNames(arg, 'EnvironmentPlugin', ['process.env', 'import.meta.env'], config);
    else if (/^(?:Dotenv|DotenvPlugin|DotenvWebpack|DotenvWebPack)$/.test(name) && call.isNew) openDotenv(call, config);
    else if (/^(?:replace|replacePlugin)$/.test(name) && first !== undefined) readReplace(first, config);
  }
}

/** `dotenv-webpack` (built): every name of the env file, with `systemvars` every name at all; webpack's own plugin asks for a prefix. */
function openDotenv(call: StaticValue & { kind: 'call' }, config: Config): void {
  const own = call.callee.endsWith('DotenvPlugin');
  const prefixes = call.args.flatMap((arg) => valuesAt(arg, ['prefix'])).flatMap(textsOf);
  for (const prefix of prefixes.length > 0 && own ? prefixes : [own ? 'WEBPACK_' : '']) {
    config.facts.prefixes.push({ prefix, access: ['process.env'], forms: ['dot', 'bracket', 'optional', 'destructured'], ships: 'read', replaces: false, file: config.file, at: call.at, confidence: 'certain' });
  }
}

/** `@rollup/plugin-replace`: its own options aside, keys are texts that it replaces; `values` holds them too. */
function readReplace(value: StaticValue, config: Config): void {
  for (const nestedValues of valuesAt(value, ['values'])) injectDefinitions(nestedValues, 'replace', config);
  for (const entry of entriesOf(value)) {
    if (entry.key !== undefined && !/^(?:values|preventAssignment|include|exclude|delimiters|sourceMap|objectGuards)$/.test(entry.key)) injectDefinition(entry.key, entry.value, 'replace', config);
  }
}

/** `esbuild.build({ … })`, `Bun.build({ … })`, `vite.build({ … })` in a build file. */
export function readBuildCalls(module: StaticModule, config: Config): void {
  for (const call of module.calls()) {
    const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    if (!/^(?:build|buildSync|context|rolldown|rollup|defineConfig)$/.test(name)) continue;
    const [options] = call.args;
    if (options === undefined) continue;
    const inputs = [...valuesAt(options, ['entryPoints']), ...valuesAt(options, ['entrypoints'])];
    if (inputs.length === 0) continue;
    const platform = [...valuesAt(options, ['platform']), ...valuesAt(options, ['target'])].flatMap(textsOf);
    const side = platform.some((item) => /^(?:node|bun)/.test(item)) ? 'server' : 'client';
    const bundles = call.callee.startsWith('Bun') || valuesAt(options, ['bundle']).some((value) => !(value.kind === 'constant' && value.value === false));
    readInputs(inputs, { side, reason: call.callee.startsWith('Bun') ? 'Bun entry' : 'esbuild entry', confidence: bundles ? 'certain' : 'possible' }, config);
    if (side === 'client') for (const value of valuesAt(options, ['define'])) injectDefinitions(value, 'define', config);
    for (const value of valuesAt(options, ['env'])) for (const text of textsOf(value)) openBunEnv(text, config.file, value.at, config.facts);
    const minify = valuesAt(options, ['minify']);
    if (side === 'client' && minify.length === 0) noteMinified(config.facts, false);
    else if (side === 'client') readMinified(minify, config);
    readSourceMaps(valuesAt(options, ['sourcemap']), config);
  }
}

/** `config.plugin("define").tap((args) => { args[0]["process.env"].X = …; return args; })` of Vue CLI's `chainWebpack`. */
export function readDefinedWrites(module: StaticModule, config: Config): void {
  for (const { keys, value } of module.writes()) {
    const at = keys.findIndex((key) => /^(?:process\.env|import\.meta\.env)(?:\.|$)/.test(key));
    const name = keys.slice(at).join('.');
    if (at >= 0) injectDefinition(name, value, 'chainWebpack', config);
    // `args[0] = { ...args[0], __KEY__: … }`
    else if (keys.length === 1 && parts(value).some((part) => part.kind === 'object')) injectDefinitions(value, 'chainWebpack', config);
  }
}
