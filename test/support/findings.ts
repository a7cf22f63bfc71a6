import type { Report, Rule } from '../../rules/rule.ts';
import { rules } from '../../rules/index.ts';
import { defaultKeyOptions, type KeyOptions } from '../../src/hilt/key-options.ts';
import { mentionsOf } from '../../src/hilt/context.ts';
import { linkProject } from '../../src/project/link.ts';
import type { Project } from '../../src/project/project.ts';
import type { ModuleSummary } from '../../src/syntax/module-summary.ts';
import { summarise } from '../../src/syntax/summarise.ts';
import { memorySource } from './memory-source.ts';

export interface FoundAt {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly messageId: string;
  readonly confidence: 'certain' | 'possible';
  /** The text that the finding stands at. */
  readonly text: string;
  readonly report: Report;
}

/** What one rule says of a project that is nothing but these files (path -> text), in the order of files and positions. */
export function findingsOf(ruleId: string, files: Readonly<Record<string, string>>, options: Partial<KeyOptions> = {}): FoundAt[] {
  const keyOptions = { ...defaultKeyOptions, ...options };
  const rule = rules.find(({ id }) => id === ruleId);
  if (!rule) throw new Error(`There is no rule ${ruleId}.`);
  // As the scanner does: files that never mention Hilt are loaded only when another one asks for them.
  const named = Object.keys(files).sort().filter((file) => mentionsOf(files[file] ?? '').hilt || mentionsOf(files[file] ?? '').key);
  const modules = named.map((file) => summarise(file, files[file] ?? '', keyOptions).summary);
  const project = linkProject(modules, keyOptions, memorySource(files));
  project.related();
  const judged = modules.map((module) => ({ module, reports: reportsOf(rule, project, module) }));
  // And those that import from them, or that judging brought in.
  for (const module of project.modules.values()) if (!modules.includes(module)) judged.push({ module, reports: reportsOf(rule, project, module) });
  return judged.flatMap(({ module, reports }) => {
    const text = files[module.file] ?? '';
    return reports.sort((a, b) => a.at[0] - b.at[0]).map((report) => ({
      file: module.file, line: text.slice(0, report.at[0]).split('\n').length, messageId: report.messageId,
      confidence: report.confidence ?? 'certain', text: text.slice(...report.at), report,
    }));
  });
}

function reportsOf(rule: Rule, project: Project, module: ModuleSummary): Report[] {
  return [module, ...(module.parts ?? [])].flatMap((part) => [...rule.check(part, { project, options: {} })]);
}

/** The findings as `line: text`, possible ones with a question mark, with the file where it is not the first. */
export function foundIn(ruleId: string, files: Readonly<Record<string, string>>, options?: Partial<KeyOptions>): string[] {
  const [first] = Object.keys(files);
  return findingsOf(ruleId, files, options).map(({ file, line, text, confidence }) => `${file === first ? '' : `${file} `}${line}: ${text}${confidence === 'possible' ? ' ?' : ''}`);
}
