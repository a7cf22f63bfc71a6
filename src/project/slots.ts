import { isKeyHeader, keyHeader } from '../hilt/header.ts';
import { secretNameKind } from '../hilt/names.ts';
import { clientClass, clientOptions, isSdkPythonModule, isSdkSpecifier, secretArguments } from '../hilt/sdk.ts';
import type { CallUse, ModuleSummary, PropertyUse, Use } from '../syntax/module-summary.ts';
import type { ArrayItem, Value } from '../syntax/value.ts';
import { instancesOf, newInstancesOf, type Instance } from './instances.ts';
import { isProps } from './component-props.ts';
import type { Project } from './project.ts';
import { isClientConstructor, isClientOptions } from './types/client-types.ts';
import { calleeName, placeWithin, resolvedLazy, type Lazy, type Place, type Resolved } from './resolved.ts';
import { oncePerModule } from './once-per-project.ts';
import { stepsOfSurvey } from './evaluate.ts';

/** A place that takes a secret of Hilt, and what fills it. */
export interface Slot {
  readonly kind: 'key' | 'webhook-secret' | 'bearer-token';
  /** `X-Hilt-Key`, `apiKey of HiltClient`, `verifyWebhookSignature`, … for messages. */
  readonly name: string;
  readonly value: Lazy;
  /** The slot itself: the property, the call. */
  readonly place: Place;
  /** The calls that lead to the slot from the asked module. */
  readonly calls: readonly Place[];
}

const headerSetters = new Set(['set', 'append', 'setHeader', 'setRequestHeader', 'header', 'addHeader', 'withHeader', 'appendHeader', 'add_header', 'putheader', 'setdefault']);
const keyOptions = new Set<string>([clientOptions.js.key, clientOptions.python.key]);
const bearerOptions = new Set<string>([clientOptions.js.bearer, clientOptions.python.bearer]);

/** Every slot that a module fills, itself or through the project's functions that it calls. */
export const slotsOf = oncePerModule(
  (project, module): readonly Slot[] => withoutRepeats(instancesOf(project, module).flatMap((instance) => slotsOfUse(project, instance))),
  { steps: stepsOfSurvey },
);

