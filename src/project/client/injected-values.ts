import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import type { Project } from '../project.ts';
import type { Lazy, Resolved } from '../resolved.ts';
import { oncePerProject } from '../once-per-project.ts';

/** A value that is handed down under a name or a token. */
interface Provided { readonly key: Resolved; readonly value: Lazy }

/** Objects and lists in each other in which providers are looked for. */
const maxDepth = 6;
const holding: ReadonlySet<Value['kind']> = new Set(['object', 'array', 'binding', 'import']);
const providedBy = oncePerProject((project): readonly Provided[] => [...project.modules.values()].flatMap((module) => providedIn(project, module)));

/**
 * What `inject(key)` and `getContext(key)` may give: Vue's `provide(key, value)` of a component or the application, Svelte's `setContext`,
 * Angular's `{ provide: TOKEN, useValue }` and `useFactory`.
 */
export function injectedValues(project: Project, key: Lazy | undefined): Resolved[] {
  const asked = key && project.evaluator.head(key);
  if (!asked) return [];
  return providedBy(project).filter((each) => isSame(each.key, asked)).map(({ value }) => project.evaluator.head(value));
}

function providedIn(project: Project, module: ModuleSummary): Provided[] {
  return module.uses.flatMap((use): Provided[] => {
    if (use.kind !== 'call') return [];
    const [key, value] = use.args;
    if (key && value && /^(?:provide|setContext)$/.test(lastName(use.callee))) {
      return [{ key: project.evaluator.look(module, key.value), value: project.evaluator.lazy(module, value.value) }];
    }
    return use.args.flatMap((item) => providersIn(project, project.evaluator.lazy(module, item.value), 0));
  });
}

function providersIn(project: Project, lazy: Lazy, depth: number): Provided[] {
  if (depth > maxDepth || !holding.has(lazy.value.kind)) return [];
  const value = project.evaluator.head(lazy);
  if (value.kind === 'array') return value.items.flatMap((item) => providersIn(project, item, depth + 1));
  if (value.kind !== 'object') return [];
  const named = (name: string): Lazy | undefined => value.entries.find(({ key }) => key?.value.kind === 'text' && key.value.text === name)?.value;
  const key = named('provide');
  const given = named('useValue') ?? resultOf(named('useFactory'));
  if (key && given) return [{ key: project.evaluator.head(key), value: given }];
  return value.entries.flatMap((entry) => providersIn(project, entry.value, depth + 1));
}

function resultOf(factory: Lazy | undefined): Lazy | undefined {
  return factory && { ...factory, value: { kind: 'call', callee: factory.value, args: [], at: factory.at ?? [0, 0] } };
}

/** The name by which a call names what it calls. */
export function lastName(callee: Value): string {
  if (callee.kind === 'import') return callee.name;
  if (callee.kind === 'global') return callee.path.slice(callee.path.lastIndexOf('.') + 1);
  return callee.kind === 'member' && callee.property.kind === 'text' ? callee.property.text : '';
}

/** The same text, or the same symbol or token by where it is made. */
function isSame(a: Resolved, b: Resolved): boolean {
  if (a.kind === 'text') return b.kind === 'text' && a.text === b.text;
  return a.kind === 'call' && b.kind === 'call' && a.place.module === b.place.module && a.place.at[0] === b.place.at[0];
}
