import { isKeyName, secretNameKind } from '../../hilt/names.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { contains, type Span } from '../../syntax/span.ts';
import type { VariableValue } from '../../syntax/value.ts';
import { findComposedSecrets } from '../composed-secrets.ts';
import type { Project } from '../project.ts';
import { ofKind, type Place, type Resolved } from '../resolved.ts';
import { slotsOf, type Slot } from '../slots.ts';
import { valuesGiven } from './given-values.ts';
import { isAttributeWithKey, isSetWithKey } from './set-globals.ts';
import { settingRead } from './setting-reads.ts';
import { isChecked } from './validated-names.ts';
import { oncePerProject } from '../once-per-project.ts';

/** A place that holds or reads a key: where a finding about a client stands. */
export type Origin =
  | { readonly kind: 'secret'; readonly at: Span; readonly secret: Secret; readonly slot: FilledSlot | undefined; readonly comment?: 'marked' | 'legal' | 'plain' }
  /**
   * `checked`: listed for a check of the environment, which by itself wants no key. `lookedUpAt`: where a function looks up the name
   * that it is given here.
   */
  | { readonly kind: 'variable'; readonly at: Span; readonly variable: VariableValue; readonly slot: FilledSlot | undefined; readonly checked?: true; readonly lookedUpAt?: Place }
  /** `global`: the value is a global, which a build may define. */
  | { readonly kind: 'slot'; readonly at: Span; readonly slot: string; readonly global?: string };

/** The slot that an origin fills, in whatever module it stands. */
export interface FilledSlot {
  readonly name: string;
  readonly place: Place;
  /** Whether it stands in the statement of the origin. */
  readonly isNear: boolean;
}

/** The origins of keys that stand in one module, in position order. */
export function originsIn(project: Project, module: ModuleSummary): Origin[] {
  const filled = slotFillings(project).get(module) ?? nothingFilled;
  const secrets = [...module.secrets, ...findComposedSecrets(project, module)];
  const origins: Origin[] = secrets.map(({ secret, at }) => ({ kind: 'secret', secret, at, slot: filled.slotOf.get(secret.digest), ...commentAt(module, at) }));
  for (const variable of module.reads) {
    const slot = filled.slotOf.get(variable.at.join());
    if (slot === undefined && !isSecretVariable(project, variable.name)) continue;
    origins.push({ kind: 'variable', variable, at: variable.at, slot, ...(isChecked(project, module, variable.at) ? { checked: true } : {}) });
  }
  const known = new Set(module.reads.map((read) => read.at.join()));
  for (const { variable, lookedUpAt } of [...filled.variables.values(), ...namedReads(project, module)]) {
    const identity = variable.at.join();
    if (known.has(identity)) continue;
    known.add(identity);
    origins.push({ kind: 'variable', variable, at: variable.at, slot: filled.slotOf.get(identity), ...(lookedUpAt ? { lookedUpAt } : {}), ...(isChecked(project, module, variable.at) ? { checked: true } : {}) });
  }
  for (const { slot, value } of filled.unknown) {
    // `createEnv({ server: { HILT_WEBHOOK_SECRET: z.string() } })` holds a schema.
    if (isChecked(project, module, slot.place.at)) continue;
    origins.push({ kind: 'slot', at: slot.value.at ?? slot.place.at, slot: slot.name, ...(value.kind === 'global' ? { global: value.path } : {}) });
  }
  return origins.sort((a, b) => a.at[0] - b.at[0]);
}

/** Calls that are given a key's name and look it up: `requireEnv("HILT_API_KEY")`. */
function namedReads(project: Project, module: ModuleSummary): Read[] {
  return module.uses.flatMap((use) => {
    if (use.kind !== 'call' || use.isNew || !use.args.some(({ value }) => value.kind === 'text' && isSecretVariable(project, value.text))) return [];
    const result = project.evaluator.look(module, { kind: 'call', callee: use.callee, args: use.args, at: use.at });
    return variablesIn(result).filter((read) => read.module === module && read.variable.at[0] === use.at[0] && isSecretVariable(project, read.variable.name));
  });
}

function isSecretVariable(project: Project, name: string): boolean {
  return isKeyName(name, project.keyOptions) || secretNameKind(name) !== undefined;
}

function commentAt(module: ModuleSummary, at: Span): { comment?: 'marked' | 'legal' | 'plain' } {
  const around = module.comments.find((comment) => comment.at[0] <= at[0] && at[1] <= comment.at[1]);
  return around ? { comment: around.text.startsWith('!') ? 'marked' : isLegal(around.text) ? 'legal' : 'plain' } : {};
}

/** Comments that bundlers keep: `@license`, `@preserve`; those that begin with `!` are told apart. */
function isLegal(text: string): boolean {
  return /@(?:license|preserve|cc_on)\b/.test(text);
}

interface Filled {
  /** The slots that are filled, by the position of the read or the digest of the secret. */
  readonly slotOf: Map<string, FilledSlot>;
  /** Variables that fill a slot, by position: some are read through an import or a constant, which the module alone does not tell. */
  readonly variables: Map<string, Read>;
  /** Slots of this module whose value comes from nowhere that is known. */
  unknown: readonly OpenSlot[];
}

