import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import { getCommentsWith } from './comment-syntax.ts';
import type { CommentText } from './comment-syntax.ts';
import type { Range } from './finding.ts';
import { getPosition } from './line-index.ts';
import type { LineIndex } from './line-index.ts';
import { getNearestName } from './nearest-name.ts';
import { groupBy } from '../syntax/group-by.ts';

/** The id under which a comment that suppresses wrongly is reported. It is no rule of the registry and cannot be suppressed. */
export const suppressionRule = 'suppression';

/** What the comments of one file ask for. */
export interface Suppressions {
  /** `hilt-guard-ignore` and `hilt-guard-ignore-next-line`. */
  readonly own: readonly Suppression[];
  /** `eslint-disable-line` and `eslint-disable-next-line`: their form is ESLint's business, they are never reported. */
  readonly eslint: readonly LineSuppression[];
  /** `eslint-disable` and `eslint-enable` in position order: the last one before a finding decides. */
  readonly toggles: readonly Toggle[];
}

/** Rule ids without prefix; `all` only for ESLint's bare comments. */
type Rules = readonly string[] | 'all';

interface LineSuppression {
  readonly rules: Rules;
  /** 1-based. */
  readonly line: number;
}

export interface Suppression extends LineSuppression {
  readonly rules: readonly string[];
  readonly reason: string;
  /** The comment. */
  readonly at: Span;
  /** It begins like one of ours, and is none: `hilt-guard-disable-line`. */
  readonly isMisspelt?: true;
}

interface Toggle {
  readonly rules: Rules;
  readonly disables: boolean;
  readonly offset: number;
}

