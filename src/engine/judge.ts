import type { Project } from '../project/project.ts';
import type { Report, Rule, TraceNote } from '../../rules/rule.ts';
import type { ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import type { Finding, Range, Severity, TraceStep } from './finding.ts';
import { makeFingerprint, makeOrdinalFingerprint } from './fingerprint.ts';
import { getRange } from './line-index.ts';
import { maskKeys } from './mask.ts';
import type { MaskedSpan } from './mask.ts';
import { reportsOf } from './rule-reports.ts';
import { sortPlaces } from './secret-places.ts';
import type { SecretPlaces } from './secret-places.ts';
import type { RuleSetting } from './settings.ts';
import { findSuppressions, getMisuse, isSuppressed, suppressionRule } from './suppression.ts';
import type { Suppression } from './suppression.ts';
import type { IndexedText, TextStore } from './text-store.ts';

/** What the rules say of one module. */
export interface Judgement {
  /** In position order, suppressed ones left out. */
  readonly findings: readonly JudgedFinding[];
  readonly suppressed: number;
  /** Every known secret of the file, for masking. */
  readonly secrets: SecretPlaces<MaskedSpan>;
}

export interface JudgedFinding { readonly finding: Finding; readonly at: Span }

export interface JudgeContext {
  readonly project: Project;
  readonly texts: Pick<TextStore, 'get'>;
  readonly rules: readonly Rule[];
  readonly settings: ReadonlyMap<string, RuleSetting>;
}

/** Runs every rule that is on over one module and its parts, and makes findings of what they report. */
export function judgeModule(module: ModuleSummary, context: JudgeContext): Judgement {
  const text = context.texts.get(module.file);
  if (!text) return { findings: [], suppressed: 0, secrets: sortPlaces([]) };
  const reported = collectReports(module, context);
  const secrets = sortPlaces([
    ...[module, ...(module.parts ?? [])].flatMap((part) => part.secrets.map(({ at, secret }) => ({ at, preview: secret.preview }))),
    ...reported.flatMap(({ report: { at, secret } }) => (secret && at[1] > at[0] ? [{ at, preview: secret.preview }] : [])),
  ]);
  const toFinding = makeFindings(module.file, text, secrets, context.texts);
  const all = reported.map((one) => ({ finding: toFinding(one), at: one.report.at }));

  const suppressions = findSuppressions(module, text.text, text.lines);
  const used = new Set<Suppression>();
  const shown = all.filter(({ finding, at }) => !isSuppressed(suppressions, finding.rule, finding.range, at[0], used));
  const complaints = suppressions.own.flatMap((one) => complainAbout(one, used.has(one), context)).map((one) => ({ finding: toFinding(one), at: one.report.at }));
  return {
    findings: [...shown, ...complaints].sort((a, b) => compareSpans(a.at, b.at)),
    suppressed: all.length - shown.length,
    secrets,
  };
}

interface Reported {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly report: Report;
  readonly messages: Readonly<Record<string, string>>;
}

function collectReports(module: ModuleSummary, { project, rules, settings }: JudgeContext): Reported[] {
  const reports = rules.flatMap((rule) => {
    const { level = rule.meta.severity, options = {} } = settings.get(rule.id) ?? {};
    return level === 'off' ? [] : reportsOf(rule, module, project, options).map((report) => makeReported(rule, level, report));
  });
  return reports.sort((a, b) => compareSpans(a.report.at, b.report.at));
}

function makeReported(rule: Rule, level: 'warn' | 'error', report: Report): Reported {
  const { messages } = rule.meta;
  return {
    rule: rule.id,
    severity: level === 'warn' || report.confidence === 'possible' ? 'warning' : 'error',
    message: fill(messages[report.messageId] ?? report.messageId, report.data),
    help: fill(messages[`${report.messageId}Help`] ?? '', report.data),
    report,
    messages,
  };
}

/** ESLint's placeholders: `{{ name }}`. */
function fill(text: string, data: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name: string) => data[name] ?? whole);
}

function compareSpans(a: Span, b: Span): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** Counts equal fingerprints, so it must be called once a finding and in order. */
function makeFindings(file: string, { text, lines }: IndexedText, secrets: SecretPlaces, texts: Pick<TextStore, 'get'>): (reported: Reported) => Finding {
  const counts = new Map<string, number>();
  return ({ rule, severity, message, help, report, messages }) => {
    const subject = report.secret?.digest ?? report.name ?? report.messageId;
    const base = makeFingerprint({ rule, file, subject, text, lines, at: report.at, secrets });
    const ordinal = (counts.get(base) ?? 0) + 1;
    counts.set(base, ordinal);
    return {
      rule,
      severity,
      confidence: report.confidence ?? 'certain',
      ...(report.exposure && { exposure: report.exposure }),
      message: maskKeys(message),
      file,
      range: getRange(lines, report.at),
      fingerprint: makeOrdinalFingerprint(base, ordinal),
      ...(report.secret && { key: { environment: report.secret.environment, preview: report.secret.preview, digest: report.secret.digest } }),
      ...(report.trace && { trace: report.trace.map((note) => makeStep(note, texts)) }),
      help: maskKeys(help),
      ...(report.suggestions && {
        suggestions: report.suggestions.map(({ messageId, data, edits }) => ({
          message: maskKeys(fill(messages[messageId] ?? messageId, data)),
          edits: edits.map((edit) => ({ range: getRange(lines, edit.at), text: maskKeys(edit.text) })),
        })),
      }),
    };
  };
}

const unknownRange: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

function makeStep({ file, at, message }: TraceNote, texts: Pick<TextStore, 'get'>): TraceStep {
  const text = texts.get(file);
  return { file, range: text ? getRange(text.lines, at) : unknownRange, message: maskKeys(message) };
}

function complainAbout(suppression: Suppression, isUsed: boolean, { rules, settings }: JudgeContext): Reported[] {
  const misuse = getMisuse(suppression, isUsed, rules.map(({ id }) => id), (id) => settings.get(id)?.level === 'off');
  if (!misuse) return [];
  const { severity, name, message, help } = misuse;
  return [{ rule: suppressionRule, severity, message, help, messages: {}, report: { messageId: name, name, at: suppression.at } }];
}
