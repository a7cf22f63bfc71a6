import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { folderOf } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import { resolvedLazy, type Lazy, type Resolved } from '../resolved.ts';
import { isProps } from '../component-props.ts';
import { astroTemplate } from './astro-template-module.ts';
import { functionsIn } from './handover-site.ts';
import { baseName } from '../../sources/base-name.ts';

/** Files that are looked at for those who render a component. */
const maxFiles = 100;

/** What a prop of a component, or a context, is given where the component or a provider of the context is rendered. */
export function valuesOfComponent(project: Project, built: BuiltGraph, root: Resolved, names: readonly string[]): Resolved[] {
  switch (root.kind) {
    case 'parameter':
      if (root.index !== 0) return [];
      if (names.length === 0) return consumed(project, built, root, names);
      if (isSetup(root)) return propsOf(project, built, root.module, (type) => isFileComponent(project, type, root.module), names);
      return propsOf(project, built, root.module, (type) => functionsIn(project, type).some((each) => each.module === root.module && each.fn === root.fn), names).concat(consumed(project, built, root, names));
    case 'instance':
      return names[0] === 'props' ? [...propsOf(project, built, root.module, (type) => isClass(project, type, root), names.slice(1)), ...defaultProps(project, root, names.slice(1))] : [];
    case 'call':
      return isProps(root) ? propsOf(project, built, root.place.module, (type) => isFileComponent(project, type, root.place.module), names) : contextOf(project, built, root, names);
    default:
      return [];
  }
}

/** `setup(props)` of a component of Vue. */
function isSetup({ module, fn }: Resolved & { kind: 'parameter' }): boolean {
  return module.language === 'vue' && module.functions[fn]?.name === 'setup';
}

function propsOf(project: Project, built: BuiltGraph, module: ModuleSummary, isOwn: (type: Resolved) => boolean, names: readonly string[]): Resolved[] {
  if (names.length === 0) return [];
  const rendered = elementsNear(project, built, module).flatMap(({ type, props }) => (isOwn(project.evaluator.head(type)) ? at(project, props, names) : []));
  return [...rendered, ...mountedNear(project, built, module).flatMap(({ type, props }) => (isOwn(type) ? at(project, props, names) : []))];
}

/**
 * What a program mounts with props: `mount(App, { target, props })` of Svelte (https://svelte.dev/docs/svelte/svelte#mount), `createApp(App, props)`
 * of Vue (https://vuejs.org/api/application.html#createapp).
 */
function mountedNear(project: Project, { graph }: BuiltGraph, module: ModuleSummary): { readonly type: Resolved; readonly props: Lazy }[] {
  if (module.language !== 'svelte' && module.language !== 'vue') return [];
  const importers = [...new Set(graph.importersOf(module.file).map(({ from }) => from))].slice(0, maxFiles);
  return importers.flatMap((file) => {
    const user = project.module(file);
    return (user?.uses ?? []).flatMap((use) => {
      const [component, options] = use.kind === 'call' && use.callee.kind === 'import' && mounts.has(`${use.callee.specifier} ${use.callee.name}`) ? use.args : [];
      if (!user || !component || !options) return [];
      const given = project.evaluator.lazy(user, options.value, undefined, options.at);
      const props = module.language === 'vue' ? given : resolvedLazy(project.evaluator.property(project.evaluator.head(given), 'props'), { module: user, at: options.at });
      return [{ type: project.evaluator.look(user, component.value), props }];
    });
  });
}

const mounts = new Set(['svelte mount', 'svelte hydrate', 'svelte/server render', 'vue createApp', 'vue createSSRApp']);

function isClass(project: Project, type: Resolved, own: Resolved & { kind: 'instance' }, depth = 0): boolean {
  if (type.kind === 'class') return type.module === own.module && type.cls === own.cls;
  return type.kind === 'call' && depth < 3 && type.args.some((argument) => isClass(project, project.evaluator.head(argument), own, depth + 1));
}

/** `static defaultProps = {…}` */
function defaultProps(project: Project, { module, cls }: Resolved & { kind: 'instance' }, names: readonly string[]): Resolved[] {
  const value = module.classes[cls]?.statics['defaultProps'];
  return value && names.length > 0 ? at(project, project.evaluator.lazy(module, value), names) : [];
}

/** Whether an element's type is the component that a file of Vue, Svelte or Astro holds. */
function isFileComponent(project: Project, type: Resolved, module: ModuleSummary, depth = 0): boolean {
  switch (type.kind) {
    case 'namespace':
      return type.module === module;
    case 'object':
      return type.place?.module === module;
    case 'function':
      return type.module.functions[type.fn]?.returns.some((value) => isFileComponent(project, project.evaluator.head({ module: type.module, value, frame: type.frame, at: undefined }), module, depth + 1)) === true && depth < 4;
    case 'choice':
      return depth < 4 && type.options.some((option) => isFileComponent(project, option, module, depth + 1));
    case 'call':
      // `defineComponent({…})` of the file itself, `defineAsyncComponent(() => import("./pay.vue"))`.
      return type.place.module === module || (depth < 4 && type.args.some((argument) => isFileComponent(project, project.evaluator.head(argument), module, depth + 1)));
    case 'global':
      // Nuxt and plugins for components know a component by its path: `BasePayButton` of `components/base/PayButton.vue`.
      return isNamedByPath(type.path, module.file);
    default:
      return false;
  }
}

