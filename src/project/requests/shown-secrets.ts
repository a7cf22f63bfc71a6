import { isKeyHeader } from '../../hilt/header.ts';
import { isKeyName, secretNameKind, type SecretNameKind } from '../../hilt/names.ts';
import { clientOptions, secretFields } from '../../hilt/sdk.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { ModuleSummary, Use } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import { shownByCommand } from '../disclosure/shell-output.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedEntry, type ResolvedInstance, type ResolvedVariable } from '../resolved.ts';
import { styling } from '../disclosure/sink-names.ts';
import { isClientClass, slotsOf } from '../slots.ts';
import { shownByClient } from './client-contents.ts';
import { isInboundHeaders } from './inbound-headers.ts';
import { clientTypeOf, inferredClient } from '../types/client-types.ts';
import { commonHolding, madeClientsFor } from '../types/made-clients.ts';

/** Something in a value that is a secret of Hilt, or holds one. */
export interface ShownSecret {
  readonly kind:
    /** A literal, also one that was put together. */
    | 'secret'
    /** A read of a variable that is named for a secret, or whose value fills a key slot. */
    | 'variable'
    /** A secret field of a response of Hilt: `raw_key`. */
    | 'field'
    /** A value of another origin that fills a key slot elsewhere: a parameter, the answer of a secret manager. */
    | 'flow'
    /** A `HiltClient` that was given a key. */
    | 'client'
    /** The environment as a whole. */
    | 'environment';
  readonly secret?: Secret;
  readonly variable?: ResolvedVariable;
  /** For messages: `HILT_API_KEY`, `raw_key`, `HiltClient`, `process.env`. */
  readonly name: string;
  /** What the secret is for: a key, or one of Hilt's other secrets. */
  readonly what: 'key' | SecretNameKind;
  /** Where it stands, is read, or is made. */
  readonly place: Place | undefined;
  /** A client that is known by its type alone, which may have been given a key or not. */
  readonly confidence?: 'possible';
}

/** Values that are keys because of where they go, not because of their name. */
export type KeyFlows = ReadonlySet<string>;

const noFlows: KeyFlows = new Set();
const maxDepth = 10;
const maxParts = 400;
/** Characters of a key that may be shown: Hilt's own lists show a prefix. */
const shownCharacters = 12;

/**
 * The secrets of Hilt that whoever sees the value can read from it, itself or in its parts. It also knows
 * responses of Hilt, values that fill key slots under other names, and which functions show what they are given.
 * What only tests, masks or digests a secret shows none.
 */
export function shownSecrets(project: Project, value: Resolved, flows: KeyFlows = noFlows): ShownSecret[] {
  const found: ShownSecret[] = [];
  walk(project, value, flows, found, { parts: 0 }, 0);
  return found;
}

interface Budget { parts: number }

function walk(project: Project, value: Resolved, flows: KeyFlows, found: ShownSecret[], budget: Budget, depth: number): void {
  budget.parts += 1;
  if (depth > maxDepth || budget.parts > maxParts) return;
  const inner = (part: Resolved): void => walk(project, part, flows, found, budget, depth + 1);
  for (const part of shownByClient(project, value)) inner(part);
  if (passesKeyOn(project, value)) found.push({ kind: 'flow', name: 'X-Hilt-Key', what: 'key', place: 'place' in value ? value.place : undefined, confidence: 'possible' });
  switch (value.kind) {
    case 'secret':
      found.push({ kind: 'secret', secret: value.secret, name: value.secret.preview, what: whatOf(value.secret), place: value.place });
      return;
    case 'variable': {
      const what = secretOfVariable(project, value, flows);
      if (what) found.push({ kind: 'variable', variable: value, name: value.name, what, place: value.place });
      return;
    }
    case 'environment':
      if (value.access === 'helper') return;
      found.push({ kind: 'environment', name: value.access, what: 'key', place: undefined });
      return;
    case 'concat':
      value.parts.forEach(inner);
      return;
    case 'choice':
      value.options.forEach(inner);
      return;
    case 'array':
      for (const item of value.items) inner(project.evaluator.head(item));
      return;
    case 'object':
      for (const entry of lastOfEach(project, value.entries)) inner(project.evaluator.head(entry.value));
      return;
    case 'instance':
      walkInstance(project, value, found, inner);
      return;
    case 'member':
      if (value.property.kind === 'text' && secretFields.includes(value.property.text) && isFromOutside(value.object)) {
        found.push({ kind: 'field', name: value.property.text, what: whatOfField(value.property.text), place: value.place });
      } else if (value.property.kind === 'text' && /^(?:message|stack|__dict__)$/.test(value.property.text)) inner(value.object);
      else if (isPairOfEnvironment(value)) found.push({ kind: 'environment', name: 'os.environ', what: 'key', place: undefined });
      else if (value.object.kind === 'call' && isClientClass(project, value.object.callee)) showOption(value.object.args[0], value.property);
      else {
        if (isKeyHeaderOfRequest(value)) found.push({ kind: 'flow', name: 'X-Hilt-Key', what: 'key', place: value.place });
        pushFlow(value, value.place);
        pushClientByType(project, value, found);
      }
      return;
    case 'parameter':
      pushFlow(value, value.place);
      pushClientByType(project, value, found);
      return;
    case 'unknown':
    case 'outside':
      pushClientByType(project, value, found);
      return;
    case 'call':
      if (flows.has(identityOf(value) ?? '')) pushFlow(value, value.place);
      else if (isKeyHeaderRead(project, value)) found.push({ kind: 'flow', name: 'X-Hilt-Key', what: 'key', place: value.place });
      else if (value.isNew && isClientClass(project, value.callee)) pushClient(project, value.args[0], value.place, found);
      else {
        for (const part of shownBy(project, value)) inner(part);
        pushClientByType(project, value, found);
      }
      return;
    default:
      return;
  }

  /** `client.api_key` is what the client was given. */
  function showOption(options: Lazy | undefined, property: Resolved): void {
    if (!options || property.kind !== 'text' || !clientSecrets.has(property.text)) return;
    const given = project.evaluator.entries(project.evaluator.head(options)).entries.find(({ key }) => key && textOf(project, key) === property.text);
    if (given) inner(project.evaluator.head(given.value));
  }

  function pushFlow(of: Resolved, place: Place | undefined): void {
    const identity = identityOf(of);
    if (identity !== undefined && flows.has(identity)) found.push({ kind: 'flow', name: 'X-Hilt-Key', what: 'key', place });
  }
}