interface OpenSlot { readonly slot: Slot; readonly value: Resolved }

const nothingFilled: Filled = { slotOf: new Map(), variables: new Map(), unknown: [] };

/** Modules that fill a slot somewhere; a variable of any spelling becomes a key's name by that. */
export function modulesThatFill(project: Project): Iterable<ModuleSummary> {
  return slotFillings(project).keys();
}

const slotFillings = oncePerProject((project): ReadonlyMap<ModuleSummary, Filled> => {
  const byModule = new Map<ModuleSummary, Filled>();
  const filledOf = (module: ModuleSummary): Filled => {
    const filled = byModule.get(module) ?? { slotOf: new Map(), variables: new Map(), unknown: [] };
    byModule.set(module, filled);
    return filled;
  };
  const withOrigin = new Set<string>();
  const open: OpenSlot[] = [];
  /** Globals that calls hand down to a slot. */
  const globals = new Map<string, Resolved>();
  // Looking at a slot's value may load further modules; those fill nothing of their own accord.
  for (const user of [...project.modules.values()]) {
    for (const slot of slotsOf(project, user)) {
      const value = project.evaluator.head(slot.value);
      if (fill(slot, value, filledOf)) withOrigin.add(identityOf(slot));
      else if (slot.calls.length === 0 && isOpen(value)) open.push({ slot, value });
      else if (value.kind === 'global') globals.set(identityOf(slot), value);
    }
  }
  for (const { slot, value } of open) {
    const each = { slot, value: globals.get(identityOf(slot)) ?? value };
    if (withOrigin.has(identityOf(slot)) || fillFromElsewhere(project, each, filledOf)) continue;
    if ((each.value.kind === 'global' && isSetWithKey(project, each.value.path)) || isAttributeWithKey(project, each.value)) continue;
    const filled = filledOf(each.slot.place.module);
    filled.unknown = [...filled.unknown, each];
  }
  return byModule;
});

/** Notes the origins of what fills a slot; whether there is any. */
function fill(slot: Slot, value: Resolved, filledOf: (module: ModuleSummary) => Filled): boolean {
  const reads = variablesIn(value);
  for (const read of reads) {
    const { variable, module } = read;
    const filled = filledOf(module);
    filled.slotOf.set(variable.at.join(), filledSlot(slot, module, variable.at));
    filled.variables.set(variable.at.join(), read);
  }
  for (const { secret, place } of ofKind(value, 'secret')) {
    const { slotOf } = filledOf(place.module);
    if (!slotOf.has(secret.digest)) slotOf.set(secret.digest, filledSlot(slot, place.module, place.at));
  }
  return reads.length > 0 || hasOrigin(value);
}

/** A value that is known where it is given from: by a component's prop, by the server, by a state. */
function fillFromElsewhere(project: Project, { slot, value }: OpenSlot, filledOf: (module: ModuleSummary) => Filled): boolean {
  return valuesGiven(project, value).map((given) => fill(slot, given, filledOf)).some(Boolean);
}

function filledSlot({ name, place, value }: Slot, module: ModuleSummary, at: Span): FilledSlot {
  const isNear = place.module === module && !module.statements.some((statement) => contains(statement.at, at) !== contains(statement.at, place.at));
  return { name, isNear, place: value.at && value.module === place.module ? { module: value.module, at: value.at } : place };
}

function identityOf({ place }: Slot): string {
  return `${place.module.file}:${place.at.join()}`;
}

interface Read { readonly variable: VariableValue; readonly module: ModuleSummary; readonly lookedUpAt?: Place }

function variablesIn(value: Resolved): Read[] {
  switch (value.kind) {
    case 'variable': {
      const { name, access, form, specifier, place, lookedUpAt } = value;
      return [{ variable: { kind: 'variable', name, access, form, at: place.at, ...(specifier === undefined ? {} : { module: specifier }) }, module: place.module, ...(lookedUpAt ? { lookedUpAt } : {}) }];
    }
    case 'outside':
    case 'member': {
      const variable = settingRead(value);
      return variable && value.place ? [{ variable, module: value.place.module }] : [];
    }
    case 'choice':
      return value.options.flatMap(variablesIn);
    case 'concat':
      return value.parts.flatMap(variablesIn);
    default:
      return [];
  }
}

function hasOrigin(value: Resolved): boolean {
  switch (value.kind) {
    case 'secret':
    case 'variable':
      return true;
    case 'text':
      return value.text.trim() !== '';
    case 'choice':
      return value.options.some(hasOrigin);
    case 'concat':
      return value.parts.some((part) => part.kind !== 'text' && hasOrigin(part));
    default:
      return false;
  }
}

/** A value that may be anything: state, a prop, what a request gave. Nothing and constants fill no slot. */
function isOpen(value: Resolved): boolean {
  if (value.kind === 'constant' || value.kind === 'text' || value.kind === 'number') return false;
  return value.kind !== 'choice' || value.options.some(isOpen);
}
