import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import type { Lazy, Resolved } from '../resolved.ts';
import { functionsIn } from './handover-site.ts';

/** Components in components that are followed upwards, and files that are looked at for those who render one. */
const maxDepth = 5;
const maxFiles = 100;

/**
 * What a prop of a component, or a React context, is given where it is rendered. A value of another kind, and a prop that nobody
 * gives, give nothing.
 */
export function valuesGiven(project: Project, value: Resolved, depth = 0): Resolved[] {
  const { graph: built } = project;
  const { root, names } = chainOf(value);
  if (!built || depth > maxDepth) return [];
  const given = root.kind === 'parameter' && root.index === 0 ? propsOf(project, built, root, names) : root.kind === 'call' ? contextOf(project, built, root, names) : [];
  return given.flatMap((each) => {
    const further = valuesGiven(project, each, depth + 1);
    return further.length > 0 ? further : [each];
  });
}

function chainOf(value: Resolved): { root: Resolved; names: readonly string[] } {
  const names: string[] = [];
  let root = value;
  while (root.kind === 'member' && root.property.kind === 'text') {
    names.unshift(root.property.text);
    root = root.object;
  }
  return { root, names };
}

/** `function Pay({ apiKey })` and `<Pay apiKey={…}>`. */
function propsOf(project: Project, built: BuiltGraph, { module, fn }: Resolved & { kind: 'parameter' }, names: readonly string[]): Resolved[] {
  if (names.length === 0) return [];
  return elementsNear(project, built, module).flatMap(({ type, props }) => {
    const isOwn = functionsIn(project, project.evaluator.head(type)).some((each) => each.module === module && each.fn === fn);
    return isOwn ? at(project, props, names) : [];
  });
}

/** `useContext(Shop).apiKey`, `<Shop.Provider value={…}>` and `createContext(…)` (https://react.dev/reference/react/createContext). */
function contextOf(project: Project, built: BuiltGraph, { callee, args }: Resolved & { kind: 'call' }, names: readonly string[]): Resolved[] {
  const [first] = args;
  if (!first || callee.kind !== 'outside' || !/^(?:default\.)?(?:useContext|use)$/.test(callee.name)) return [];
  const context = project.evaluator.head(first);
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
  let found = project.evaluator.head(value);
  for (const name of names) found = project.evaluator.property(found, name);
  return found.kind === 'constant' && found.value === undefined ? [] : [found];
}

type Element = Resolved & { kind: 'element' };

/** The elements of a module and of those that import it, over barrels too. */
function elementsNear(project: Project, { graph }: BuiltGraph, module: ModuleSummary): Element[] {
  const files = new Set([module.file]);
  for (const file of files) {
    for (const { from } of graph.importersOf(file)) if (files.size < maxFiles) files.add(from);
  }
  return [...files].flatMap((file) => {
    const near = file === module.file ? module : project.module(file);
    return (near?.uses ?? []).flatMap((use): Element[] => {
      const element = use.kind === 'element' && near ? project.evaluator.look(near, use.element) : undefined;
      return element?.kind === 'element' ? [element] : [];
    });
  });
}
