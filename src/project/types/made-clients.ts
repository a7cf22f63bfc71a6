import { clientOptions, sdkPackages } from '../../hilt/sdk.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { instancesOf } from '../instances.ts';
import { isTestFile } from '../integrations/file-roles.ts';
import type { Project } from '../project.ts';
import { calleeName, type Frame, type Lazy, type Resolved, type ResolvedCall } from '../resolved.ts';
import { isClientClass } from '../slots.ts';
import type { ClientType } from './client-types.ts';
import { oncePerProject } from '../once-per-project.ts';

/** A client that a value may be, since its type says that it is one of them. */
export interface MadeClient {
  readonly client: ResolvedCall;
  readonly holds: Holding;
  /** `certain`: the program says that this one is handed out for its type. */
  readonly confidence: 'certain' | 'possible';
}

/** What a client was given: a key, only a dashboard session, neither, or what the code does not tell. */
export type Holding = 'key' | 'session' | 'nothing' | 'unknown';

interface World { readonly made: readonly ResolvedCall[]; readonly provided: readonly ResolvedCall[] }

const maxModules = 400;

/**
 * The clients that a value of unknown origin may be, by its declared type: the one that a container hands out for the class, else
 * any that the same package makes, else any of the repository. `undefined` where a caller in view gives the value.
 */
export function madeClientsFor(project: Project, value: Resolved, { like }: ClientType, user: ModuleSummary): readonly MadeClient[] | undefined {
  if (isGivenInView(project, value)) return undefined;
  if (like?.kind === 'call') return [asMade(project, like, 'possible')];
  const { made, provided } = worldOf(project);
  const own = nearest(project, provided, user);
  if (own.length > 0) return own.map((client) => asMade(project, client, own.length === 1 ? 'certain' : 'possible'));
  const isTest = isTestFile(user.file);
  return nearest(project, made.filter(({ place }) => isTest || !isTestFile(place.module.file)), user).map((client) => asMade(project, client, 'possible'));
}

/** What clients of one type hold, all of them alike; `unknown` where they differ or nobody in view makes one. */
export function commonHolding(clients: readonly MadeClient[]): Holding {
  const [first, ...others] = new Set(clients.map(({ holds }) => holds));
  return first !== undefined && others.length === 0 ? first : 'unknown';
}

function asMade(project: Project, client: ResolvedCall, confidence: MadeClient['confidence']): MadeClient {
  return { client, holds: holdingOf(project, client), confidence };
}

function holdingOf(project: Project, { args }: ResolvedCall): Holding {
  const { evaluator } = project;
  const [options] = args;
  if (!options) return 'nothing';
  const { entries, isOpen } = evaluator.entries(evaluator.head(options));
  const given = new Set(entries.flatMap((entry) => {
    const name = entry.key && evaluator.head(entry.key);
    const held = evaluator.head(entry.value);
    const isNothing = (held.kind === 'constant' && held.value !== true) || (held.kind === 'text' && held.text.trim() === '');
    return name?.kind === 'text' && !isNothing ? [name.text] : [];
  }));
  if (given.has(clientOptions.js.key) || given.has(clientOptions.python.key)) return 'key';
  if (isOpen) return 'unknown';
  return given.has(clientOptions.js.bearer) || given.has(clientOptions.python.bearer) ? 'session' : 'nothing';
}

const worldOf = oncePerProject((project): World => {
  const modules = modulesWithClients(project);
  const made = modules.flatMap((module) => clientsMadeIn(project, module));
  return { made, provided: modules.flatMap((module) => clientsProvidedIn(project, module)) };
});

/** Every module that imports the SDK: a commit or an editor has only some of them at hand. */
function modulesWithClients(project: Project): readonly ModuleSummary[] {
  const importers = project.graph?.graph.importersOfExternal(sdkPackages.npm) ?? [];
  const others = [...project.modules.values()].filter((module) => module.mentions.hiltPay);
  return [...new Set([...importers.flatMap((file) => project.module(file) ?? []), ...others])].slice(0, maxModules);
}

