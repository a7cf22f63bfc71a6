import { isKeyHeader } from '../../hilt/header.ts';
import { isKeyLikeName, isKeyName, secretNameKind, type SecretNameKind } from '../../hilt/names.ts';
import { clientOptions, secretFields } from '../../hilt/sdk.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { Use } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedCall, type ResolvedEntry, type ResolvedInstance, type ResolvedMember, type ResolvedVariable } from '../resolved.ts';
import { isClientClass } from '../slots.ts';
import { shownByClient } from './client-contents.ts';
import { shownAsWhole, shownByConfig } from './failed-requests.ts';
import { isInboundHeaders } from './inbound-headers.ts';
import { identityOf, keyFlowsOf, type KeyFlows } from './key-flows.ts';
import { platformEnvironment } from './platform-environment.ts';
import { keyOfSetting, secretsOfChecked } from './settings.ts';
import { formOfPart, said, type Form } from './printed-forms.ts';
import { headersOfRequest, shownBy } from './shown-by-call.ts';
import { clientTypeOf, inferredClient } from '../types/client-types.ts';
import { commonHolding, madeClientsFor } from '../types/made-clients.ts';
import { oncePerModule } from '../once-per-project.ts';

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

const noFlows: KeyFlows = new Set();
const maxDepth = 10;
const maxParts = 400;

/**
 * The secrets of Hilt that whoever sees the value can read from it, itself or in its parts. It also knows
 * responses of Hilt, values that fill key slots under other names, and which functions show what they are given.
 * What only tests, masks or digests a secret shows none. `form`: how the value is written out.
 */
export function shownSecrets(project: Project, value: Resolved, flows: KeyFlows = noFlows, form: Form = 'whole'): ShownSecret[] {
  const walk = new SecretWalk(project, flows);
  walk.visit(value, 0, form);
  return walk.found;
}

type Inner = (part: Resolved, as?: Form) => void;

class SecretWalk {
  readonly found: ShownSecret[] = [];
  readonly #project: Project;
  readonly #flows: KeyFlows;
  #parts = 0;

  constructor(project: Project, flows: KeyFlows) {
    this.#project = project;
    this.#flows = flows;
  }

