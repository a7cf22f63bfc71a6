import { ofKind, type Resolved } from '../resolved.ts';
import type { BuiltGraph } from '../graph/build.ts';
import type { Project } from '../project.ts';
import { valuesOfComponent } from './component-values.ts';
import { valuesOfBridge } from './electron-bridge.ts';
import { valuesHeld } from './held-values.ts';
import { valuesOfPlugin } from './plugin-options.ts';
import { valuesReceived } from './received-values.ts';
import { valuesOfVueInstance } from './vue-instance.ts';
import { valuesOfVuex } from './vuex-store.ts';

/** Components, states and loaders in each other that are followed. */
const maxDepth = 6;
/** Values that are looked at for one slot: components that render one another give each other their props without end. */
const maxValues = 200;

/**
 * Where a value comes from that client code is given from elsewhere: a prop or a context, what a server hands over, what a state holds
 * from the start. Nothing where that is not known.
 */
export function valuesGiven(project: Project, value: Resolved): Resolved[] {
  const walk: Walk = { project, found: [], left: maxValues };
  follow(walk, value, false, 0);
  return walk.found;
}

interface Walk {
  readonly project: Project;
  readonly found: Resolved[];
  left: number;
}

function follow(walk: Walk, value: Resolved, isHeld: boolean, depth: number): void {
  const { project, found } = walk;
  const { graph } = project;
  walk.left -= 1;
  if (!graph || depth > maxDepth || walk.left < 0) return;
  const before = found.length;
  if (value.kind === 'choice') {
    for (const option of value.options) follow(walk, option, isHeld, depth + 1);
    return;
  }
  const { root, names } = chainOf(value);
  for (const each of [...valuesOfComponent(project, graph, root, names), ...valuesReceived(project, graph, root, names), ...valuesMapped(project, graph, value), ...valuesOfVuex(project, root, names), ...valuesOfVueInstance(project, root), ...valuesOfPlugin(project, root, names), ...(hasBridge(graph) ? valuesOfBridge(project, root, names) : [])]) follow(walk, each, isHeld, depth + 1);
  for (const each of valuesHeld(project, value)) follow(walk, each, true, depth + 1);
  // Any other value that a state begins with may give way to a key.
  if (found.length === before && depth > 0 && (!isHeld || isKey(value))) found.push(value);
}

function hasBridge({ detection }: BuiltGraph): boolean {
  return detection.frameworks.some(({ framework }) => framework.id === 'electron');
}

/** An import whose name only the import map of a page tells. */
function valuesMapped(project: Project, { resolution }: BuiltGraph, value: Resolved): Resolved[] {
  if (value.kind !== 'outside' || !value.place) return [];
  const file = resolution.resolve(value.place.module.file, value.specifier);
  const module = file === undefined ? undefined : project.module(file);
  const [name = '', ...names] = value.name.split('.');
  const exported = module && project.evaluator.exportOf(module, name);
  return exported ? [project.evaluator.propertyAlong(exported, names)] : [];
}

function isKey(value: Resolved): boolean {
  return value.kind === 'member' || value.kind === 'outside' || ofKind(value, 'secret').length > 0 || ofKind(value, 'variable').length > 0;
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
