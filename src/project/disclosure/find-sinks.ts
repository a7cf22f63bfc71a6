import { hostOf, isHiltHost } from '../../hilt/hosts.ts';
import { clientOptions } from '../../hilt/sdk.ts';
import type { CallUse, ModuleSummary, Use } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import { instancesOf, type Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { isKeywords } from '../signature.ts';
import { calleeOf, chainsOf, type Chain } from '../requests/chain.ts';
import { clientEntries, valueOf } from '../requests/sdk-requests.ts';
import { readUrl } from '../requests/url.ts';
import { calleeName, spanOf, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { isClientClass } from '../slots.ts';
import { clientOnPath } from '../types/client-types.ts';
import { commonHolding, madeClientsFor } from '../types/made-clients.ts';
import {
  filePackages, fileMethods, fileWriters, handlerPackages, handlerTakers, logLevels, logPackages, processGlobals, processPackages, publicFolder, pythonProcesses, responseMakers, routeMethods, sendingMethods, trackerGlobals, trackerPackage,
} from './sink-names.ts';
import { shellSinks } from './shell-sinks.ts';
import type { Sink, SinkKind } from './sink.ts';

/** Characters from a decorator to its function: further decorators may stand between. */
const maxDecoratorDistance = 400;

/** Everything in a module, and in the functions of the project that it calls, by which values leave the program otherwise than by a request. */
export function sinksOf(project: Project, module: ModuleSummary): Sink[] {
  const handlers = new Map<ModuleSummary, ReadonlySet<number>>();
  const handlersOf = (owner: ModuleSummary): ReadonlySet<number> => {
    let found = handlers.get(owner);
    if (!found) handlers.set(owner, (found = handlerFunctions(project, owner)));
    return found;
  };
  return instancesOf(project, module).flatMap((instance) => sinksOfUse(project, instance, handlersOf));
}

function sinksOfUse(project: Project, instance: Instance, handlersOf: (owner: ModuleSummary) => ReadonlySet<number>): Sink[] {
  const { use, module, frame, calls } = instance;
  const place = { module, at: use.at };
  const lazy = (value: Lazy['value'], at: Lazy['at']): Lazy => ({ module, value, frame, at });
  switch (use.kind) {
    case 'call':
      return sinksOfCall(project, use, instance);
    case 'throw':
      return [{ kind: 'error', name: 'throw', value: lazy(use.value, spanOf(use.value) ?? use.at), place, calls }];
    case 'return':
      return calls.length === 0 && handlersOf(module).has(use.fn) ? [{ kind: 'response', name: 'return', value: lazy(use.value, use.at), place, calls }] : [];
    case 'assign':
      return isResponseBody(project, use, instance) ? [{ kind: 'response', name: 'ctx.body', value: lazy(use.value, use.valueAt), place, calls }] : [];
    case 'element':
      return scriptAttributes(project, use, instance);
    default:
      return [];
  }
}

function sinksOfCall(project: Project, use: CallUse, instance: Instance): Sink[] {
  const shell = shellSinks(project, use, instance);
  if (shell) return shell;
  const { module, frame, calls } = instance;
  const args = use.args.map((item): Lazy => ({ module, value: item.value, frame, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
  if (args.length === 0) return [];
  const place = { module, at: use.at };
  const callee = calleeOf(project, { module, value: use.callee, frame, at: use.at });
  if (use.isNew && isClientClass(project, callee)) return foreignClient(project, callee, args, place, calls);
  for (const chain of chainsOf(project, callee)) {
    const sink = sinkOfChain(project, module, chain, args, use.isNew);
    if (sink) return sink.values.map((value) => ({ kind: sink.kind, name: sink.name, value, place, calls, ...(sink.confidence ? { confidence: sink.confidence } : {}) }));
  }
  return [];
}

interface Found { readonly kind: SinkKind; readonly name: string; readonly values: readonly Lazy[]; readonly confidence?: 'possible' }

function sinkOfChain(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[], isNew: boolean): Found | undefined {
  return logSink(project, module, chain, args) ?? trackerSink(project, chain, args) ?? processSink(project, chain, args) ?? fileSink(project, chain, args)
    ?? responseSink(chain, args, isNew) ?? absolutePath(project, module, chain, args) ?? scriptSink(project, chain, args);
}

/** The package that a chain begins with, through the calls that made instances of it. */
function packageOf(project: Project, { root }: Chain, depth = 0): string | undefined {
  if (root.kind === 'outside') return root.specifier;
  if (root.kind !== 'call' || depth > 4) return undefined;
  for (const chain of chainsOf(project, root.callee)) {
    const found = packageOf(project, chain, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function logSink(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const { root, path } = chain;
  const name = path.at(-1) ?? '';
  const found = (label: string): Found => ({ kind: 'log', name: label, values: args });
  if (root.kind === 'global') {
    if (path[0] === 'console' && path.length === 2) return found(path.join('.'));
    if (/^process\.std(?:out|err)\.write$/.test(path.join('.'))) return found(path.join('.'));
    if (module.language === 'python' && path.join('.') === 'print') return printed(project, args);
  }
  if (/^sys\.std(?:out|err)\.write$/.test(path.join('.')) || (root.kind === 'outside' && root.specifier === 'sys' && /^std(?:out|err)\.write$/.test(path.join('.')))) return found(path.join('.'));
  // What is no number is printed.
  if (root.kind === 'outside' && root.specifier === 'sys' && name === 'exit') return found('sys.exit');
  const specifier = packageOf(project, chain);
  if (specifier !== undefined && logPackages.has(specifier)) {
    // Making a logger is no logging, but for `debug("app")(message)`.
    if (root.kind === 'outside' && !logLevels.has(name)) return undefined;
    return root.kind === 'outside' || logLevels.has(name) || path.length === 0 ? found([specifier, ...path].join('.')) : undefined;
  }
  const owner = path.at(-2) ?? '';
  return logLevels.has(name) && /^(?:\w*[lL]ogger|log|LOG|logging)$/.test(owner) ? found(`${owner}.${name}`) : undefined;
}

/** `print(…)`, and `print(…, file=f)` where that is the terminal or a public file. */
function printed(project: Project, args: readonly Lazy[]): Found | undefined {
  const keywords = args.find(isKeywords);
  const file = keywords && project.evaluator.property(project.evaluator.head(keywords), 'file');
  if (!file || file.kind === 'constant') return { kind: 'log', name: 'print', values: args };
  if (file.kind === 'outside' && file.specifier === 'sys') return { kind: 'log', name: 'print', values: args };
  const target = openedFile(file);
  return target && fileOf(project, target, 'print', args.filter((argument) => argument !== keywords));
}

function trackerSink(project: Project, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const { root, path } = chain;
  if (root.kind === 'global') return trackerGlobals.has(path[0] ?? '') ? { kind: 'tracker', name: path.join('.'), values: args } : undefined;
  const specifier = packageOf(project, chain);
  return specifier !== undefined && trackerPackage.test(specifier) ? { kind: 'tracker', name: specifier, values: args } : undefined;
}

/** The command and its arguments; the environment that the child gets is no argument. */
function processSink(project: Project, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const { root, path } = chain;
  const name = path.join('.');
  const isGlobal = root.kind === 'global' && processGlobals.has(name);
  const isPackage = root.kind === 'outside' && (processPackages.has(root.specifier) || pythonProcesses[root.specifier]?.test(name) === true);
  const isPromisified = root.kind === 'call' && path.length === 0 && calleeName(root.callee) === 'promisify' && isProcessFunction(project, root.args[0]);
  if (!isGlobal && !isPackage && !isPromisified) return undefined;
  const values = args.flatMap((argument, index) => {
    const value = project.evaluator.head(argument);
    if (value.kind !== 'object') return [argument];
    // `new Deno.Command(cmd, { args })`, `Bun.spawn({ cmd })`
    const { entries } = project.evaluator.entries(value);
    return index <= 1 ? entries.filter((entry) => /^(?:args|cmd)$/.test(textOf(project, entry.key))).map((entry) => entry.value) : [];
  });
  return { kind: 'process', name: name === '' ? 'exec' : name, values };
}

function isProcessFunction(project: Project, fn: Lazy | undefined): boolean {
  const value = fn && project.evaluator.head(fn);
  return value?.kind === 'outside' && processPackages.has(value.specifier);
}

function fileSink(project: Project, { root, path }: Chain, args: readonly Lazy[]): Found | undefined {
  const [target, content] = args;
  const name = path.join('.');
  const opened = fileMethods.test(name) ? openedFile(root) : undefined;
  if (opened) return fileOf(project, opened, name, args);
  // `json.dump(value, file)`
  const dumped = root.kind === 'outside' && /^(?:json|yaml|pickle|toml|ruamel\.yaml)$/.test(root.specifier) && /^(?:safe_)?dump$/.test(name) && content ? openedFile(project.evaluator.head(content)) : undefined;
  if (dumped && target) return fileOf(project, dumped, `${(root as { specifier: string }).specifier}.${name}`, [target]);
  const isWriter = (root.kind === 'outside' && filePackages.has(root.specifier) && fileWriters.test(name)) || (root.kind === 'global' && /^(?:Bun\.write|Deno\.write(?:Text)?File(?:Sync)?)$/.test(name));
  return isWriter && target && content ? fileOf(project, target, name, [content]) : undefined;
}

/** The path of `open(path, "w")` and `Path(path)`; for `folder / name`, the whole of it. */
function openedFile(value: Resolved): Lazy | Resolved | undefined {
  if (value.kind !== 'call') return undefined;
  const name = calleeName(value.callee);
  if (/^(?:open|async_open)$/.test(name)) return value.callee.kind === 'member' ? value.callee.object : value.args[0];
  const isPath = (value.callee.kind === 'outside' && value.callee.specifier === 'pathlib') || (value.callee.kind === 'global' && value.callee.path === 'operator:/');
  return isPath ? value : undefined;
}

/** Something that is written to a file which is served to anyone, or which the next commit takes. */
function fileOf(project: Project, target: Lazy | Resolved, name: string, values: readonly Lazy[]): Found | undefined {
  const path = pathText(project, 'frame' in target && 'value' in target ? project.evaluator.head(target as Lazy) : (target as Resolved));
  if (publicFolder.test(path)) return { kind: 'file', name, values };
  return undefined;
}

/** A path as far as it is written out: `path.join(root, "public", "env.js")` is `/public/env.js`. */
function pathText(project: Project, value: Resolved): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'concat':
      return value.parts.map((part) => pathText(project, part)).join('');
    case 'call':
      return value.args.map((argument) => pathText(project, project.evaluator.head(argument))).join('/');
    case 'member':
      return pathText(project, value.object);
    default:
      return '';
  }
}

function responseSink(chain: Chain, args: readonly Lazy[], isNew: boolean): Found | undefined {
  const { root, path } = chain;
  const name = path.join('.');
  const found = (label: string): Found => ({ kind: 'response', name: label, values: args });
  if (root.kind === 'global') return (name === 'Response' && isNew) || name === 'Response.json' ? { kind: 'response', name, values: args.slice(0, 1) } : undefined;
  if (root.kind === 'outside') return responseMakers.some((maker) => maker.specifier.test(root.specifier) && maker.names.test(name)) ? found(name) : undefined;
  const method = path.at(-1) ?? '';
  const parameter = parameterBelow(root);
  if (!parameter || !sendingMethods.has(method) || isRequestBody(method, args)) return undefined;
  if (method === 'set_cookie') return found(method);
  // What takes its first parameter's `send` or `end` may be anything; what takes the second's is a handler.
  const isHandler = parameter.index > 0 || /^(?:json|jsonp|html|text|render|body|redirect)$/.test(method) || path.length > 1;
  return isHandler ? found(method) : undefined;
}

function isRequestBody(method: string, args: readonly Lazy[]): boolean {
  return (method === 'json' || method === 'text') && args.length === 0;
}

/** `res.status(200).json`: the parameter that the chain begins with. */
function parameterBelow(root: Resolved): Extract<Resolved, { kind: 'parameter' }> | undefined {
  let current = root;
  for (let links = 0; links < 16; links += 1) {
    if (current.kind === 'parameter') return current;
    if (current.kind === 'member') current = current.object;
    else if (current.kind === 'call') current = current.callee;
    else return undefined;
  }
  return undefined;
}

/** Koa's `ctx.body = value`, `ctx.response.body = value`. */
function isResponseBody(project: Project, use: Extract<Use, { kind: 'assign' }>, { module, frame }: Instance): boolean {
  const property = project.evaluator.head({ module, value: use.property, frame, at: use.at });
  if (property.kind !== 'text' || property.text !== 'body') return false;
  const object = project.evaluator.head({ module, value: use.object, frame, at: use.at });
  return object.kind === 'parameter' || (object.kind === 'member' && object.object.kind === 'parameter' && object.property.kind === 'text' && object.property.text === 'response');
}

/** `client.request("https://elsewhere/…")`: an absolute path takes the place of the client's base, and the key goes along. */
function absolutePath(project: Project, module: ModuleSummary, { root, path }: Chain, args: readonly Lazy[]): Found | undefined {
  const [target] = args;
  if (path.at(-1) !== 'request' || !target || readUrl(project, target, []).host !== 'other') return undefined;
  const found: Found = { kind: 'foreign-client', name: 'client.request', values: [target] };
  if (root.kind === 'call' && isClientClass(project, root.callee)) return path.length === 1 && holdsKey(project, root) ? found : undefined;
  const byType = clientOnPath(project.evaluator, root, path);
  const clients = byType?.path.length === 1 ? madeClientsFor(project, byType.value, byType.type, module) : undefined;
  const holds = clients && commonHolding(clients);
  if (holds === undefined || holds === 'nothing') return undefined;
  return holds === 'unknown' ? { ...found, confidence: 'possible' } : found;
}

/** `new HiltClient({ apiKey, baseUrl })` with a base that is not Hilt's, unless the transport is stubbed. */
function foreignClient(project: Project, callee: Resolved, args: readonly Lazy[], place: Place, calls: readonly Place[]): Sink[] {
  const client = { kind: 'call' as const, callee, args, isNew: true, place };
  const entries = clientEntries(project, client);
  const base = valueOf(project, entries, clientOptions.js.baseUrl) ?? valueOf(project, entries, clientOptions.python.baseUrl);
  if (!base || valueOf(project, entries, 'fetch') || !holdsKey(project, client) || readUrl(project, base.value, []).host !== 'other') return [];
  return [{ kind: 'foreign-client', name: 'baseUrl', value: base.value, place, calls }];
}

function holdsKey(project: Project, client: Extract<Resolved, { kind: 'call' }>): boolean {
  const entries = clientEntries(project, client);
  return [clientOptions.js.key, clientOptions.python.key, clientOptions.js.bearer, clientOptions.python.bearer].some((name) => valueOf(project, entries, name) !== undefined);
}

/** `script.setAttribute("data-key", value)` on a script that the code makes. */
function scriptSink(project: Project, { root, path }: Chain, args: readonly Lazy[]): Found | undefined {
  if (path.at(-1) !== 'setAttribute' || root.kind !== 'call' || calleeName(root.callee) !== 'createElement') return undefined;
  const tag = root.args[0] && project.evaluator.head(root.args[0]);
  return tag?.kind === 'text' && /^(?:script|iframe)$/i.test(tag.text) && args[1] ? { kind: 'script', name: 'script', values: [args[1]] } : undefined;
}

/** Attributes of `<script src="https://elsewhere">` and of components like it. */
function scriptAttributes(project: Project, use: Extract<Use, { kind: 'element' }>, { module, frame, calls }: Instance): Sink[] {
  const type = project.evaluator.head({ module, value: use.element.type, frame, at: use.at });
  const isScript = (type.kind === 'text' && /^(?:script|iframe)$/.test(type.text)) || (type.kind === 'outside' && type.specifier === 'next/script');
  if (!isScript) return [];
  const props = project.evaluator.head({ module, value: use.element.props, frame, at: use.at });
  const host = hostOf(project.evaluator.texts(project.evaluator.property(props, 'src'))[0] ?? '');
  if (host === undefined || isHiltHost(host, project.keyOptions)) return [];
  return project.evaluator.entries(props).entries
    .filter((entry) => textOf(project, entry.key) !== 'src')
    .map((entry) => ({ kind: 'script', name: `script of ${host}`, value: entry.value, place: entry.place, calls }));
}

/** The functions of a module whose return value is sent as a response. */
function handlerFunctions(project: Project, module: ModuleSummary): ReadonlySet<number> {
  const found = new Set<number>();
  for (const use of module.uses) {
    if (use.kind !== 'call') continue;
    const functions = use.args.flatMap(({ value }) => (value.kind === 'function' ? [value.fn] : value.kind === 'binding' && module.bindings[value.name]?.kind === 'function' ? [(module.bindings[value.name] as { fn: number }).fn] : []));
    if (module.language === 'python') functions.push(...functionBelow(module, use.at));
    if (functions.length > 0 && takesHandler(project, module, use)) for (const fn of functions) found.add(fn);
  }
  for (const { name, value } of module.exports) {
    const resolved = name === 'handler' && value ? project.evaluator.look(module, value) : undefined;
    if (resolved?.kind === 'function' && resolved.module === module) found.add(resolved.fn);
  }
  for (const { name, methods } of module.classes) if (name?.endsWith('Controller')) for (const fn of Object.values(methods)) found.add(fn);
  return found;
}

/** The function that a decorator of Python stands over: the next one after it. */
function functionBelow({ functions }: ModuleSummary, [, end]: Span): number[] {
  let next: number | undefined;
  functions.forEach(({ at }, index) => {
    if (at[0] >= end && at[0] - end < maxDecoratorDistance && (next === undefined || at[0] < (functions[next]?.at[0] ?? 0))) next = index;
  });
  return next === undefined ? [] : [next];
}

function takesHandler(project: Project, module: ModuleSummary, use: CallUse): boolean {
  const callee = calleeOf(project, { module, value: use.callee, frame: undefined, at: use.at });
  if (handlerTakers.test(calleeName(callee))) return true;
  return chainsOf(project, callee).some((chain) => routeMethods.has(chain.path.at(-1) ?? '') && handlerPackages.has(packageOf(project, chain) ?? ''));
}

function textOf(project: Project, key: Lazy | undefined): string {
  const value = key && project.evaluator.head(key);
  return value?.kind === 'text' ? value.text : '';
}
