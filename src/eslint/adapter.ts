import type { Rule as EslintRule } from 'eslint';
import type { Report, Rule, TraceNote } from '../../rules/rule.ts';
import { ConfigError } from '../engine/errors.ts';
import { getPosition, getRange, indexLines } from '../engine/line-index.ts';
import { maskKeys, maskRuns } from '../engine/mask.ts';
import { asOptions, reportsOf } from '../engine/rule-reports.ts';
import { getMisuse, isSuppressed } from '../engine/suppression.ts';
import type { Span } from '../syntax/span.ts';
import type { HostContext, HostPosition, HostSource } from './host.ts';
import { mayConcern, openLintedFile, type LintedFile } from './linted-file.ts';

/** A rule of this message comes with a chain of files. */
const traced = 'Traced';

/**
 * Makes a rule of ours a rule of ESLint. It needs neither parser services nor ESLint itself, so that other hosts of the same
 * interface can run it too. It has no `meta.languages`: beside programs it reads whatever text a language of ESLint gives it.
 *
 * @param ids every rule of the plugin, for what is said of comments that suppress
 */
export function toEslintRule(rule: Rule, ids: readonly string[]): EslintRule.RuleModule {
  const { type, docs, schema, defaultOptions, hasSuggestions } = rule.meta;
  return {
    meta: {
      type,
      docs: { description: docs.description, url: docs.url, recommended: true },
      messages: messagesOf(rule),
      ...(schema !== undefined && { schema }),
      ...(defaultOptions !== undefined && { defaultOptions }),
      ...(hasSuggestions !== undefined && { hasSuggestions }),
    },
    create(given) {
      const context = given as unknown as HostContext;
      if (!guarded(context, () => mayConcern(context))) return {};
      const root = context.sourceCode.ast.type;
      return {
        [root]: () => guarded(context, () => reportFindings(rule, context, given)),
        [`${root}:exit`]: () => guarded(context, () => reportMisuses(rule, context, given, ids)),
      };
    },
  };
}

/** What is wrong and what to do, as one text: an editor shows nothing else. */
function messagesOf({ meta: { messages } }: Rule): Record<string, string> {
  const joined: Record<string, string> = { suppression: '{{ message }}' };
  for (const [id, message] of Object.entries(messages)) {
    if (id.endsWith('Help')) continue;
    const help = messages[`${id}Help`];
    joined[id] = help === undefined ? message : `${message} ${help}`;
    if (help !== undefined) joined[`${id}${traced}`] = `${message} ({{ trace }}) ${help}`;
  }
  return joined;
}

function reportFindings(rule: Rule, context: HostContext, host: EslintRule.RuleContext): void {
  const file = openLintedFile(context);
  file.judged.add(rule.id);
  for (const report of reportsOf(rule, file.module, file.project, asOptions(context.options[0]))) {
    if (!file.shows(rule.id, report)) continue;
    if (isSuppressed(ownOnly(file), rule.id, getRange(file.lines, report.at), report.at[0], file.used)) continue;
    host.report(descriptorOf(report, file, context.sourceCode));
  }
}

/** ESLint's own comments are ESLint's business: were they honoured here too, it would call them unused. */
function ownOnly({ suppressions }: LintedFile): LintedFile['suppressions'] {
  return { own: suppressions.own, eslint: [], toggles: [] };
}

function descriptorOf(report: Report, file: LintedFile, source: HostSource): EslintRule.ReportDescriptor {
  const { messageId, data, at, trace = [], suggestions = [] } = report;
  const chain = trace.length > 0 ? { trace: trace.map((note) => describeStep(note, file)).join(' → ') } : undefined;
  return {
    messageId: chain ? `${messageId}${traced}` : messageId,
    data: masked({ ...data, ...chain }),
    loc: { start: positionAt(at[0], file, source), end: positionAt(at[1], file, source) },
    suggest: suggestions.map((suggestion) => ({
      messageId: suggestion.messageId,
      data: masked(suggestion.data ?? {}),
      fix: (fixer: EslintRule.RuleFixer) => suggestion.edits.map((edit) => fixer.replaceTextRange([edit.at[0], edit.at[1]], edit.text)),
    })),
  };
}

function masked(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, maskKeys(value)]));
}

function describeStep({ file: path, at }: TraceNote, file: LintedFile): string {
  const text = file.textOf(path);
  return text === undefined ? path : `${path}:${getPosition(indexLines(text), at[0]).line}`;
}

/** Hosts count lines in their own way (ESLint also at U+2028), so they are asked. */
function positionAt(offset: number, { lines, text }: LintedFile, source: HostSource): HostPosition {
  const inside = Math.min(Math.max(offset, 0), text.length);
  // ESLint's other languages count columns from 1, and had no such function at first.
  return source.getLocFromIndex?.(inside) ?? getPosition(lines, inside);
}

/** Comments of ours that do nothing: told once, by a rule that they name, where all that they name have looked at the file. */
function reportMisuses(rule: Rule, context: HostContext, host: EslintRule.RuleContext, ids: readonly string[]): void {
  const file = openLintedFile(context);
  for (const suppression of file.suppressions.own) {
    if (told.has(suppression) || (suppression.rules.some((id) => ids.includes(id)) && !suppression.rules.includes(rule.id))) continue;
    const misuse = getMisuse(suppression, file.used.has(suppression), ids, (id) => !file.judged.has(id));
    if (!misuse) continue;
    told.add(suppression);
    host.report({ messageId: 'suppression', data: masked({ message: `${misuse.message} ${misuse.help}` }), loc: locOf(suppression.at, file, context.sourceCode) });
  }
}

const told = new WeakSet<object>();

function locOf(at: Span, file: LintedFile, source: HostSource): { start: HostPosition; end: HostPosition } {
  return { start: positionAt(at[0], file, source), end: positionAt(at[1], file, source) };
}

/** A fault of ours names the file, and holds nothing of its text. */
function guarded<T>(context: HostContext, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const cause = error instanceof Error ? error : new Error(String(error));
    const fault = new Error(`hilt-guard failed on ${maskKeys(context.filename)}: ${maskRuns(cause.message)}`);
    const frames = cause.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
    fault.stack = maskKeys([`Error: ${fault.message}`, ...frames].join('\n'));
    throw fault;
  }
}
