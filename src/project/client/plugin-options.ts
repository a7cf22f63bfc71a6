import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import type { Resolved } from '../resolved.ts';
import { functionsIn } from './handover-site.ts';
import { oncePerProject } from '../once-per-project.ts';

/**
 * What `app.use(plugin, options)` gives a plugin of Vue, which is a function or has one as `install`: its second parameter
 * (https://vuejs.org/guide/reusability/plugins.html). `root` and `names` are a value and the properties that are read of it.
 */
export function valuesOfPlugin(project: Project, root: Resolved, names: readonly string[]): Resolved[] {
  if (root.kind !== 'parameter' || root.index !== 1) return [];
  const installers = installersOf(project).get(root.module)?.filter(({ fn }) => fn === root.fn) ?? [];
  return installers.map(({ user, options }) => project.evaluator.propertyAlong(project.evaluator.head(project.evaluator.lazy(user, options.value, undefined, options.at)), names));
}

interface Installer { readonly fn: number; readonly user: ModuleSummary; readonly options: CallUse['args'][number] }

/** The functions that plugins are installed by, with the options that each is given, by the module that they stand in. */
const installersOf = oncePerProject((project): ReadonlyMap<ModuleSummary, readonly Installer[]> => {
  const found = new Map<ModuleSummary, Installer[]>();
  for (const user of [...project.modules.values()]) {
    for (const use of user.uses) {
      const [plugin, options] = use.kind === 'call' && isUse(use) ? use.args : [];
      if (!plugin || !options) continue;
      for (const { module, fn } of installIn(project, project.evaluator.look(user, plugin.value))) found.set(module, [...(found.get(module) ?? []), { fn, user, options }]);
    }
  }
  return found;
});

function isUse({ callee, args }: CallUse): boolean {
  return args.length === 2 && callee.kind === 'member' && callee.property.kind === 'text' && callee.property.text === 'use';
}

function installIn(project: Project, plugin: Resolved): readonly (Resolved & { kind: 'function' })[] {
  if (plugin.kind === 'function') return [plugin];
  return plugin.kind === 'object' ? functionsIn(project, project.evaluator.property(plugin, 'install')) : [];
}
