import { isKeyName } from '../hilt/names.ts';
import type { KeyEnvironment, Secret } from '../hilt/secret.ts';
import { findComposedSecrets } from '../project/composed-secrets.ts';
import { exposuresOf } from '../project/client/exposures.ts';
import type { FilePlace, Integration } from '../project/integrations/integration.ts';
import { findAllKeyReads, hiltModules } from '../project/integrations/key-reads.ts';
import { keyUsesOf, type KeyUse } from '../project/integrations/key-uses.ts';
import { sharedKeysOf } from '../project/integrations/shared-keys.ts';
import { secretsInPath } from '../project/literals/secrets-in-path.ts';
import type { Project } from '../project/project.ts';
import type { Declaration, ModuleSummary } from '../syntax/module-summary.ts';
import type { Value } from '../syntax/value.ts';
import { variablesIn } from '../syntax/variables-in.ts';
import type { Finding } from './finding.ts';
import { getRange } from './line-index.ts';
import type { TextStore } from './text-store.ts';

/** Every key and key name of a repository, for people who review what they have. Holds no key. */
export interface Inventory {
  /** Keys that are written down, by preview; then key names, by name. */
  readonly keys: readonly InventoryKey[];
  /** By name. */
  readonly integrations: readonly InventoryIntegration[];
}

export interface InventoryKey {
  readonly kind: 'key' | 'name';
  /** The preview of a key, or the name. */
  readonly label: string;
  readonly digest?: string;
  readonly environment: KeyEnvironment;
  /** Where a value is set or written down, and stores of secrets that hold one. */
  readonly declared: readonly InventoryPlace[];
  readonly read: readonly InventoryPlace[];
  /** Names of the integrations that use it. */
  readonly integrations: readonly string[];
  /** Whether it reaches a browser or an app: the value itself, or code that wants it. */
  readonly client?: 'value' | 'code';
  readonly marks: readonly InventoryMark[];
  readonly findings: readonly InventoryFinding[];
}

/** `never-read`: is it still needed? `never-declared`: nobody knows where it comes from. */
export type InventoryMark = 'shared' | 'never-read' | 'never-declared';

/** 1-based line and column (UTF-16 units). */
export interface InventoryPlace { readonly file: string; readonly line: number; readonly column: number; readonly store?: string }

export interface InventoryFinding { readonly rule: string; readonly file: string; readonly line: number }

export interface InventoryIntegration {
  readonly name: string;
  readonly kind: string;
  readonly place: InventoryPlace;
  /** Labels of the keys that it uses. */
  readonly keys: readonly string[];
}

interface Draft {
  readonly kind: 'key' | 'name';
  readonly label: string;
  readonly digest?: string;
  readonly environments: Set<KeyEnvironment>;
  readonly declared: FilePlaceIn[];
  readonly read: FilePlaceIn[];
  readonly integrations: Set<Integration>;
  client?: 'value' | 'code';
  isShared: boolean;
}

interface FilePlaceIn extends FilePlace { readonly store?: string }

/** Lists what a project holds, reads and uses. `findings` are those of the scan of the same project. */
export function makeInventory(project: Project, texts: TextStore, findings: readonly Finding[]): Inventory {
  const uses = keyUsesOf(project)?.uses ?? [];
  const drafts = collect(project, uses);
  const toPlace = ({ file, at, store }: FilePlaceIn): InventoryPlace => {
    const text = texts.get(file);
    const { line, column } = text ? getRange(text.lines, at).start : { line: 1, column: 1 };
    return { file, line, column, ...(store === undefined ? {} : { store }) };
  };
  const keys = drafts.map((draft) => finish(draft, toPlace, findings));
  return { keys, integrations: integrationsIn(project, uses, drafts, toPlace) };
}

function collect(project: Project, uses: readonly KeyUse[]): Draft[] {
  const drafts = new Map<string, Draft>();
  const isKey = (name: string): boolean => isKeyName(name, project.keyOptions);
  const draftOf = (kind: Draft['kind'], identity: string, label: string): Draft => {
    const known = drafts.get(`${kind} ${identity}`);
    if (known) return known;
    const draft: Draft = { kind, label, ...(kind === 'key' ? { digest: identity } : {}), environments: new Set(), declared: [], read: [], integrations: new Set(), isShared: false };
    drafts.set(`${kind} ${identity}`, draft);
    return draft;
  };
  const addKey = ({ kind, digest, preview, environment }: Secret, place: FilePlaceIn): void => {
    if (kind !== 'key') return;
    const draft = draftOf('key', digest, preview);
    draft.environments.add(environment);
    draft.declared.push(place);
  };
  for (const module of project.modules.values()) for (const secret of secretsInPath(project, module)) addKey(secret, { file: module.file, at: [0, 0] });
  const modules = hiltModules(project);
  for (const module of modules) {
    for (const { secret, at } of [...module.secrets, ...findComposedSecrets(project, module)]) addKey(secret, { file: module.file, at });
    for (const declaration of module.declarations) collectDeclaration(module, declaration, isKey, (name) => draftOf('name', name, name));
  }
  for (const read of findAllKeyReads(project, modules)) {
    if (read.kind === 'variable') draftOf('name', read.name, read.name).read.push({ file: read.file, at: read.at });
  }
  for (const { integration, origin, name } of uses) {
    if (origin.kind === 'literal') draftOf('key', origin.secret.digest, origin.secret.preview).integrations.add(integration);
    if (name !== undefined && isKey(name)) draftOf('name', name, name).integrations.add(integration);
    if (origin.kind === 'variable' && isKey(origin.name)) draftOf('name', origin.name, origin.name).integrations.add(integration);
    const stored = origin.kind === 'reference' ? lastWord(origin.name) : undefined;
    if (stored !== undefined && isKey(stored)) draftOf('name', stored, stored).integrations.add(integration);
  }
  markShared(project, drafts, isKey);
  markExposed(project, drafts);
  return [...drafts.values()].sort((a, b) => (a.kind === b.kind ? compare(a.label, b.label) : a.kind === 'key' ? -1 : 1));
}

