import { applyFunction } from '../calls.ts';
import type { Project } from '../project.ts';
import { calleeName, resolvedLazy, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { injectedValues } from './injected-values.ts';

/** Calls and members in each other that are followed. */
const maxDepth = 12;

/** Packages whose functions hold state; names that they share with others say nothing elsewhere. */
const stateLibraries =
  /^(?:react|preact(?:\/.*)?|@preact\/signals.*|vue|@vue\/.*|#imports|#app|nuxt\/app|pinia|@pinia\/.*|zustand(?:\/.*)?|jotai(?:\/.*)?|nanostores|@nanostores\/.*|valtio(?:\/.*)?|mobx|recoil|svelte(?:\/.*)?|solid-js(?:\/.*)?|redux|react-redux|@reduxjs\/toolkit|@angular\/core|@builder\.io\/qwik|@qwik\.dev\/core)$/;
/** What Vue with auto-imports, Nuxt and Svelte have without an import. */
const globalHolders = /^(?:ref|shallowRef|reactive|shallowReactive|readonly|computed|useState|defineStore|storeToRefs|toRef|toRefs|unref|toValue|inject|\$state|\$derived|\$state\.raw|\$derived\.by)$/;

/** Functions that keep what their first argument is, or what it returns: a state, a value worked out from one, a hook that reads it. */
const holders = new Set([
  'useState', 'useRef', 'useMemo', 'useSignal', 'useStore', 'useSnapshot', 'useAtom', 'useAtomValue', 'useRecoilValue', 'useRecoilState', 'useComputed', 'use',
  'ref', 'shallowRef', 'reactive', 'shallowReactive', 'readonly', 'computed', 'toRef', 'toRefs', 'unref', 'toValue', 'storeToRefs',
  'writable', 'readable', 'get', 'fromStore', 'signal', 'createSignal', 'createMemo', 'createStore', 'atom', 'map', 'deepMap', 'proxy', 'observable',
  'create', 'createWithEqualityFn', 'persist', 'devtools', 'immer', 'subscribeWithSelector', 'combine', '$state', '$derived', 'raw', 'by',
]);
/** Functions whose options hold the state. */
const optionOf: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({ defineStore: 'state', createSlice: 'initialState', configureStore: 'reducer' }));
/** Members that give the state itself. */
const accessors = new Set(['value', 'current', 'get', 'getState', 'getInitialState', 'peek', '0', '$state', 'reducer', 'state']);

/**
 * What a value out of a state holds when the program starts: `useState(x)[0]`, `useStore((s) => s.key)`, `atom(x)`, `ref(x).value`, and what
 * is handed down by `provide`, `setContext` or a token. What is put into it later is not known.
 */
export function valuesHeld(project: Project, value: Resolved, depth = 0): Resolved[] {
  if (depth > maxDepth) return [];
  switch (value.kind) {
    case 'choice':
      return value.options.flatMap((option) => valuesHeld(project, option, depth + 1));
    case 'member': {
      const { property } = value;
      const name = property.kind === 'text' ? property.text : property.kind === 'number' ? String(property.value) : undefined;
      return name === undefined ? [] : valuesHeld(project, value.object, depth + 1).flatMap((held) => memberOf(project, held, name, depth));
    }
    case 'call':
      return heldByCall(project, value, depth);
    case 'global':
      return storeOfSvelte(project, value).flatMap((store) => settled(project, store, depth));
    default:
      return [];
  }
}

function memberOf(project: Project, held: Resolved, name: string, depth: number): Resolved[] {
  const found = held.kind === 'object' || held.kind === 'array' || held.kind === 'call' || held.kind === 'member' ? project.evaluator.property(held, name) : undefined;
  const itself = accessors.has(name) ? [held] : [];
  if (!found || (found.kind === 'constant' && found.value === undefined)) return itself;
  // `.value` of what a state is given may be the state's, or a property of that.
  return [...settled(project, found, depth), ...(held.kind === 'call' || held.kind === 'member' ? itself : [])];
}

function heldByCall(project: Project, value: Resolved & { kind: 'call' }, depth: number): Resolved[] {
  const { callee, args, place } = value;
  if (isOfLibrary(callee)) return heldByLibrary(project, calleeName(callee), args, place, depth);
  if (callee.kind === 'call') {
    const held = valuesHeld(project, callee, depth + 1);
    // `create<State>()(…)` takes the state with its second call.
    return held.length > 0 ? selected(project, held, args[0], place, depth) : firstOf(project, callee) ? [] : opened(project, args[0], depth);
  }
  if (callee.kind !== 'member') return [];
  const held = valuesHeld(project, callee, depth + 1);
  return held.length > 0 || callee.property.kind !== 'text' || callee.property.text !== 'get' ? held : opened(project, args[0], depth);
}

function heldByLibrary(project: Project, name: string, args: readonly Lazy[], place: Place, depth: number): Resolved[] {
  if (name === 'inject' || name === 'getContext') return injectedValues(project, args[0]).flatMap((given) => settled(project, given, depth));
  if (name === 'useSelector') return selected(project, reduxStates(project, depth), args[0], place, depth);
  const option = optionOf.get(name);
  if (option !== undefined) {
    const options = args.at(-1) && project.evaluator.head(args.at(-1) as Lazy);
    if (options?.kind !== 'object') return opened(project, args.at(-1), depth);
    return opened(project, resolvedLazy(project.evaluator.property(options, option), place), depth);
  }
  if (!holders.has(name)) return [];
  // Nuxt's `useState` is given a name first.
  const held = opened(project, name === 'useState' ? args.at(-1) : args[0], depth);
  return name === 'useStore' ? selected(project, held, args[1], place, depth) : held;
}

function isOfLibrary(callee: Resolved): boolean {
  if (callee.kind === 'outside') return stateLibraries.test(callee.specifier);
  return callee.kind === 'global' && globalHolders.test(callee.path);
}

/** The states of the stores of Redux Toolkit: a component is given its store by a provider far away. */
function reduxStates(project: Project, depth: number): Resolved[] {
  return [...project.modules.values()].flatMap((module) => module.uses.flatMap((use) => {
    if (use.kind !== 'call' || use.callee.kind !== 'import' || use.callee.name !== 'configureStore') return [];
    return valuesHeld(project, project.evaluator.look(module, { kind: 'call', callee: use.callee, args: use.args, at: use.at }), depth + 1);
  }));
}

/** Whether a call is given anything. */
function firstOf(project: Project, { args }: Resolved & { kind: 'call' }): Resolved | undefined {
  return args[0] && project.evaluator.head(args[0]);
}

/** What a selector takes of the state; the state where there is none. */
function selected(project: Project, held: readonly Resolved[], selector: Lazy | undefined, place: Place, depth: number): Resolved[] {
  const taken = selector && project.evaluator.head(selector);
  if (taken?.kind !== 'function') return [...held];
  return held.flatMap((state) => settled(project, applyFunction(project.evaluator, taken, [resolvedLazy(state, place)], 1), depth));
}

/** An initial state, or what the function that makes it returns. */
function opened(project: Project, lazy: Lazy | undefined, depth: number): Resolved[] {
  const given = lazy && project.evaluator.head(lazy);
  if (!given) return [];
  return settled(project, given.kind === 'function' ? applyFunction(project.evaluator, given, [], 1) : given, depth);
}

/** A state in a state is what that holds. */
function settled(project: Project, value: Resolved, depth: number): Resolved[] {
  const further = valuesHeld(project, value, depth + 1);
  return further.length > 0 ? further : [value];
}

/** `$key` in a component of Svelte reads the store `key` (https://svelte.dev/docs/svelte/stores). */
function storeOfSvelte(project: Project, { path, place }: Resolved & { kind: 'global' }): Resolved[] {
  const [first = '', ...names] = path.split('.');
  const module = place?.module;
  if (!module || !/^\$[A-Za-z_]/.test(first) || globalHolders.test(first)) return [];
  const local = first.slice(1);
  const edge = module.imports.find(({ names: imported }) => imported.some((each) => each.local === local));
  const imported = edge?.names.find((each) => each.local === local)?.imported;
  const bound = module.bindings[local];
  const store = edge && imported !== undefined ? project.evaluator.look(module, { kind: 'import', specifier: edge.specifier, name: imported }) : bound && project.evaluator.look(module, bound);
  if (!store) return [];
  return valuesHeld(project, store, 1).map((held) => project.evaluator.propertyAlong(held, names));
}
