import { clientOptions } from '../../hilt/sdk.ts';
import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import { isReturnedPage, isSentPage } from '../client/page-texts.ts';
import { argumentsOf, instancesOf, type Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { isKeywords } from '../signature.ts';
import { calledDirectly, calleeOf, chainsOf, type Chain } from '../requests/chain.ts';
import { clientEntries, valueOf } from '../requests/sdk-requests.ts';
import { readUrl } from '../requests/url.ts';
import { calleeName, resolvedLazy, spanOf, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { isClientClass, superclassOf } from '../slots.ts';
import { clientOnPath } from '../types/client-types.ts';
import { commonHolding, madeClientsFor } from '../types/made-clients.ts';
import { callTaking, handedOn, packageOf } from './callbacks.ts';
import { declaredSinks } from './declared-sinks.ts';
import { handlerFunctions, type Handler } from './handlers.ts';
import { printedBy } from './logger-settings.ts';
import { toldToModel } from './models.ts';
import { attributeSet, elementWrite, scriptAttributes } from './page-scripts.ts';
import { responseSink, responseWrite } from './response-sinks.ts';
import {
  assertions, fieldLogger, fileMethods, filePackages, fileWriters, logDefaults, logGlobals, logLevels, logPackages, messageMethods, messagePackage, powerShellLogs, processGlobals, processPackages, publicFolder, pythonProcesses,
  trackerGlobals, trackerPackage,
} from './sink-names.ts';
import { shellSinks } from './shell-sinks.ts';
import type { Found, Sink } from './sink.ts';
import { storedByCall, storedByWrite } from './stored-values.ts';
import { textOf } from './text-of.ts';
import { isQuiet } from './workflow-commands.ts';

/** Everything in a module, and in the functions of the project that it calls, by which values leave the program otherwise than by a request. */
export function sinksOf(project: Project, module: ModuleSummary): Sink[] {
  const handlersOf = (owner: ModuleSummary): ReadonlyMap<number, Handler> => handlerFunctions(project, owner);
  return [...declaredSinks(project, module), ...instancesOf(project, module).flatMap((instance) => sinksOfUse(project, instance, handlersOf))];
}

function sinksOfUse(project: Project, instance: Instance, handlersOf: (owner: ModuleSummary) => ReadonlyMap<number, Handler>): Sink[] {
  const { use, module, frame, calls } = instance;
  const place = { module, at: use.at };
  const lazy = (value: Lazy['value'], at: Lazy['at']): Lazy => ({ module, value, frame, at });
  switch (use.kind) {
    case 'call':
      return sinksOfCall(project, use, instance, handlersOf);
    case 'throw':
      return [{ kind: 'error', name: 'throw', value: lazy(use.value, spanOf(use.value) ?? use.at), place, calls }];
    case 'return': {
      if (calls.length > 0) return [];
      const handler = handlersOf(module).get(use.fn) ?? (isGatewayAnswer(project, lazy(use.value, use.at)) ? 'response' : undefined);
      const returned = lazy(use.value, use.at);
      const isPage = handlersOf(module).get(use.fn) === 'response' && isReturnedPage(project, project.evaluator.head(returned));
      return handler ? [{ kind: handler, name: 'return', value: returned, place, calls, ...(isPage ? { isPage: true as const } : {}) }] : [];
    }
    case 'assign': {
      const written = responseWrite(project, use, instance);
      const answer = lazy(use.value, use.valueAt);
      const isPage = written === 'ctx.body' && calls.length === 0 && isReturnedPage(project, project.evaluator.head(answer));
      if (written !== undefined) return [{ kind: 'response', name: written, value: answer, place, calls, ...(isPage ? { isPage: true as const } : {}) }];
      const stored = storedByWrite(project, use, instance);
      if (stored) return stored.values.map((value) => ({ kind: 'storage', name: stored.name, value, place, calls }));
      const handed = elementWrite(project, use, instance);
      return handed ? [{ ...handed, kind: 'script', place, calls }] : [];
    }
    case 'element':
      return scriptAttributes(project, use, instance).map((handed) => ({ ...handed, kind: 'script', calls }));
    default:
      return [];
  }
}

/** What a function behind an API gateway answers with: `{ statusCode: 200, body }`. */
function isGatewayAnswer(project: Project, returned: Lazy): boolean {
  const value = project.evaluator.head(returned);
  if (value.kind !== 'object') return false;
  const names = value.entries.map((entry) => textOf(project, entry.key));
  return names.includes('statusCode') && names.includes('body');
}

function sinksOfCall(project: Project, use: CallUse, instance: Instance, handlersOf: (owner: ModuleSummary) => ReadonlyMap<number, Handler>): Sink[] {
  const shell = shellSinks(project, use, instance);
  if (shell) return shell;
  const { module, frame, calls } = instance;
  if (use.args.length === 0) return [];
  const place = { module, at: use.at };
  const isSuper = use.callee.kind === 'global' && use.callee.path === 'super';
  const called = isSuper ? superclassOf(project, module, use.fn) : calleeOf(project, { module, value: use.callee, frame, at: use.at });
  if (!called) return [];
  const given = argumentsOf(project, use, module, frame);
  const { callee, args } = handedOn(project, use, called, given, instance) ?? calledDirectly(project, called, given);
  if ((use.isNew || isSuper) && isClientClass(project, callee)) return foreignClient(project, callee, args, place, calls);
  if (isSuper) return [];
  for (const chain of chainsOf(project, callee)) {
    const { root, path } = chain;
    // `callback(null, answer)` of Lambda.
    const isCallback = root.kind === 'parameter' && path.length === 0 && root.index === 2 && handlersOf(root.module).get(root.fn) === 'response';
    const sink: Found | undefined = isCallback ? { kind: 'response', name: 'callback', values: args.slice(1) } : sinkOfChain(project, module, chain, args, use.isNew);
    const isPage = (value: Lazy): boolean => sink?.kind === 'response' && calls.length === 0 && isSentPage(project, sink.name, project.evaluator.head(value));
    if (sink) return sink.values.map((value) => ({ kind: sink.kind, name: sink.name, value, place, calls, ...(sink.confidence ? { confidence: sink.confidence } : {}), ...(isPage(value) ? { isPage: true as const } : {}) }));
  }
  return [];
}

function sinkOfChain(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[], isNew: boolean): Found | undefined {
  const handed = attributeSet(project, chain, args);
  if (handed) return { kind: 'script', name: handed.name, values: [handed.value] };
  return logSink(project, module, chain, args) ?? trackerSink(project, chain, args) ?? storageSink(project, chain, args) ?? messageSink(project, module, chain, args) ?? processSink(project, chain, args) ?? modelSink(project, chain, args) ?? fileSink(project, chain, args)
    ?? errorSink(chain, args) ?? responseSink(project, module, chain, args, isNew) ?? absolutePath(project, module, chain, args);
}

function logSink(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const found = loggedBy(project, module, chain, args);
  const shown = found?.values.filter((value) => !isQuiet(project.evaluator.head(value)));
  return found && shown && { ...found, ...printedBy(project, chain, shown) };
}

function loggedBy(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const { root, path } = chain;
  const name = path.at(-1) ?? '';
  const whole = path.join('.');
  const found = (label: string): Found => ({ kind: 'log', name: label, values: args });
  if (root.kind === 'global') {
    // What it asserts is not printed.
    if (whole === 'console.assert') return { ...found(whole), values: args.slice(1) };
    if (path[0] === 'console' && path.length === 2) return found(whole);
    if (logGlobals.has(whole) || (module.language === 'text' && powerShellLogs.test(whole))) return found(whole);
    if (module.language === 'python' && whole === 'print') return printed(project, args);
  }
  if (/^sys\.std(?:out|err)\.write$/.test(whole) || (root.kind === 'outside' && root.specifier === 'sys' && /^std(?:out|err)\.write$/.test(whole))) return found(whole);
  // What is no number is printed.
  if (root.kind === 'outside' && root.specifier === 'sys' && name === 'exit') return found('sys.exit');
  const specifier = packageOf(project, chain);
  if (specifier !== undefined && logPackages.has(specifier)) {
    // Making a logger is no logging, but for `debug("app")(message)`.
    if (root.kind === 'outside' && !logLevels.has(name)) return { ...found(name), values: specifier === fieldLogger ? args : defaultsOf(project, args) };
    return root.kind === 'outside' || logLevels.has(name) || (path.length === 0 && root.kind === 'call') ? found([specifier, ...path].join('.')) : undefined;
  }
  if (path.length === 0) return isDebugLog(root) ? found('debuglog') : root.kind === 'parameter' && root.name === 'log' ? found('log') : undefined;
  const owner = path.at(-2) ?? (root.kind === 'parameter' ? root.name : root.kind === 'call' ? calleeName(root.callee) : undefined) ?? '';
  return logLevels.has(name) && /^(?:\w*[lL]ogger|log|LOG|logging)$/.test(owner) ? found(`${owner}.${name}`) : undefined;
}

/** `createLogger({ defaultMeta: { … } })` */
function defaultsOf(project: Project, args: readonly Lazy[]): Lazy[] {
  const given = args[0] && project.evaluator.head(args[0]);
  return given?.kind === 'object' ? project.evaluator.entries(given).entries.filter((entry) => logDefaults.test(textOf(project, entry.key))).map((entry) => entry.value) : [];
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

/** `util.debuglog("app")(message)` */
function isDebugLog(root: Resolved): boolean {
  return root.kind === 'call' && root.callee.kind === 'outside' && /^(?:node:)?util$/.test(root.callee.specifier) && calleeName(root.callee) === 'debuglog';
}

/** Chats, mail and sockets: what is sent, not where to. */
function messageSink(project: Project, module: ModuleSummary, chain: Chain, args: readonly Lazy[]): Found | undefined {
  if (isOtherWindow(chain)) return { kind: 'message', name: 'postMessage', values: args };
  const method = chain.path.at(-1) ?? (chain.root.kind === 'parameter' ? chain.root.name : undefined) ?? '';
  if (!messageMethods.test(method)) return undefined;
  const specifier = packageOf(project, chain);
  const isKnown = specifier !== undefined && messagePackage.test(specifier);
  // `execute(interaction)` of a bot's command, which another module calls.
  const isReply = !isKnown && chain.root.kind === 'parameter' && /^(?:reply|editReply|followUp)/.test(method) && module.imports.some((edge) => messagePackage.test(edge.specifier));
  return isKnown || isReply ? { kind: 'message', name: method, values: args } : undefined;
}

/** `parent.postMessage(…)`, `frame.contentWindow.postMessage(…)`: not a worker's, which is the program's own. */
function isOtherWindow({ root, path }: Chain): boolean {
  if (path.at(-1) !== 'postMessage') return false;
  return (root.kind === 'global' && /^(?:parent|opener|top|frames)\b/.test(path[0] ?? '')) || /^(?:contentWindow|parent|opener|source)$/.test(path.at(-2) ?? '');
}

function storageSink(project: Project, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const stored = storedByCall(chain, packageOf(project, chain), args);
  return stored && { kind: 'storage', ...stored };
}

function modelSink(project: Project, chain: Chain, args: readonly Lazy[]): Found | undefined {
  const told = toldToModel(project, chain, args);
  return told && { kind: 'model', ...told };
}

/** `Promise.reject(error)`, `reject(error)`, Express's `next(error)`, the message of an assertion. */
function errorSink({ root, path }: Chain, args: readonly Lazy[]): Found | undefined {
  const name = path.join('.');
  if (root.kind === 'global' && name === 'Promise.reject') return { kind: 'error', name, values: args.slice(0, 1) };
  if (root.kind === 'outside') {
    const message = assertions.find((each) => each.specifier.test(root.specifier) && each.names.test(name))?.message;
    const value = message === undefined ? undefined : args[message];
    return value ? { kind: 'error', name: name === '' ? 'assert' : name, values: [value] } : undefined;
  }
  // Koa's `ctx.throw(status, message)`; below 500 the message is the answer.
  if (root.kind === 'parameter' && path.length === 1 && path[0] === 'throw') return { kind: 'error', name, values: args };
  if (root.kind !== 'parameter' || path.length > 0) return undefined;
  const maker = root.index === 1 ? callTaking(root.module, root.fn) : undefined;
  const isReject = maker?.isNew === true && maker.callee.kind === 'global' && maker.callee.path === 'Promise';
  const isNext = root.index >= 2 && root.name === 'next';
  return isReject || isNext ? { kind: 'error', name: isReject ? 'reject' : 'next', values: args.slice(0, 1) } : undefined;
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
  const isPackage = root.kind === 'outside' && (processPackages.has(root.specifier) || pythonProcesses.get(root.specifier)?.test(name) === true);
  const isPromisified = root.kind === 'call' && path.length === 0 && calleeName(root.callee) === 'promisify' && isProcessFunction(project, root.args[0]);
  if (!isGlobal && !isPackage && !isPromisified) return undefined;
  return { kind: 'process', name: name === '' ? 'exec' : name, values: args.flatMap((argument, index) => argumentsOfProcess(project, argument, index)) };
}

/** Of options only what is an argument, and no environment: `os.execve(path, args, os.environ)`. */
function argumentsOfProcess(project: Project, argument: Lazy, index: number): readonly Lazy[] {
  const value = project.evaluator.head(argument);
  if (value.kind === 'environment') return [];
  if (value.kind === 'choice') return value.options.flatMap((option) => argumentsOfProcess(project, resolvedLazy(option, { module: argument.module, at: argument.at ?? [0, 0] }), index));
  if (value.kind !== 'object') return [argument];
  // `new Deno.Command(cmd, { args })`, `Bun.spawn({ cmd })`
  const { entries } = project.evaluator.entries(value);
  return index <= 1 ? entries.filter((entry) => /^(?:args|cmd)$/.test(textOf(project, entry.key))).map((entry) => entry.value) : [];
}

function isProcessFunction(project: Project, fn: Lazy | undefined): boolean {
  const value = fn && project.evaluator.head(fn);
  return value?.kind === 'outside' && processPackages.has(value.specifier);
}

function fileSink(project: Project, { root, path }: Chain, args: readonly Lazy[]): Found | undefined {
  const [target, content] = args;
  const name = path.join('.');
  // `createWriteStream("public/env.js").write(content)`
  if (root.kind === 'call' && calleeName(root.callee) === 'createWriteStream') {
    const isStream = /^(?:write|end)$/.test(name) && root.callee.kind === 'outside' && filePackages.has(root.callee.specifier);
    const file = isStream ? root.args[0] : undefined;
    return file && isPublic(project, file) ? { kind: 'file', name: 'createWriteStream', values: args.slice(0, 1) } : undefined;
  }
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

function isPublic(project: Project, file: Lazy): boolean {
  return publicFolder.test(pathText(project, project.evaluator.head(file)));
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

/** `client.request("https://elsewhere/…")`: an absolute path takes the place of the client's base, and the key goes along. */
function absolutePath(project: Project, module: ModuleSummary, { root, path }: Chain, args: readonly Lazy[]): Found | undefined {
  const [target] = args;
  if (path.at(-1) !== 'request' || !target || readUrl(project, target, []).host !== 'other') return undefined;
  const auth = args[1] && project.evaluator.property(project.evaluator.head(args[1]), 'auth');
  if (auth?.kind === 'text' && auth.text === 'none') return undefined;
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
  if (!base || valueOf(project, entries, 'fetch') || !holdsKey(project, client)) return [];
  const { host, otherHosts } = readUrl(project, base.value, []);
  if (host !== 'other' && otherHosts.length === 0) return [];
  // A subclass that has this base of its own is reported in its own module.
  if (calls.length > 0 && readUrl(project, { ...base.value, frame: undefined }, []).host === 'other') return [];
  return [{ kind: 'foreign-client', name: 'baseUrl', value: base.value, place, calls, ...(host === 'other' ? {} : { confidence: 'possible' as const }) }];
}

function holdsKey(project: Project, client: Extract<Resolved, { kind: 'call' }>): boolean {
  const entries = clientEntries(project, client);
  return [clientOptions.js.key, clientOptions.python.key, clientOptions.js.bearer, clientOptions.python.bearer].some((name) => valueOf(project, entries, name) !== undefined);
}
