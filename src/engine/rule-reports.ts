import type { Report, Rule } from '../../rules/rule.ts';
import type { Project } from '../project/project.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import { inOrder } from '../syntax/span.ts';

/**
 * What a rule says of a module and its parts, in position order and each thing once, whichever host asks.
 *
 * @param options what the configuration says; the rule's own defaults stand in for the rest
 */
export function reportsOf(rule: Rule, module: ModuleSummary, project: Project, options: Readonly<Record<string, unknown>>): Report[] {
  const given = { ...asOptions(rule.meta.defaultOptions?.[0]), ...options };
  const found = new Map<string, Report>();
  for (const part of [module, ...(module.parts ?? [])]) {
    project.evaluator.renewBudget(part.file);
    for (const report of rule.check(part, { project, options: given })) {
      const identity = JSON.stringify([report.at, report.messageId, report.secret?.digest, report.name]);
      if (!found.has(identity)) found.set(identity, report);
    }
  }
  return inOrder([...found.values()]);
}

/** ESLint's options of a rule are a list, whose first is ours. */
export function asOptions(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
