import { isKeyName, secretNameKind } from '../../hilt/names.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { VariableValue } from '../../syntax/value.ts';
import { findComposedSecrets } from '../composed-secrets.ts';
import type { Project } from '../project.ts';
import type { Resolved } from '../resolved.ts';
import { slotsOf, type Slot } from '../slots.ts';

/** A place that holds or reads a key: where a finding about a client stands. */
export type Origin =
  | { readonly kind: 'secret'; readonly at: Span; readonly secret: Secret; readonly comment?: 'legal' | 'plain' }
  | { readonly kind: 'variable'; readonly at: Span; readonly variable: VariableValue; readonly slot: string | undefined }
  | { readonly kind: 'slot'; readonly at: Span; readonly slot: string };

/** The origins of keys that stand in one module, in position order. */
export function originsIn(project: Project, module: ModuleSummary): Origin[] {
  const filled = slotFillings(project).get(module) ?? nothingFilled;
  const secrets = [...module.secrets, ...findComposedSecrets(project, module)];
  const origins: Origin[] = secrets.map(({ secret, at }) => ({ kind: 'secret', secret, at, ...commentAt(module, at) }));
  for (const variable of module.reads) {
    const slot = filled.slotOf.get(variable.at.join());
    if (slot === undefined && !isSecretVariable(project, variable.name)) continue;
    origins.push({ kind: 'variable', variable, at: variable.at, slot });
  }
  for (const variable of filled.variables.values()) {
    if (!module.reads.some((read) => read.at.join() === variable.at.join())) origins.push({ kind: 'variable', variable, at: variable.at, slot: filled.slotOf.get(variable.at.join()) });
  }
  for (const slot of filled.unknown) origins.push({ kind: 'slot', at: slot.value.at ?? slot.place.at, slot: slot.name });
  return origins.sort((a, b) => a.at[0] - b.at[0]);
}

function isSecretVariable(project: Project, name: string): boolean {
  return isKeyName(name, project.keyOptions) || secretNameKind(name) !== undefined;
}

function commentAt(module: ModuleSummary, at: Span): { comment?: 'legal' | 'plain' } {
  const around = module.comments.find((comment) => comment.at[0] <= at[0] && at[1] <= comment.at[1]);
  return around ? { comment: isLegal(around.text) ? 'legal' : 'plain' } : {};
}

/** Comments that bundlers keep: `/*! … *\/`, `@license`, `@preserve`. */
function isLegal(text: string): boolean {
  return text.startsWith('!') || /@(?:license|preserve|cc_on)\b/.test(text);
}

interface Filled {
  /** The slot that the read at a position fills, in whatever module the slot stands. */
  readonly slotOf: Map<string, string>;
  /** Variables that fill a slot, by position: some are read through an import or a constant, which the module alone does not tell. */
  readonly variables: Map<string, VariableValue>;
  /** Slots of this module whose value comes from nowhere that is known. */
  unknown: readonly Slot[];
}

const nothingFilled: Filled = { slotOf: new Map(), variables: new Map(), unknown: [] };
const fillings = new WeakMap<Project, ReadonlyMap<ModuleSummary, Filled>>();

/** Modules that fill a slot somewhere; a variable of any spelling becomes a key's name by that. */
export function modulesThatFill(project: Project): Iterable<ModuleSummary> {
  return slotFillings(project).keys();
}

function slotFillings(project: Project): ReadonlyMap<ModuleSummary, Filled> {
  const known = fillings.get(project);
  if (known) return known;
  const byModule = new Map<ModuleSummary, Filled>();
  const filledOf = (module: ModuleSummary): Filled => {
    const filled = byModule.get(module) ?? { slotOf: new Map(), variables: new Map(), unknown: [] };
    byModule.set(module, filled);
    return filled;
  };
  const withOrigin = new Set<string>();
  const open: Slot[] = [];
  // Looking at a slot's value may load further modules; those fill nothing of their own accord.
  for (const user of [...project.modules.values()]) {
    for (const slot of slotsOf(project, user)) {
      const value = project.evaluator.head(slot.value);
      for (const { name, access, form, specifier, place } of variablesIn(value)) {
        const filled = filledOf(place.module);
        filled.slotOf.set(place.at.join(), slot.name);
        filled.variables.set(place.at.join(), { kind: 'variable', name, access, form, at: place.at, ...(specifier === undefined ? {} : { module: specifier }) });
      }
      if (hasOrigin(value)) withOrigin.add(identityOf(slot));
      else if (slot.calls.length === 0 && isOpen(value)) open.push(slot);
    }
  }
  for (const slot of open) {
    if (withOrigin.has(identityOf(slot))) continue;
    const filled = filledOf(slot.place.module);
    filled.unknown = [...filled.unknown, slot];
  }
  fillings.set(project, byModule);
  return byModule;
}

function identityOf({ place }: Slot): string {
  return `${place.module.file}:${place.at.join()}`;
}

function variablesIn(value: Resolved): (Resolved & { kind: 'variable' })[] {
  switch (value.kind) {
    case 'variable':
      return [value];
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