const marker = /\bhilt-guard-(?:ignore|disable|enable|suppress|allow|skip)\b|\beslint-(?:disable|enable)\b/i;
const ownForm = /(?:^|[\s*](?:\/\/+|#+|--|;|%)\s*)(hilt-guard-(?:ignore|disable|enable|suppress|allow|skip)(?:-next-line|-line|-next|-file|-all|-start|-end)?)(?![\w-])\s*:?\s*([^]*)$/i;
const eslintForm = /^eslint-(disable-next-line|disable-line|disable|enable)(?![\w-])\s*([^]*)$/;

/** Reads every comment of a file that suppresses: our own, and ESLint's for `hilt/` rules. */
export function findSuppressions(module: ModuleSummary, text: string, lines: LineIndex): Suppressions {
  if (!marker.test(text)) return { own: [], eslint: [], toggles: [] };
  const comments = getCommentsWith(marker, module, text, lines);
  return { own: readOwn(comments, text, lines), ...readEslints(comments.filter(({ script }) => script), lines) };
}

/**
 * Whether a finding is suppressed. Every comment of ours that suppresses it goes into `used`.
 *
 * @param start UTF-16 offset of the finding
 */
export function isSuppressed(suppressions: Suppressions, rule: string, range: Range, start: number, used: Set<Suppression>): boolean {
  const matching = onLines(suppressions, range).filter((one) => one.reason !== '' && isFor(one.rules, rule));
  for (const one of matching) used.add(one);
  if (matching.length > 0) return true;
  if (suppressions.eslint.some((one) => isFor(one.rules, rule) && one.line === range.start.line)) return true;
  return suppressions.toggles.findLast((toggle) => toggle.offset <= start && isFor(toggle.rules, rule))?.disables === true;
}

/** What is wrong with a comment of ours. */
export interface Misuse {
  readonly severity: 'error' | 'warning';
  readonly name: string;
  readonly message: string;
  readonly help: string;
}

/**
 * A comment that does not do what its author thinks is told, so that none goes stale.
 *
 * @param isUsed whether it has suppressed a finding
 * @param isOff whether a rule was not run, so that nothing can be said of comments that name it
 */
export function getMisuse(suppression: Suppression, isUsed: boolean, ruleIds: readonly string[], isOff: (id: string) => boolean): Misuse | undefined {
  const form = 'hilt-guard-ignore-next-line <rule> -- <reason>';
  const unknown = suppression.rules.filter((id) => !ruleIds.includes(id));
  if (suppression.isMisspelt) return { severity: 'error', name: 'misspelt', message: 'This comment is none of hilt-guard, so it suppresses nothing.', help: `Write: ${form}, or hilt-guard-ignore <rule> -- <reason> behind the code.` };
  if (suppression.rules.length === 0) return { severity: 'error', name: 'no-rule', message: 'This comment names no rule, so it suppresses nothing.', help: `Write: ${form}.` };
  if (suppression.reason === '') return { severity: 'error', name: 'no-reason', message: 'This comment gives no reason, so it suppresses nothing.', help: `Say why the finding is right to stay: ${form}.` };
  if (unknown.length > 0) {
    const names = unknown.map((id) => (/^[a-z][a-z-]{0,40}$/.test(id) ? `"${id}"` : 'a name that is no rule id')).join(', ');
    const nearest = unknown.map((id) => getNearestName(id, ruleIds)).find((id) => id !== undefined);
    return { severity: 'warning', name: 'unknown-rule', message: `This comment names an unknown rule: ${names}.`, help: nearest === undefined ? `The rules are: ${ruleIds.join(', ')}.` : `Did you mean "${nearest}"?` };
  }
  if (isUsed || suppression.rules.some(isOff)) return undefined;
  return { severity: 'warning', name: 'unused', message: 'This comment suppresses nothing.', help: 'Remove it.' };
}

function isFor(rules: Rules, rule: string): boolean {
  return rules === 'all' || rules.includes(rule);
}

const byLine = new WeakMap<Suppressions, ReadonlyMap<number, readonly Suppression[]>>();

/** Those that mean a line of the range: a comment behind an expression of several lines stands on its last one. */
function onLines(suppressions: Suppressions, { start, end }: Range): readonly Suppression[] {
  let lines = byLine.get(suppressions);
  if (!lines) byLine.set(suppressions, (lines = groupBy(suppressions.own, ({ line }) => line)));
  const last = end.line === start.line ? [] : (lines.get(end.line) ?? []);
  return [...(lines.get(start.line) ?? []), ...last];
}

function readOwn(comments: readonly CommentText[], text: string, lines: LineIndex): Suppression[] {
  const read: (Suppression & { isNextLine: boolean })[] = [];
  for (const comment of comments) {
    const [, word, rest] = ownForm.exec(comment.text) ?? [];
    if (rest === undefined) continue;
    const isNextLine = word === 'hilt-guard-ignore-next-line';
    const blank = isNextLine && comment.isApart ? (/^\s*(?=\n)/.exec(text.slice(comment.at[1]))?.[0].length ?? 0) : 0;
    const { line } = getPosition(lines, isNextLine ? comment.at[1] + blank : comment.at[0]);
    const isOurs = isNextLine || word === 'hilt-guard-ignore';
    read.push({ ...(isOurs ? readRulesAndReason(rest) : { rules: [], reason: '', isMisspelt: true }), at: comment.at, line, isNextLine });
  }
  // Several comments above one line all mean that line.
  const targets = new Map<number, number>();
  for (const { line } of read.filter(({ isNextLine }) => isNextLine).toReversed()) targets.set(line, targets.get(line + 1) ?? line + 1);
  return read.map(({ isNextLine, ...suppression }) => ({ ...suppression, line: isNextLine ? (targets.get(suppression.line) ?? suppression.line + 1) : suppression.line }));
}

function readRulesAndReason(rest: string): { rules: string[]; reason: string } {
  const [names, ...reasons] = rest.split(/(?:^|\s)--+(?=\s|$)/);
  const rules = getNames(names).map((name) => name.replace(/^hilt\//, ''));
  return { rules, reason: reasons.join('--').replace(/[\s*]+/g, ' ').trim() };
}

function getNames(list: string | undefined): string[] {
  return (list ?? '').split(/[\s,]+/).filter(Boolean);
}

/** https://eslint.org/docs/latest/use/configure/rules#disabling-rules: a bare comment means every rule, `--` begins a description. */
function readEslints(comments: readonly CommentText[], lines: LineIndex): Pick<Suppressions, 'eslint' | 'toggles'> {
  const eslint: LineSuppression[] = [];
  const toggles: Toggle[] = [];
  for (const comment of comments) {
    const [, directive, rest] = eslintForm.exec(comment.text) ?? [];
    if (directive === undefined) continue;
    const rules = readEslintRules(rest ?? '');
    if (directive === 'disable-line') eslint.push({ rules, line: getPosition(lines, comment.at[0]).line });
    else if (directive === 'disable-next-line') eslint.push({ rules, line: getPosition(lines, comment.at[1]).line + 1 });
    else if (comment.block) toggles.push({ rules, disables: directive === 'disable', offset: comment.at[0] });
  }
  return { eslint, toggles };
}

function readEslintRules(rest: string): Rules {
  const names = getNames(rest.split(/(?:^|\s)--+(?=\s|$)/)[0]);
  if (names.length === 0) return 'all';
  return names.filter((name) => name.startsWith('hilt/')).map((name) => name.slice('hilt/'.length));
}
