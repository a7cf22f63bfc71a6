import { applyFunction } from '../calls.ts';
import type { Project } from '../project.ts';
import { calleeName, resolvedLazy, type Resolved } from '../resolved.ts';
import { lastName } from './injected-values.ts';
import { oncePerProject } from '../once-per-project.ts';

type Options = Resolved & { readonly kind: 'object' };

const maxDepth = 5;

/** What the stores of Vuex hold at a path when the program starts; modules of a store are parts of its state (https://vuex.vuejs.org/guide/modules.html). */
export function vuexState(project: Project, names: readonly string[]): Resolved[] {
  return storesOf(project).flatMap((options) => stateAt(project, options, names, 0));
}

/** What a getter gives: `token`, `account/token`. */
export function vuexGetter(project: Project, name: string): Resolved[] {
  const path = name.split('/');
  return storesOf(project).flatMap((options) => getterAt(project, options, path, 0));
}

/** `store.state.key` of `useStore()`. */
export function valuesOfVuex(project: Project, root: Resolved, [kind, ...names]: readonly string[]): Resolved[] {
  if (root.kind !== 'call' || root.callee.kind !== 'outside' || root.callee.specifier !== 'vuex' || calleeName(root.callee) !== 'useStore') return [];
  if (kind === 'getters') return vuexGetter(project, names.join('.'));
  return kind === 'state' ? vuexState(project, names) : [];
}

function stateAt(project: Project, options: Options, names: readonly string[], depth: number): Resolved[] {
  const given = project.evaluator.property(options, 'state');
  const state = given.kind === 'function' ? applyFunction(project.evaluator, given, [], 1) : given;
  const [first, ...rest] = names;
  if (first === undefined) return isNothing(state) ? [] : [state];
  const own = project.evaluator.property(state, first);
  if (!isNothing(own) && state.kind === 'object') return [project.evaluator.propertyAlong(own, rest)].filter((each) => !isNothing(each));
  const inner = moduleOf(project, options, first);
  return inner && depth < maxDepth ? stateAt(project, inner, rest, depth + 1) : [];
}

function getterAt(project: Project, options: Options, [first = '', ...rest]: readonly string[], depth: number): Resolved[] {
  if (rest.length > 0) {
    const inner = moduleOf(project, options, first);
    return inner && depth < maxDepth ? getterAt(project, inner, rest, depth + 1) : [];
  }
  const getter = project.evaluator.property(project.evaluator.property(options, 'getters'), first);
  if (getter.kind !== 'function') return [];
  return stateAt(project, options, [], depth).map((state) => applyFunction(project.evaluator, getter, [resolvedLazy(state, options.place ?? { module: getter.module, at: [0, 0] })], 1));
}

function moduleOf(project: Project, options: Options, name: string): Options | undefined {
  const found = project.evaluator.property(project.evaluator.property(options, 'modules'), name);
  const inner = found.kind === 'namespace' ? project.evaluator.exportOf(found.module, 'default') : found;
  return inner?.kind === 'object' ? inner : undefined;
}

/** `createStore({…})`, `new Vuex.Store({…})`: in modules that hold a key, and in those that import one. */
const storesOf = oncePerProject((project): readonly Options[] => storeModules(project).flatMap((module) => module.uses.flatMap((use): Options[] => {
  if (use.kind !== 'call' || !use.args[0] || !/^(?:createStore|Store)$/.test(lastName(use.callee))) return [];
  const callee = project.evaluator.look(module, use.callee);
  if (callee.kind !== 'outside' || callee.specifier !== 'vuex') return [];
  const options = project.evaluator.look(module, use.args[0].value);
  return options.kind === 'object' ? [options] : [];
})));

function storeModules(project: Project): ReturnType<Project['related']> {
  const holding = [...project.modules.values()];
  const importers = holding.flatMap(({ file }) => project.graph?.graph.importersOf(file) ?? []).flatMap(({ from }) => project.module(from) ?? []);
  return [...new Set([...holding, ...importers])];
}

function isNothing(value: Resolved): boolean {
  return value.kind === 'constant' && value.value === undefined;
}