/** The options of a client are a slot by their type and where they are used; once is enough. */
function withoutRepeats(slots: readonly Slot[]): Slot[] {
  const seen = new Set<string>();
  return slots.filter(({ kind, name, value, place, calls }) => {
    const identity = `${kind} ${name} ${place.module.file}:${place.at.join()} ${calls.map(({ module, at }) => `${module.file}:${at[0]}`).join()} ${value.frame === undefined}`;
    if (value.frame === undefined && value.known === undefined && seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

function slotsOfUse(project: Project, instance: Instance): Slot[] {
  const { use, module } = instance;
  switch (use.kind) {
    case 'property':
      return [...namedSlot(project, instance, keyText(project, instance, use), use), ...typedSlot(project, instance, use)];
    case 'assign': {
      const name = project.evaluator.head({ module, value: use.property, frame: instance.frame, at: use.at });
      return namedSlot(project, instance, name.kind === 'text' ? name.text : '', use);
    }
    case 'call':
      return [...setterSlots(project, instance), ...clientSlots(project, instance), ...argumentSlots(project, instance), ...commandSlots(project, instance), ...collectionSlots(project, instance)];
    default:
      return [];
  }
}

function keyText(project: Project, { module, frame }: Instance, use: PropertyUse): string {
  const key = project.evaluator.head({ module, value: use.key, frame, at: use.at });
  return key.kind === 'text' ? key.text : '';
}

/** Slots in the methods of the classes that a module makes instances of, with what the constructors were given: `new Api("…")`. */
export function slotsOfNewInstances(project: Project, module: ModuleSummary): readonly Slot[] {
  return newInstancesOf(project, module).flatMap(({ frame, self, call }) => {
    const inside = self.module.uses.filter((use) => self.module.functions[use.fn]?.cls === self.cls);
    return slotsOfUses(project, inside, { module: self.module, frame, calls: [call] });
  });
}

/** Slots that are filled by these uses of a function, as it is called. */
export function slotsOfUses(project: Project, uses: readonly Use[], called: Omit<Instance, 'use'>): Slot[] {
  return uses.flatMap((use) => slotsOfUse(project, { ...called, use }));
}

/** Whether an importer may fill a slot of the module: by an argument that a slot takes, or as a subclass of the client. */
export function takesSecrets(project: Project, module: ModuleSummary): boolean {
  // A file of Vue is a component, which exports nothing by name.
  if (!module.mentions.hiltPay || (module.exports.length === 0 && module.language !== 'vue')) return false;
  if (slotsOf(project, module).some((slot) => slot.calls.length === 0 && (isGiven(project.evaluator.head(slot.value)) || isOwnField(slot.value.value)))) return true;
  return module.exports.some((entry) => entry.value !== undefined && isClientClass(project, project.evaluator.look(module, entry.value)));
}

/** `this.key`: whoever makes the instance may have given it. */
function isOwnField(value: Value): boolean {
  return value.kind === 'member' && (value.object.kind === 'this' || isOwnField(value.object));
}

/** Whether a value is a parameter or a prop of a component, or a part of one. */
function isGiven(value: Resolved): boolean {
  switch (value.kind) {
    case 'parameter':
      return true;
    case 'member':
      return isGiven(value.object);
    case 'choice':
      return value.options.some(isGiven);
    case 'concat':
      return value.parts.some(isGiven);
    case 'call':
      return isProps(value);
    default:
      return false;
  }
}

type Filling = Pick<PropertyUse, 'value' | 'valueAt' | 'at'>;

function namedSlot(_project: Project, instance: Instance, name: string, use: Filling): Slot[] {
  const { module, frame, calls } = instance;
  const kind = isKeyHeader(name) ? 'key' : secretNameKind(name) === 'webhook-secret' ? 'webhook-secret' : undefined;
  if (!kind) return [];
  return [{ kind, name, value: { module, value: use.value, frame, at: use.valueAt }, place: { module, at: use.at }, calls }];
}

/** `apiKey` of an object that is declared to be the options of a client. */
function typedSlot(project: Project, instance: Instance, use: PropertyUse): Slot[] {
  const { module, frame, calls } = instance;
  const name = use.of && use.key.kind === 'text' ? use.key.text : undefined;
  const kind = name === undefined ? undefined : kindOfOption(name);
  if (!use.of || !kind || !project.evaluator.types.resolve({ module, ref: use.of }).some(isClientOptions)) return [];
  return [{ kind, name: `${name} of ${clientClass}`, value: { module, value: use.value, frame, at: use.valueAt }, place: { module, at: use.at }, calls }];
}

function kindOfOption(name: string): 'key' | 'bearer-token' | undefined {
  return keyOptions.has(name) ? 'key' : bearerOptions.has(name) ? 'bearer-token' : undefined;
}

/** `headers.set("X-Hilt-Key", value)` and its relatives. */
function setterSlots(project: Project, { use, module, frame, calls }: Instance): Slot[] {
  if (use.kind !== 'call') return [];
  const callee = use.callee;
  const isSetter = (callee.kind === 'member' && callee.property.kind === 'text' && headerSetters.has(callee.property.text)) || (callee.kind === 'global' && headerSetters.has(callee.path.split('.').at(-1) ?? ''));
  const [first, second] = use.args;
  if (!isSetter || !first || !second) return [];
  const name = project.evaluator.head({ module, value: first.value, frame, at: first.at });
  if (name.kind !== 'text' || !isKeyHeader(name.text)) return [];
  return [{ kind: 'key', name: name.text, value: { module, value: second.value, frame, at: second.at }, place: { module, at: use.at }, calls }];
}

/** `new HiltClient({ apiKey })`, under any alias, and `super({ apiKey })` of its subclasses. */
function clientSlots(project: Project, { use, module, frame, calls }: Instance): Slot[] {
  if (use.kind !== 'call') return [];
  const options = use.args.at(-1);
  if (!options) return [];
  const isSuper = use.callee.kind === 'global' && use.callee.path === 'super';
  if (!use.isNew && !isSuper && module.language !== 'python') return [];
  const callee = isSuper ? superclassOf(project, module, use.fn) : project.evaluator.head({ module, value: use.callee, frame, at: use.at });
  if (!callee || !isClientClass(project, callee)) return [];
  const given = project.evaluator.head({ module, value: options.value, frame, at: options.at });
  const { entries } = project.evaluator.entries(given);
  return entries.flatMap((entry) => {
    const key = entry.key && project.evaluator.head(entry.key);
    if (key?.kind !== 'text') return [];
    const kind = kindOfOption(key.text);
    return kind ? [{ kind, name: `${key.text} of ${clientClass}`, value: entry.value, place: entry.place, calls } as const] : [];
  });
}

/** The superclass whose constructor `super(…)` calls in the constructor `fn`. */
export function superclassOf(project: Project, module: ModuleSummary, fn: number): Resolved | undefined {
  const cls = module.classes.find((each) => each.constructor_ === fn);
  return cls?.superclass && project.evaluator.look(module, cls.superclass);
}

/** Whether a class is the SDK's client, or extends it without a constructor of its own between. */
export function isClientClass(project: Project, callee: Resolved, generation = 0): boolean {
  if (generation > 30) return false;
  switch (callee.kind) {
    case 'outside':
    case 'parameter':
    case 'unknown':
    case 'member':
      return isClientConstructor(project.evaluator, callee);
    case 'choice':
      return callee.options.some((option) => isClientClass(project, option, generation + 1));
    case 'class': {
      const cls = callee.module.classes[callee.cls];
      if (!cls?.superclass || cls.constructor_ !== undefined) return false;
      return isClientClass(project, project.evaluator.head({ module: callee.module, value: cls.superclass, frame: callee.frame, at: undefined }), generation + 1);
    }
    default:
      return false;
  }
}

function isSdk(specifier: string): boolean {
  return isSdkSpecifier(specifier) || isSdkPythonModule(specifier);
}

/** The signing secret of `verifyWebhookSignature(body, header, secret)` and its relatives. */
function argumentSlots(project: Project, { use, module, frame, calls }: Instance): Slot[] {
  if (use.kind !== 'call') return [];
  const callee = project.evaluator.head({ module, value: use.callee, frame, at: use.at });
  if (callee.kind !== 'outside' || !isSdk(callee.specifier)) return [];
  const name = calleeName(callee);
  const known = secretArguments.find((each) => each.name === name);
  const argument = known && argumentAt(use, known.index);
  if (argument) return [{ kind: 'webhook-secret', name, value: { module, value: argument.value, frame, at: argument.at }, place: { module, at: use.at }, calls }];
  if (!known && !/WebhookRouter$|^create_webhook_router$/.test(name)) return [];
  return use.args.flatMap((item) => {
    const { entries } = project.evaluator.entries(project.evaluator.head({ module, value: item.value, frame, at: item.at }));
    return entries.flatMap((entry) => {
      const key = entry.key && project.evaluator.head(entry.key);
      const isSecret = key?.kind === 'text' && /^(?:signingSecret|signing_secret|secret|webhookSecret)$/.test(key.text);
      return isSecret ? [{ kind: 'webhook-secret', name, value: entry.value, place: entry.place, calls } as const] : [];
    });
  });
}

const requestCommands = new Set(['curl', 'wget', 'http', 'https', 'xh', 'curlie', 'grpcurl', 'hurl']);

/** `curl -H "X-Hilt-Key: $KEY"`, `wget --header=…`, HTTPie's `X-Hilt-Key:$KEY`. */
function commandSlots(project: Project, { use, module, frame, calls }: Instance): Slot[] {
  if (use.kind !== 'call' || use.callee.kind !== 'global' || !use.callee.path.startsWith('shell:')) return [];
  if (!requestCommands.has(use.callee.path.slice('shell:'.length))) return [];
  return use.args.flatMap((item) => {
    const given = project.evaluator.head({ module, value: item.value, frame, at: item.at });
    const words = given.kind === 'array' ? given.items.map((each) => project.evaluator.head(each)) : given.kind === 'choice' ? given.options : [given];
    const place: Place = { module, at: item.at };
    return words.flatMap((word) => {
      const value = headerValue(word, place);
      return value ? [{ kind: 'key', name: keyHeader, value: resolvedLazy(value, place), place: { module, at: use.at }, calls } as const] : [];
    });
  });
}

/** `X-Hilt-Key` among the headers of a request in an exported collection, which is no object that is written so. */
function collectionSlots(project: Project, { use, module, frame, calls }: Instance): Slot[] {
  if (module.language !== 'json' || use.kind !== 'call' || use.callee.kind !== 'global' || use.callee.path !== 'http:request') return [];
  const headers = use.args[2];
  const { entries } = project.evaluator.entries(headers ? project.evaluator.head({ module, value: headers.value, frame, at: headers.at }) : { kind: 'unknown' });
  return entries.flatMap(({ key, value, place }) => {
    const name = key && project.evaluator.head(key);
    return name?.kind === 'text' && isKeyHeader(name.text) ? [{ kind: 'key', name: name.text, value, place, calls } as const] : [];
  });
}

/** What stands behind the header's name and its colon. */
function headerValue(word: Resolved, place: Place): Resolved | undefined {
  const [first, ...others] = word.kind === 'concat' ? word.parts : [word];
  if (first?.kind !== 'text') return undefined;
  const match = /^(?:--header=|-H)?\s*([\w-]+):\s*/.exec(first.text);
  if (!match || !isKeyHeader(match[1] ?? '')) return undefined;
  const text = first.text.slice(match[0].length);
  const start: Resolved[] = text === '' ? [] : [{ kind: 'text', text, place: placeWithin(first, match[0].length, first.text.length) ?? place }];
  const parts = [...start, ...others];
  return parts.length === 1 ? parts[0] : { kind: 'concat', parts, place };
}

/** An argument by its position; keywords have none. */
function argumentAt(use: CallUse, index: number): ArrayItem | undefined {
  const argument = use.args[index];
  return argument?.value.kind === 'object' && argument.value.keywords ? undefined : argument;
}
