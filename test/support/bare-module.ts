import type { Comment, Language, ModuleSummary, SecretOccurrence } from '../../src/syntax/module-summary.ts';

export interface BareModule {
  readonly file?: string;
  readonly language?: Language;
  readonly parse?: ModuleSummary['parse'];
  readonly comments?: readonly Comment[];
  readonly secrets?: readonly SecretOccurrence[];
}

/** A summary that holds nothing but what the test is about. */
export function bareModule({ file = 'src/a.ts', language = 'ts', parse = 'full', comments = [], secrets = [] }: BareModule = {}): ModuleSummary {
  return {
    file, language, parse, comments, secrets,
    mentions: { key: true, hilt: true, hiltPay: false, other: false },
    directives: [], imports: [], exports: [], bindings: {}, functions: [], classes: [], statements: [], uses: [], declarations: [], folds: [], branches: [], reads: [],
  };
}
