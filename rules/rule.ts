import type { Rule as EslintRule } from 'eslint';
import type { Secret } from '../src/hilt/secret.ts';
import type { Span } from '../src/syntax/span.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Project } from '../src/project/project.ts';

/** A rule judges one module of a linked project. It sees no AST, reads no file and knows no host. */
export interface Rule {
  readonly id: string;
  /** ESLint's own metadata: the one registry of descriptions, messages, options and defaults for every host. */
  readonly meta: RuleMeta;
  /** It goes by what other files hold: what one file changes may be a finding in another. */
  readonly wholeProject?: true;
  check(module: ModuleSummary, context: RuleContext): Iterable<Report>;
}

export interface RuleMeta extends EslintRule.RuleMetaData {
  readonly type: 'problem' | 'suggestion';
  readonly docs: { readonly description: string; readonly url: string };
  /** Texts by id. An id that ends in `Help` says what to do and belongs to the message of the same name. */
  readonly messages: Readonly<Record<string, string>>;
  /** Severity in `recommended`. */
  readonly severity: 'error' | 'warn';
}

export interface RuleContext {
  readonly project: Project;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a rule says; the engine makes it a finding (severity, positions, fingerprint, suppression). */
export interface Report {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly at: Span;
  /** Default: `certain`. */
  readonly confidence?: 'certain' | 'possible';
  readonly exposure?: 'value' | 'code';
  readonly secret?: Secret;
  /** The key name or other symbol that the finding is about; part of the fingerprint where there is no secret. */
  readonly name?: string;
  readonly trace?: readonly TraceNote[];
  readonly suggestions?: readonly ReportSuggestion[];
}

export interface TraceNote { readonly file: string; readonly at: Span; readonly message: string }

export interface ReportSuggestion {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly edits: readonly { readonly at: Span; readonly text: string }[];
}
