import { sharedKeysOf, type SharedKey } from '../src/project/integrations/shared-keys.ts';
import type { KeyUse } from '../src/project/integrations/key-uses.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Report, Rule, RuleContext, TraceNote } from './rule.ts';

export const noSharedKey: Rule = {
  id: 'no-shared-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a Hilt key of its own for each integration',
      url: 'https://github.com/hilt-guard/hilt-guard/blob/main/docs/rules/no-shared-key.md',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      shared: '{{ key }} is used by {{ count }} integrations: {{ integrations }}.',
      sharedHelp: 'Create one key for each at app.hilt.so, named for what uses it ({{ names }}), hand each integration only its own, and revoke the shared one.',
    },
    severity: 'error',
  },
  wholeProject: true,
  check,
};

function* check(module: ModuleSummary, { project }: RuleContext): Iterable<Report> {
  if (project.module(module.file) !== module) return;
  for (const shared of sharedKeysOf(project)) {
    const use = placeOfFinding(shared, (file) => project.modules.has(file));
    if (use?.file === module.file) yield report(shared, use);
  }
}

/** The second integration's use in path order; where no finding can stand there, the next use, the first, or the read itself. */
function placeOfFinding({ uses }: SharedKey, isJudgedFile: (file: string) => boolean): KeyUse['place'] | undefined {
  const [first, ...others] = uses;
  const places = [...others, ...(first ? [first] : [])].flatMap(({ place, read }) => (read ? [place, read] : [place]));
  return places.find(({ file }) => isJudgedFile(file));
}

function report(shared: SharedKey, { at }: KeyUse['place']): Report {
  const { origin, uses, proposals } = shared;
  const names = uses.map(({ integration }) => integration.name);
  return {
    messageId: 'shared',
    data: { key: describeKey(shared), count: String(uses.length), integrations: listOf(names), names: proposals.join(', ') },
    at,
    ...(origin.kind === 'literal' ? { secret: origin.secret } : { name: origin.name }),
    trace: traceOf(shared),
  };
}

function describeKey({ origin, uses }: SharedKey): string {
  if (origin.kind === 'literal') return `The ${origin.secret.environment === 'unknown' ? '' : `${origin.secret.environment} `}Hilt key \`${origin.secret.preview}\``;
  const names = new Set(uses.flatMap(({ name }) => name ?? []));
  const [only] = names;
  return `\`${origin.kind === 'variable' && names.size === 1 && only !== undefined ? only : origin.name}\``;
}

function traceOf({ uses, origin }: SharedKey): TraceNote[] {
  const notes = uses.map((use): TraceNote => ({ ...use.place, message: `${use.integration.name} ${describeUse(use, origin.kind === 'literal' ? undefined : origin.name)}` }));
  const reads = new Map(uses.flatMap(({ read, name }) => (read ? [[`${read.file}:${read.at[0]}`, { ...read, message: `the read that they share: ${name ?? 'the key'}` }] as const] : [])));
  return [...notes, ...reads.values()];
}

function describeUse({ how, name = 'the key', integration }: KeyUse, original: string | undefined): string {
  switch (how) {
    case 'read':
      return `reads ${name}`;
    case 'written':
      return 'holds the key';
    case 'import':
      return `imports what reads ${name}`;
    case 'given':
      return `(${integration.kind}) is given ${original === undefined || original === name ? name : `${original} as ${name}`}`;
  }
}

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