/** A name that is set, the names that its value is taken from, and entries of stores that have a key's name. */
function collectDeclaration({ file }: ModuleSummary, { name, at, value }: Declaration, isKey: (name: string) => boolean, draftOf: (name: string) => Draft): void {
  const inherits = value.kind === 'variable' && value.name === name && value.at[0] === at[0];
  if (isKey(name) && !inherits) {
    const draft = draftOf(name);
    draft.declared.push({ file, at });
    for (const environment of environmentsOf(value)) draft.environments.add(environment);
  }
  for (const variable of variablesIn(value)) {
    const stored = lastWord(variable.name);
    if (!isKey(stored) || (variable.access !== 'secret' && stored !== variable.name)) continue;
    const draft = draftOf(stored);
    if (variable.access === 'secret') draft.declared.push({ file, at: variable.at, store: storeOf(variable.name) });
    draft.read.push({ file, at: variable.at });
  }
}

function lastWord(name: string): string {
  return name.split(/[\s./#:]/).at(-1) ?? name;
}

function storeOf(reference: string): string {
  if (/^secrets\./.test(reference)) return 'workflow secrets';
  return /^([a-z0-9-]+):/i.exec(reference)?.[1]?.toLowerCase() ?? 'a Secret';
}

/** A placeholder tells the environment too: `HILT_API_KEY=hk_sandbox_replace_me`. */
function environmentsOf(value: Value): KeyEnvironment[] {
  if (value.kind === 'secret') return [value.secret.environment];
  const found = value.kind === 'text' ? /^\s*(?:hk|hilt)_(live|sandbox)_/.exec(value.text)?.[1] : undefined;
  return found === 'live' || found === 'sandbox' ? [found] : [];
}

function markShared(project: Project, drafts: ReadonlyMap<string, Draft>, isKey: (name: string) => boolean): void {
  for (const { origin, uses } of sharedKeysOf(project)) {
    const names = origin.kind === 'literal' ? uses.flatMap(({ name }) => name ?? []) : [lastWord(origin.name)];
    const shared = [...names.filter(isKey).map((name) => drafts.get(`name ${name}`)), origin.kind === 'literal' ? drafts.get(`key ${origin.secret.digest}`) : undefined];
    for (const draft of shared) if (draft) draft.isShared = true;
  }
}

function markExposed(project: Project, drafts: ReadonlyMap<string, Draft>): void {
  for (const { secret, name, exposure } of [...exposuresOf(project).values()].flat()) {
    for (const draft of [secret && drafts.get(`key ${secret.digest}`), name === undefined ? undefined : drafts.get(`name ${name}`)]) {
      if (draft && draft.client !== 'value') draft.client = exposure;
    }
  }
}

function finish(draft: Draft, toPlace: (place: FilePlaceIn) => InventoryPlace, findings: readonly Finding[]): InventoryKey {
  const { kind, label, digest, environments, integrations, client, isShared } = draft;
  const declared = placesOf(draft.declared, toPlace);
  const read = placesOf(draft.read, toPlace);
  const places = new Set([...declared, ...read].map(({ file, line }) => `${file}:${line}`));
  const own = findings.filter((finding) => (finding.key ? finding.key.digest === digest : kind === 'name' && finding.message.includes(`\`${label}\``))
    || (finding.key && kind === 'name' && places.has(`${finding.file}:${finding.range.start.line}`)));
  return {
    kind, label,
    ...(digest === undefined ? {} : { digest }),
    environment: environmentOf(label, environments),
    declared, read,
    integrations: [...new Set([...integrations].map(({ name }) => name))].sort(compare),
    ...(client === undefined ? {} : { client }),
    marks: [
      ...(isShared ? ['shared' as const] : []),
      ...(kind === 'name' && read.length === 0 ? ['never-read' as const] : []),
      ...(kind === 'name' && declared.length === 0 ? ['never-declared' as const] : []),
    ],
    findings: own.map(({ rule, file, range }) => ({ rule, file, line: range.start.line })),
  };
}

/** By path and position, each place once. */
function placesOf(places: readonly FilePlaceIn[], toPlace: (place: FilePlaceIn) => InventoryPlace): InventoryPlace[] {
  const byPlace = new Map(places.map(toPlace).map((place) => [`${place.file}:${place.line}:${place.column}`, place]));
  return [...byPlace.values()].sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function environmentOf(label: string, found: ReadonlySet<KeyEnvironment>): KeyEnvironment {
  const [only] = found;
  if (found.size === 1 && only !== undefined) return only;
  if (found.size > 1) return 'unknown';
  return /(?:^|_)SANDBOX(?:_|$)/.test(label) ? 'sandbox' : /(?:^|_)LIVE(?:_|$)/.test(label) ? 'live' : 'unknown';
}

function integrationsIn(project: Project, uses: readonly KeyUse[], drafts: readonly Draft[], toPlace: (place: FilePlaceIn) => InventoryPlace): InventoryIntegration[] {
  const users = new Set(uses.map(({ integration }) => integration));
  const known = keyUsesOf(project)?.found.integrations ?? [];
  return known.filter((each) => users.has(each)).map((each) => ({
    name: each.name, kind: each.kind, place: toPlace(each.place),
    keys: drafts.filter(({ integrations }) => integrations.has(each)).map(({ label }) => label),
  })).sort((a, b) => compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
