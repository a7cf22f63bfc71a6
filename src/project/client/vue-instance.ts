import { applyFunction } from '../calls.ts';
import type { Project } from '../project.ts';
import { calleeName, resolvedLazy, type Lazy, type Place, type Resolved } from '../resolved.ts';
import { vuexGetter, vuexState } from './vuex-store.ts';

type Member = Resolved & { readonly kind: 'global'; readonly place: Place };

/** Components that are mixed into one another, or extend one another. */
const maxDepth = 5;

/**
 * What `this.<name>` is in a component of Vue, beyond what its own options say in plain sight: data of a mixin, a property of all components
 * (`app.config.globalProperties`), the store of Vuex, and what `mapState`, `mapGetters` and `mapWritableState` bring
 * (https://vuejs.org/api/options-composition.html, https://vuex.vuejs.org/guide/state.html, https://pinia.vuejs.org/core-concepts/state.html).
 */
export function valuesOfVueInstance(project: Project, value: Resolved): Resolved[] {
  if (value.kind !== 'global' || !value.place || !value.path.startsWith('this.')) return [];
  const [name = '', ...names] = value.path.slice('this.'.length).split('.');
  const found = name === '$store' ? ofStore(project, names) : [...globalProperties(project, name), ...ofOptions(project, optionsOf(project, value as Member), name, value.place, 0)].map((each) => project.evaluator.propertyAlong(each, names));
  return found.filter((each) => each.kind !== 'unknown' && !isNothing(each));
}

function ofStore(project: Project, [kind = '', ...names]: readonly string[]): Resolved[] {
  if (kind === 'getters') return vuexGetter(project, names.join('.'));
  return kind === 'state' ? vuexState(project, names) : [];
}

/** The options of the component that a function stands in: what its module exports, or the object of a mixin itself. */
function optionsOf(project: Project, { place: { module } }: Member): Resolved | undefined {
  return options(project, project.evaluator.exportOf(module, 'default'));
}

/** `defineComponent({…})` and `Vue.extend({…})` give their argument. */
function options(project: Project, value: Resolved | undefined): Resolved | undefined {
  if (value?.kind === 'object') return value;
  if (value?.kind === 'namespace') {
    const exported = project.evaluator.exportOf(value.module, 'default');
    return exported?.kind === 'namespace' ? undefined : options(project, exported);
  }
  const first = value?.kind === 'call' && /^(?:defineComponent|extend)$/.test(calleeName(value.callee)) ? value.args[0] : undefined;
  return first && options(project, project.evaluator.head(first));
}

function ofOptions(project: Project, component: Resolved | undefined, name: string, place: Place, depth: number): Resolved[] {
  if (component?.kind !== 'object' || depth > maxDepth) return [];
  const { evaluator } = project;
  const own = depth === 0 ? [] : [evaluator.property(made(project, evaluator.property(component, 'data')), name), result(project, evaluator.property(evaluator.property(component, 'computed'), name))];
  const parts = evaluator.property(component, 'mixins');
  const mixed = [...(parts.kind === 'array' ? parts.items.map((item) => evaluator.head(item)) : []), evaluator.property(component, 'extends')];
  return [...own.filter((each) => !isNothing(each) && each.kind !== 'unknown' && each.kind !== 'member'), ...mapped(project, evaluator.property(component, 'computed'), name, place), ...mixed.flatMap((mixin) => ofOptions(project, options(project, mixin), name, place, depth + 1))];
}

/** `computed: { ...mapState(useShop, ["key"]) }` */
function mapped(project: Project, computed: Resolved, name: string, place: Place): Resolved[] {
  if (computed.kind !== 'object') return [];
  return computed.entries.flatMap((entry): Resolved[] => {
    const call = entry.spread ? project.evaluator.head(entry.value) : undefined;
    if (call?.kind !== 'call' || !/^map(?:Writable)?(?:State|Getters)$/.test(calleeName(call.callee))) return [];
    const given = call.args.map((argument) => project.evaluator.head(argument));
    const asked = given.at(-1);
    const source = asked === undefined ? undefined : sourceOf(project, asked, name);
    if (source === undefined) return [];
    const store = given.length > 1 ? given[0] : undefined;
    if (store !== undefined && store.kind !== 'text') return ofPinia(project, store, source, place);
    const path = [...(store?.kind === 'text' ? store.text.split('/') : [])];
    if (calleeName(call.callee) === 'mapGetters') return typeof source === 'string' ? vuexGetter(project, [...path, source].join('/')) : [];
    if (typeof source === 'string') return vuexState(project, [...path, source]);
    return vuexState(project, path).map((state) => applied(project, source, state, place));
  });
}

/** Under which name, or by which function, a list or map of names takes one from the state. */
function sourceOf(project: Project, asked: Resolved, name: string): string | (Resolved & { kind: 'function' }) | undefined {
  if (asked.kind === 'array') return asked.items.some((item) => isText(project.evaluator.head(item), name)) ? name : undefined;
  const source = asked.kind === 'object' ? project.evaluator.property(asked, name) : undefined;
  return source?.kind === 'text' ? source.text : source?.kind === 'function' ? source : undefined;
}

/** The store's hook is called, and its state asked: the same as `useShop().key`. */
function ofPinia(project: Project, store: Resolved, source: string | (Resolved & { kind: 'function' }), place: Place): Resolved[] {
  const called: Resolved = { kind: 'call', callee: store, args: [], isNew: false, place };
  if (typeof source !== 'string') return [applied(project, source, called, place)];
  return [{ kind: 'member', object: called, property: { kind: 'text', text: source }, place }];
}

/** `app.config.globalProperties.$hilt = …`, and `Vue.prototype.$hilt = …` of Vue 2. */
function globalProperties(project: Project, name: string): Resolved[] {
  return [...project.modules.values()].flatMap((module) => module.uses.flatMap((use): Resolved[] => {
    if (use.kind !== 'assign' || use.property.kind !== 'text' || use.property.text !== name) return [];
    const { object } = use;
    const holder = object.kind === 'member' && object.property.kind === 'text' ? object.property.text : object.kind === 'global' ? object.path.split('.').at(-1) : object.kind === 'import' ? object.name.split('.').at(-1) : undefined;
    return holder === 'globalProperties' || holder === 'prototype' ? [project.evaluator.look(module, use.value)] : [];
  }));
}

function made(project: Project, value: Resolved): Resolved {
  return value.kind === 'function' ? result(project, value) : value;
}

function result(project: Project, value: Resolved): Resolved {
  const getter = value.kind === 'object' ? project.evaluator.property(value, 'get') : value;
  return getter.kind === 'function' ? applyFunction(project.evaluator, getter, [], 1) : { kind: 'unknown' };
}

function applied(project: Project, fn: Resolved & { kind: 'function' }, state: Resolved, place: Place): Resolved {
  const argument: Lazy = resolvedLazy(state, place);
  return applyFunction(project.evaluator, fn, [argument], 1);
}

function isText(value: Resolved, text: string): boolean {
  return value.kind === 'text' && value.text === text;
}

function isNothing(value: Resolved): boolean {
  return value.kind === 'constant' && value.value === undefined;
}