/** `req.headers["x-hilt-key"]`: the key that somebody sent with a request. */
function isKeyHeaderOfRequest({ object, property }: Extract<Resolved, { kind: 'member' }>): boolean {
  return property.kind === 'text' && isKeyHeader(property.text) && object.kind === 'member' && object.property.kind === 'text' && object.property.text === 'headers' && isFromOutside(object);
}

/** `request.headers.get("X-Hilt-Key")`, `req.get("X-Hilt-Key")`, `req.header("X-Hilt-Key")`. */
function isKeyHeaderRead(project: Project, { callee, args }: Extract<Resolved, { kind: 'call' }>): boolean {
  const name = args.length === 1 && args[0] ? project.evaluator.head(args[0]) : undefined;
  return name?.kind === 'text' && isKeyHeader(name.text) && callee.kind === 'member' && /^(?:get|header|getHeader)$/.test(calleeName(callee)) && isFromOutside(callee.object);
}

const takersByProject = new WeakMap<Project, Map<ModuleSummary, boolean>>();

/** All headers that a request came with, in a module that takes a key from them. */
function passesKeyOn(project: Project, value: Resolved): boolean {
  const module = 'place' in value ? value.place?.module : undefined;
  if (!module || !isInboundHeaders(project, value)) return false;
  let takers = takersByProject.get(project);
  if (!takers) takersByProject.set(project, (takers = new Map()));
  const known = takers.get(module);
  if (known !== undefined) return known;
  // While it is looked for there is none.
  takers.set(module, false);
  const takes = module.uses.some((use) => valuesOf(use).some((each) => shownSecrets(project, project.evaluator.look(module, each)).some(({ kind, confidence }) => kind === 'flow' && confidence === undefined)));
  takers.set(module, takes);
  return takes;
}

function valuesOf(use: Use): readonly Value[] {
  switch (use.kind) {
    case 'call': {
      const { callee, args, isNew, at } = use;
      return [...(isNew ? [] : [{ kind: 'call', callee, args, at } as const]), ...args.map(({ value }) => value)];
    }
    case 'assign':
    case 'return':
      return [use.value];
    default:
      return [];
  }
}

function whatOf(secret: Secret): ShownSecret['what'] {
  return secret.kind === 'dashboard-jwt' ? 'bearer-token' : secret.kind;
}

function whatOfField(name: string): ShownSecret['what'] {
  if (name === 'setup_token') return 'setup-token';
  if (name === 'delivery_claim') return 'delivery-claim';
  return name === 'signing_secret' ? 'webhook-secret' : 'key';
}

function secretOfVariable(project: Project, variable: ResolvedVariable, flows: KeyFlows): ShownSecret['what'] | undefined {
  // `secrets.X` and `vars.X` of a workflow.
  const name = variable.name.replace(/^(?:secrets|vars)\./, '');
  if (isKeyName(name, project.keyOptions) || flows.has(`variable ${variable.name}`)) return 'key';
  return secretNameKind(name);
}