  visit(value: Resolved, depth: number, form: Form): void {
    this.#parts += 1;
    if (depth > maxDepth || this.#parts > maxParts) return;
    const project = this.#project;
    const inner: Inner = (part, as = form) => this.visit(part, depth + 1, as);
    const own = said(project, value, form);
    if (own) return own.forEach((part) => inner(part));
    for (const part of [...shownByClient(project, value), ...shownByConfig(project, value)]) inner(part);
    this.found.push(...shownAsWhole(project, value, form).flatMap((header) => shownSecrets(project, header)).map((secret) => ({ ...secret, confidence: 'possible' as const })));
    const setting = keyOfSetting(project, value);
    if (setting) this.found.push({ kind: 'field', ...setting });
    const platform = form === 'text' ? undefined : platformEnvironment(project, value);
    if (platform) this.found.push({ kind: 'environment', what: 'key', ...platform });
    if (passesKeyOn(project, value)) this.#pushHeader('place' in value ? value.place : undefined, 'possible');
    this.#visitParts(value, form, inner);
  }

  #visitParts(value: Resolved, form: Form, inner: Inner): void {
    const { evaluator } = this.#project;
    switch (value.kind) {
      case 'secret':
        this.found.push({ kind: 'secret', secret: value.secret, name: value.secret.preview, what: whatOf(value.secret), place: value.place });
        return;
      case 'variable': {
        const what = secretOfVariable(this.#project, value, this.#flows);
        if (what) this.found.push({ kind: 'variable', variable: value, name: value.name, what, place: value.place });
        return;
      }
      case 'environment':
        if (value.access !== 'helper') this.#pushEnvironment(value.access);
        return;
      case 'concat':
        for (const part of value.parts) inner(part, 'text');
        return;
      case 'choice':
        for (const option of value.options) inner(option);
        return;
      case 'array':
        for (const item of value.items) inner(evaluator.head(item), value.isText ? 'json' : form);
        return;
      case 'object':
        for (const entry of lastOfEach(this.#project, value.entries)) inner(evaluator.head(entry.value), value.isText ? 'json' : form);
        return;
      case 'instance':
        return walkInstance(this.#project, value, this.found, inner);
      case 'member':
        return this.#visitMember(value, form, inner);
      case 'parameter':
        this.#pushFlow(value, value.place);
        return pushClientByType(this.#project, value, this.found);
      case 'unknown':
      case 'outside':
        return pushClientByType(this.#project, value, this.found);
      case 'call':
        return this.#visitCall(value, form, inner);
      default:
        return;
    }
  }

  #visitMember(value: ResolvedMember, form: Form, inner: Inner): void {
    const project = this.#project;
    const { object, property } = value;
    const name = property.kind === 'text' ? property.text : undefined;
    if (name !== undefined && secretFields.includes(name) && isFromOutside(object)) this.found.push({ kind: 'field', name, what: whatOfField(name), place: value.place });
    else if (name !== undefined && /^(?:message|stack|__dict__)$/.test(name)) inner(object, name === '__dict__' ? form : 'text');
    else if (isHeadersOfRequest(value)) for (const part of headersOfRequest(project.evaluator, value.object.args)) inner(part);
    else if (isPairOfEnvironment(value)) this.#pushEnvironment('os.environ');
    else if (object.kind === 'call' && isClientClass(project, object.callee)) this.#showOption(object.args[0], property, inner);
    else {
      if (isKeyHeaderOfRequest(value)) this.#pushHeader(value.place);
      this.#pushFlow(value, value.place);
      pushClientByType(project, value, this.found);
    }
  }

  #visitCall(value: ResolvedCall, form: Form, inner: Inner): void {
    const project = this.#project;
    if (this.#flows.has(identityOf(value) ?? '')) this.#pushFlow(value, value.place);
    else if (isKeyHeaderRead(project, value)) this.#pushHeader(value.place);
    else if (value.isNew && isClientClass(project, value.callee)) pushClient(project, value.args[0], value.place, this.found);
    else {
      this.found.push(...secretsOfChecked(project, value).map((secret) => ({ kind: 'field' as const, ...secret })));
      for (const part of shownBy(project, value)) inner(part, formOfPart(value, part, form));
      pushClientByType(project, value, this.found);
    }
  }

  /** `client.api_key` is what the client was given. */
  #showOption(options: Lazy | undefined, property: Resolved, inner: Inner): void {
    if (!options || property.kind !== 'text' || !clientSecrets.has(property.text)) return;
    const { evaluator } = this.#project;
    const given = evaluator.entries(evaluator.head(options)).entries.find(({ key }) => key && this.#project.evaluator.text(key) === property.text);
    if (given) inner(evaluator.head(given.value));
  }

  #pushEnvironment(name: string): void {
    this.found.push({ kind: 'environment', name, what: 'key', place: undefined });
  }

  #pushFlow(of: Resolved, place: Place | undefined): void {
    const identity = identityOf(of);
    if (identity !== undefined && this.#flows.has(identity)) this.#pushHeader(place);
  }

  #pushHeader(place: Place | undefined, confidence?: 'possible'): void {
    this.found.push({ kind: 'flow', name: 'X-Hilt-Key', what: 'key', place, ...(confidence ? { confidence } : {}) });
  }
}

/** `new Request(url, { headers }).headers` */
function isHeadersOfRequest(value: ResolvedMember): value is ResolvedMember & { readonly object: ResolvedCall } {
  const { object, property } = value;
  return property.kind === 'text' && property.text === 'headers' && object.kind === 'call' && object.isNew && object.callee.kind === 'global' && object.callee.path === 'Request';
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

/** All headers that a request came with, in a module that takes a key from them. */
function passesKeyOn(project: Project, value: Resolved): boolean {
  const module = 'place' in value ? value.place?.module : undefined;
  return module !== undefined && isInboundHeaders(project, value) && takesKeyFromHeaders(project, module);
}

const takesKeyFromHeaders = oncePerModule(
  (project, module): boolean => module.uses.some((use) => valuesOf(use).some((each) => shownSecrets(project, project.evaluator.look(module, each)).some(({ kind, confidence }) => kind === 'flow' && confidence === undefined))),
  { meanwhile: () => false },
);

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
  // `secrets.X` and `vars.X` of a workflow, `var.x` and `local.x` of Terraform.
  const name = variable.name.replace(/^(?:secrets|vars?|local)\./, '');
  const isNamed = variable.access === 'expansion' ? isKeyLikeName : isKeyName;
  // Who asks for what fills slots asks for what does so where it is read, too.
  const filling = flows === noFlows ? [] : [flows, keyFlowsOf(project, variable.place.module)];
  if (isNamed(name, project.keyOptions) || filling.some((each) => each.has(`variable ${variable.name}`))) return 'key';
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
