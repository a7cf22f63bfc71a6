import { rules } from '../../rules/index.ts';
import type { Report } from '../../rules/rule.ts';
import type { FileConfig } from '../engine/config-now.ts';
import { judgeModule } from '../engine/judge.ts';
import type { IndexedText } from '../engine/text-store.ts';
import type { Project } from '../project/project.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';

/**
 * Which findings the baseline accepts. Where there is one, the file is judged once as the scanner does it, since a fingerprint depends
 * on every secret of the file, and the second of two equal findings on the first.
 */
export function acceptedBy({ baseline, rules: settings }: FileConfig, module: ModuleSummary, project: Project, text: IndexedText): (rule: string, report: Report) => boolean {
  if (baseline.size === 0) return () => false;
  let accepted: Set<string> | undefined;
  const judge = (): Set<string> => {
    const texts = { get: (file: string) => (file === module.file ? text : undefined) };
    const { findings } = judgeModule(module, { project, texts, rules, settings });
    return new Set(findings.filter(({ finding }) => baseline.has(finding.fingerprint)).map(({ finding, at }) => JSON.stringify([finding.rule, at])));
  };
  return (rule, { at }) => (accepted ??= judge()).has(JSON.stringify([rule, at]));
}