/** Entries as the finished object has them: a later one of the same name wins. */
function lastOfEach(project: Project, entries: readonly ResolvedEntry[]): ResolvedEntry[] {
  const byName = new Map<string, ResolvedEntry>();
  const others: ResolvedEntry[] = [];
  for (const entry of entries.slice(0, maxParts)) {
    const spread = entry.spread ? project.evaluator.head(entry.value) : undefined;
    if (spread?.kind === 'object') {
      for (const inner of lastOfEach(project, spread.entries)) put(inner);
    } else put(entry);
  }
  return [...others, ...byName.values()];

  function put(entry: ResolvedEntry): void {
    const key = entry.key && project.evaluator.head(entry.key);
    if (key?.kind === 'text') byName.set(key.text, entry);
    else others.push(entry);
  }
}

function walkInstance(project: Project, instance: ResolvedInstance, found: ShownSecret[], inner: (part: Resolved) => void): void {
  const parent = project.evaluator.parentInstance(instance);
  if (parent?.kind === 'call' && isClientClass(project, parent.callee)) {
    pushClient(project, parent.args[0], instance.place ?? parent.place, found);
    return;
  }
  // An error of the program's own shows what the built-in one does.
  if (parent?.kind === 'call' && /(?:Error|Exception)$/.test(calleeName(parent.callee))) inner(parent);
  const cls = instance.module.classes[instance.cls];
  // A private field is neither printed nor serialised.
  for (const name of Object.keys(cls?.fields ?? {})) {
    const field = name.startsWith('#') ? undefined : project.evaluator.instanceProperty(instance, name);
    if (field) inner(field);
  }
}

function pushClient(project: Project, options: Lazy | undefined, place: Place, found: ShownSecret[]): void {
  const given = options && project.evaluator.head(options);
  if (given?.kind !== 'object' && given?.kind !== 'choice') return;
  const { entries } = project.evaluator.entries(given);
  const holdsKey = entries.some((entry) => {
    const name = entry.key && project.evaluator.head(entry.key);
    if (name?.kind !== 'text' || (name.text !== clientOptions.js.key && name.text !== clientOptions.python.key)) return false;
    const value = project.evaluator.head(entry.value);
    return value.kind !== 'constant' && !(value.kind === 'text' && value.text === '');
  });
  if (holdsKey) found.push({ kind: 'client', name: 'HiltClient', what: 'key', place });
}

/** What its declared type calls a client, unless every client that it may be is known to hold no key. */
function pushClientByType(project: Project, value: Extract<Resolved, { kind: 'parameter' | 'member' | 'unknown' | 'outside' | 'call' }>, found: ShownSecret[]): void {
  const module = value.place?.module ?? (value.kind === 'parameter' ? value.module : undefined);
  const type = module && (clientTypeOf(project.evaluator, value) ?? inferredClient(project.evaluator, value));
  const clients = type && type.path.length === 0 ? madeClientsFor(project, value, type, module) : undefined;
  if (!clients) return;
  const holds = commonHolding(clients);
  if (holds === 'nothing' || holds === 'session') return;
  found.push({ kind: 'client', name: 'HiltClient', what: 'key', place: value.place, ...(holds === 'key' ? {} : { confidence: 'possible' }) });
}

/** A field of something that the program got from elsewhere, not of an object that it made itself. */
function isFromOutside(object: Resolved): boolean {
  return object.kind === 'call' || object.kind === 'parameter' || object.kind === 'unknown' || (object.kind === 'member' && isFromOutside(object.object));
}

const clientSecrets: ReadonlySet<string> = new Set([clientOptions.js.key, clientOptions.python.key, clientOptions.js.bearer, clientOptions.python.bearer]);

/** `for name, value in os.environ.items()` */
function isPairOfEnvironment({ object, property }: Extract<Resolved, { kind: 'member' }>): boolean {
  const items = object.kind === 'call' && calleeName(object.callee) === 'find' && object.callee.kind === 'member' ? object.callee.object : undefined;
  return property.kind === 'text' && property.text === '1' && items?.kind === 'call' && items.callee.kind === 'global' && items.callee.path === 'os.environ.items';
}

function textOf(project: Project, key: Lazy): string | undefined {
  const value = project.evaluator.head(key);
  return value.kind === 'text' ? value.text : undefined;
}