function clientsMadeIn(project: Project, module: ModuleSummary): ResolvedCall[] {
  return module.uses.flatMap((use) => {
    if (use.kind !== 'call' || (!use.isNew && module.language !== 'python')) return [];
    const callee = project.evaluator.look(module, use.callee);
    if (!isClientClass(project, callee)) return [];
    const args = use.args.map((item): Lazy => ({ module, value: item.value, frame: undefined, at: item.at, ...(item.spread ? { spread: true as const } : {}) }));
    return [{ kind: 'call', callee, args, isNew: true, place: { module, at: use.at } } as const];
  });
}

const maxNesting = 4;

/** `{ provide: HiltClient, useFactory: () => new HiltClient(…) }`, `container.register(HiltClient, client)`. */
function clientsProvidedIn(project: Project, module: ModuleSummary): ResolvedCall[] {
  const found: ResolvedCall[] = [];
  for (const use of module.uses) {
    if (use.kind !== 'call') continue;
    const args = use.args.map((item): Lazy => ({ module, value: item.value, frame: undefined, at: item.at }));
    const [token, ...others] = args;
    const isToken = token && !use.isNew && isClientClass(project, project.evaluator.head(token));
    if (isToken) found.push(...others.flatMap((other) => clientsIn(project, other)));
    else if (/^(?:Module|NgModule|Component|bootstrapApplication|createTestingModule|makeEnvironmentProviders)$/.test(calleeName(project.evaluator.look(module, use.callee)))) {
      for (const argument of args) findProviders(project, argument, found, 0);
    }
  }
  return found;
}

function findProviders(project: Project, lazy: Lazy, found: ResolvedCall[], depth: number): void {
  if (depth > maxNesting) return;
  const value = project.evaluator.head(lazy);
  if (value.kind === 'array') for (const item of value.items.slice(0, 100)) findProviders(project, item, found, depth + 1);
  if (value.kind !== 'object') return;
  const token = project.evaluator.property(value, 'provide');
  if (token.kind === 'constant' && token.value === undefined) {
    for (const entry of value.entries) findProviders(project, entry.value, found, depth + 1);
  } else if (isClientClass(project, token)) {
    for (const entry of value.entries) found.push(...clientsIn(project, entry.value));
  }
}

/** The clients that a provider gives: itself, or what it returns. */
function clientsIn(project: Project, lazy: Lazy): ResolvedCall[] {
  const value = project.evaluator.head(lazy);
  const given = value.kind === 'function' ? project.evaluator.resultOf(value) : value;
  const options = given.kind === 'choice' ? given.options : [given];
  const direct = options.filter((option): option is ResolvedCall => option.kind === 'call' && option.isNew && isClientClass(project, option.callee));
  if (direct.length > 0 || value.kind !== 'object') return direct;
  return value.entries.flatMap((entry) => (entry.spread ? [] : clientsIn(project, { ...entry.value })));
}

function nearest(project: Project, clients: readonly ResolvedCall[], user: ModuleSummary): readonly ResolvedCall[] {
  const packageOf = (module: ModuleSummary): string => project.graph?.workspace.packageOf(module.file)?.folder ?? '';
  const own = clients.filter(({ place }) => packageOf(place.module) === packageOf(user));
  return own.length > 0 ? own : clients;
}

/** Whether a call in view says what a parameter is: what it says then counts, and no guess by type. */
function isGivenInView(project: Project, value: Resolved): boolean {
  let current = value;
  while (current.kind === 'member') current = current.object;
  if (current.kind !== 'parameter') return false;
  const { index } = current;
  return (framesOf(project).get(`${current.module.file}:${current.fn}`) ?? []).some(({ args }) => {
    const given = args[index] && project.evaluator.head(args[index]);
    return given !== undefined && given.kind !== 'parameter' && given.kind !== 'unknown' && given.kind !== 'member';
  });
}

const framesOf = oncePerProject((project): ReadonlyMap<string, readonly Frame[]> => {
  const frames = new Map<string, Frame[]>();
  const seen = new Set<Frame>();
  for (const module of [...project.modules.values()]) {
    for (const { frame } of instancesOf(project, module)) {
      if (!frame || seen.has(frame)) continue;
      seen.add(frame);
      const key = `${frame.module.file}:${frame.fn}`;
      frames.set(key, [...(frames.get(key) ?? []), frame]);
    }
  }
  return frames;
});
