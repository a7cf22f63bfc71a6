import { isKeyLikeName } from '../../hilt/names.ts';
import type { Declaration, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import type { Project } from '../project.ts';
import type { Sink } from './sink.ts';

/**
 * What files that are no programs have printed: outputs of Terraform that are not sensitive
 * (developer.hashicorp.com/terraform/language/block/output), and messages of Ansible (docs.ansible.com, `debug` and `fail`).
 */
export function declaredSinks(project: Project, module: ModuleSummary): Sink[] {
  if (module.language !== 'hcl' && module.language !== 'yaml') return [];
  return module.declarations.flatMap((declaration) => {
    const printed = module.language === 'hcl' ? outputOf(module, declaration) : messageOf(project, module, declaration);
    if (!printed) return [];
    const at = declaration.valueAt;
    return [{ kind: 'log' as const, name: printed.name, value: { module, value: printed.value, frame: undefined, at }, place: { module, at }, calls: [] }];
  });
}

interface Printed { readonly name: string; readonly value: Value }

function outputOf(module: ModuleSummary, { name, path, value }: Declaration): Printed | undefined {
  if (name !== 'value' || path[0] !== 'output' || path.length !== 2 || isSet(module, path, 'sensitive')) return undefined;
  return { name: `output.${path[1] ?? ''}`, value };
}

const printing = /^(?:ansible\.builtin\.)?(debug|fail)$/;

function messageOf(project: Project, module: ModuleSummary, { name, path, value, valueAt }: Declaration): Printed | undefined {
  const [, task] = printing.exec(path.at(-1) ?? '') ?? [];
  if (task === undefined || isSet(module, path.slice(0, -1), 'no_log')) return undefined;
  if (name === 'msg') return { name: task, value };
  const isNamed = name === 'var' && value.kind === 'text' && isKeyLikeName(value.text, project.keyOptions);
  return isNamed ? { name: task, value: { kind: 'variable', name: value.text, access: 'expansion', form: 'dot', at: valueAt } } : undefined;
}

function isSet(module: ModuleSummary, path: readonly string[], name: string): boolean {
  return module.declarations.some((each) => each.name === name && each.value.kind === 'constant' && each.value.value === true && each.path.length === path.length && each.path.every((part, index) => part === path[index]));
}