function isNamedByPath(name: string, file: string): boolean {
  const own = baseName(file).replace(/\.\w+$/, '').replace(/\.(?:client|server|global)$/, '');
  const folders = folderOf(file).split('/');
  for (let taken = own === 'index' ? '' : pascal(own), i = folders.length; i >= 0; i -= 1) {
    if (taken !== '' && taken === name) return true;
    const folder = pascal(folders[i - 1] ?? '');
    if (!taken.startsWith(folder)) taken = folder + taken;
  }
  return false;
}

function pascal(name: string): string {
  return name.replace(/(?:^|[-_.])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `useContext(Shop).apiKey`, `<Shop.Provider value={…}>` and `createContext(…)` (https://react.dev/reference/react/createContext). */
function contextOf(project: Project, built: BuiltGraph, { callee, args }: Resolved & { kind: 'call' }, names: readonly string[]): Resolved[] {
  const [first] = args;
  if (!first || callee.kind !== 'outside' || !/^(?:default\.)?(?:useContext|use)$/.test(callee.name)) return [];
  return providedBy(project, built, project.evaluator.head(first), names);
}

/** `<Shop.Consumer>{(shop) => shop.apiKey}</Shop.Consumer>`: https://react.dev/reference/react/createContext#consumer */
function consumed(project: Project, built: BuiltGraph, { module, fn }: Resolved & { kind: 'parameter' }, names: readonly string[]): Resolved[] {
  const [start = 0, end = 0] = module.functions[fn]?.at ?? [];
  return module.uses.flatMap((use) => {
    if (use.kind !== 'element' || use.element.type.kind !== 'member' || use.element.type.property.kind !== 'text' || use.element.type.property.text !== 'Consumer') return [];
    const [outerStart, outerEnd] = use.element.at;
    if (outerStart > start || end > outerEnd) return [];
    const element = project.evaluator.look(module, use.element);
    const children = element.kind === 'element' ? project.evaluator.property(project.evaluator.head(element.props), 'children') : undefined;
    const type = element.kind === 'element' ? project.evaluator.head(element.type) : undefined;
    const isOwn = children !== undefined && functionsIn(project, childOf(project, children)).some((each) => each.module === module && each.fn === fn);
    return isOwn && type?.kind === 'member' ? providedBy(project, built, type.object, names) : [];
  });
}

/** The only child among the line breaks around it. */
function childOf(project: Project, children: Resolved): Resolved {
  const items = children.kind === 'array' ? children.items.map((item) => project.evaluator.head(item)) : [children];
  return items.find(({ kind }) => kind === 'function') ?? children;
}

/** What providers of a context give, and what it has without one. */
function providedBy(project: Project, built: BuiltGraph, context: Resolved, names: readonly string[]): Resolved[] {
  if (!isContext(context)) return [];
  const provided = elementsNear(project, built, context.place.module).flatMap(({ type, props }) => {
    const rendered = project.evaluator.head(type);
    const owner = rendered.kind === 'member' && rendered.property.kind === 'text' && rendered.property.text === 'Provider' ? rendered.object : rendered;
    const isOwn = isContext(owner) && owner.place.module === context.place.module && owner.place.at[0] === context.place.at[0];
    return isOwn ? at(project, props, ['value', ...names]) : [];
  });
  return [...provided, ...context.args.slice(0, 1).flatMap((fallback) => at(project, fallback, names))];
}

function isContext(value: Resolved): value is Resolved & { kind: 'call' } {
  return value.kind === 'call' && value.callee.kind === 'outside' && /^(?:default\.)?createContext$/.test(value.callee.name);
}

function at(project: Project, value: Lazy, names: readonly string[]): Resolved[] {
  let found = [project.evaluator.head(value)];
  for (const name of names) found = found.flatMap((object) => heldUnder(project, object, name));
  return found.filter((each) => each.kind !== 'constant' || each.value !== undefined);
}

/** A property of what is given; where a component passes its own props on (`<Panel {...props} />`), the same property of those. */
function heldUnder(project: Project, object: Resolved, name: string): Resolved[] {
  const held = project.evaluator.property(object, name);
  if (held.kind !== 'unknown' || object.kind !== 'object') return [held];
  const passedOn = object.entries.filter((entry) => entry.spread).map((entry) => project.evaluator.property(project.evaluator.head(entry.value), name, entry.place));
  return [held, ...passedOn.filter(({ kind }) => kind === 'member')];
}

type Element = Resolved & { kind: 'element' };

/** The elements of a module and of those that import it, over barrels too; of any that holds one of a name that nothing imports. */
function elementsNear(project: Project, { graph }: BuiltGraph, module: ModuleSummary): Element[] {
  const files = new Set([module.file]);
  for (const file of files) {
    for (const { from } of graph.importersOf(file)) if (files.size < maxFiles) files.add(from);
  }
  const near = [...files].flatMap((file) => {
    const found = file.endsWith('.astro') ? astroTemplate(project, file)?.module : file === module.file ? module : project.module(file);
    return found ? elementsOf(project, found, () => true) : [];
  });
  if (module.language !== 'vue') return near;
  const others = [...project.modules.values()].filter(({ file, language }) => language === 'vue' && !files.has(file));
  return [...near, ...others.flatMap((other) => elementsOf(project, other, (type) => type === 'global'))];
}

function elementsOf(project: Project, module: ModuleSummary, takes: (type: string) => boolean): Element[] {
  return module.uses.flatMap((use): Element[] => {
    const element = use.kind === 'element' && takes(use.element.type.kind) ? project.evaluator.look(module, use.element) : undefined;
    return element?.kind === 'element' ? [element] : [];
  });
}