const showsArguments = new Set([
  'URL', 'URLSearchParams', 'inspect', 'stringify', 'format', 'String', 'entries', 'values', 'from', 'btoa', 'encodeURIComponent', 'assign', 'Error', 'TypeError', 'RangeError', 'dump', 'serialize', 'encode',
  'str', 'repr', 'dumps', 'b64encode', 'urlencode', 'quote', 'HTTPException', 'HttpException', 'vars', 'asdict', 'astuple', 'pformat', 'fromEntries', 'b16encode', 'hexlify', 'dump_json', 'BasicAuth', 'HTTPBasicAuth', 'HTTPDigestAuth',
  'set_cookie', 'safe_dump', 'format_map',
]);
const showsReceiver = new Set(['entries', 'toString', 'concat', 'padStart', 'padEnd', 'join', 'toJSON', 'valueOf', 'split', 'decode', 'encode', 'format', 'flat', 'map', 'strip', 'trim', 'digest64', 'items', 'values', 'copy', 'model_dump', 'model_dump_json', 'dict', 'json', '_asdict', 'hex']);

/** What of its receiver and arguments the result of a call lets be seen. */
function shownBy(project: Project, { callee, args }: Extract<Resolved, { kind: 'call' }>): Resolved[] {
  if (callee.kind === 'global' && callee.path.startsWith('shell:')) return shownByCommand(project.evaluator, callee.path.slice('shell:'.length), args);
  if (callee.kind === 'global' && /^os\.environ\.(?:items|values)$/.test(callee.path)) return [{ kind: 'environment', access: 'os.environ' }];
  const name = calleeName(callee);
  const shown: Resolved[] = [];
  if (callee.kind === 'member') {
    if (isCut(name)) return showsMost(project, name, args) ? [callee.object] : [];
    if (showsReceiver.has(name)) shown.push(callee.object);
  }
  const isError = callee.kind !== 'member' && /(?:Error|Exception|Exit|Interrupt|Warning|Failure)$/.test(name);
  const isStyled = callee.kind === 'outside' && (styling.has(callee.specifier) || name === 'styleText');
  if (showsArguments.has(name) || isError || isStyled) {
    const given = args.map((argument) => project.evaluator.head(argument));
    // `list(os.environ)` has the names alone.
    shown.push(...(name === 'from' ? given.filter(({ kind }) => kind !== 'environment') : given));
  }
  return shown;
}

function isCut(name: string): boolean {
  return name === 'slice' || name === 'substring' || name === 'substr' || name === 'at' || name === 'charAt';
}

/** Whether `key.slice(…)` leaves more of a key than its prefix, or its last characters. */
function showsMost(project: Project, name: string, args: readonly Lazy[]): boolean {
  if (name === 'at' || name === 'charAt') return false;
  // Python's `key[:8]` and `key[3:]` leave a bound open, and `key[::-1]` both.
  const open = args.findLastIndex((argument) => !isOpenBound(project.evaluator.head(argument)));
  if (open < 0 || (args.length === 3 && open === 2)) return true;
  const [from, to] = args.slice(0, open + 1).map((argument) => {
    const value = project.evaluator.head(argument);
    return value.kind === 'number' ? value.value : isOpenBound(value) ? 0 : undefined;
  });
  if (from === undefined) return false;
  if (open === 0) return from >= 0 || -from > shownCharacters;
  if (to === undefined) return false;
  const length = name === 'substr' ? to : to < 0 ? Number.POSITIVE_INFINITY : to - from;
  return length > shownCharacters;
}

function isOpenBound(value: Resolved): boolean {
  return value.kind === 'constant' && typeof value.value !== 'boolean';
}

/** A name for a value that stays the same wherever it is looked at, or `undefined` where it has none. */
function identityOf(value: Resolved): string | undefined {
  switch (value.kind) {
    case 'variable':
      return `variable ${value.name}`;
    case 'parameter':
      return `parameter ${value.module.file} ${value.fn} ${value.index}`;
    case 'call':
      return `call ${value.place.module.file} ${value.place.at.join()}`;
    case 'member': {
      const object = value.property.kind === 'text' ? identityOf(value.object) : undefined;
      return object === undefined ? undefined : `${object}.${(value.property as { text: string }).text}`;
    }
    default:
      return undefined;
  }
}

const flowsByProject = new WeakMap<Project, Map<ModuleSummary, KeyFlows>>();

/** The values that fill key slots of a module, under whatever name. */
export function keyFlowsOf(project: Project, module: ModuleSummary): KeyFlows {
  let byModule = flowsByProject.get(project);
  if (!byModule) flowsByProject.set(project, (byModule = new Map()));
  const known = byModule.get(module);
  if (known) return known;
  const flows = new Set<string>();
  for (const slot of slotsOf(project, module)) {
    if (slot.kind !== 'key') continue;
    for (const value of optionsOf(project.evaluator.head(slot.value))) {
      const identity = identityOf(value);
      if (identity !== undefined) flows.add(identity);
    }
  }
  byModule.set(module, flows);
  return flows;
}

function optionsOf(value: Resolved): readonly Resolved[] {
  return value.kind === 'choice' ? value.options : [value];
}
