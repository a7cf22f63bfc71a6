import type { Secret, SecretKind } from '../src/hilt/secret.ts';
import { findComposedSecrets, findSecretsComposedByCalls } from '../src/project/composed-secrets.ts';
import { environmentReadIn } from '../src/project/environment-idiom.ts';
import { usesHiltPay } from '../src/project/hilt-package.ts';
import { secretsDeclared, secretsUnderNames } from '../src/project/literals/named-literals.ts';
import { oncePerPlace } from '../src/project/literals/placed-literals.ts';
import { sentSessions } from '../src/project/literals/sent-sessions.ts';
import { secretsInPath } from '../src/project/literals/secrets-in-path.ts';
import { secretsInSlots } from '../src/project/literals/slot-literals.ts';
import type { Project } from '../src/project/project.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import { overlap, type Span } from '../src/syntax/span.ts';
import type { Report, ReportSuggestion, Rule, RuleContext } from './rule.ts';

export const noHardcodedKey: Rule = {
  id: 'no-hardcoded-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow Hilt keys and other Hilt secrets that can be read from the repository',
      url: 'https://github.com/hilt-guard/hilt-guard/blob/main/docs/rules/no-hardcoded-key.md',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      live: 'A live Hilt key is written into the repository{{ how }}.',
      liveHelp: 'Revoke it at app.hilt.so, create a new one, and read that from the environment or a secret manager.',
      sandbox: 'A sandbox Hilt key is written into the repository{{ how }}.',
      sandboxHelp: 'Revoke it at app.hilt.so, create a new one, and read that from the environment: a sandbox key is a secret too.',
      unknown: 'A Hilt key is written into the repository{{ how }}.',
      unknownHelp: 'Read it from the environment or a secret manager; if it was ever pushed, revoke it at app.hilt.so.',
      setupToken: 'A Hilt agent setup token is written into the repository{{ how }}.',
      setupTokenHelp: 'Remove it and start a new agent setup: whoever holds the token can finish this one.',
      webhookSecret: 'A Hilt webhook signing secret is written into the repository.',
      webhookSecretHelp: 'Rotate the signing secret at app.hilt.so and read it from the environment: whoever holds it can forge events.',
      dashboardJwt: 'A Hilt dashboard session token is written into the repository.',
      dashboardJwtHelp: 'Sign out of that session and remove the token; a backend uses an API key from the environment.',
      deliveryClaim: 'A Hilt delivery claim is written into the repository.',
      deliveryClaimHelp: 'Remove it: together with the setup token it recovers a live key.',
      path: 'A Hilt key stands in the name of the file.',
      pathHelp: 'Revoke it at app.hilt.so and rename the file: names are seen in listings, logs and links, and stay in the history.',
      readEnvironment: 'Read it from the environment: `{{ code }}`.',
    },
    severity: 'error',
  },
  check,
};

const messageOfKind: Readonly<Record<Exclude<SecretKind, 'key'>, string>> = {
  'setup-token': 'setupToken',
  'webhook-secret': 'webhookSecret',
  'dashboard-jwt': 'dashboardJwt',
  'delivery-claim': 'deliveryClaim',
};

function* check(module: ModuleSummary, { project }: RuleContext): Iterable<Report> {
  for (const secret of secretsInPath(project, module)) yield { messageId: 'path', at: [0, 0], secret };
  const ofPackage = module.packageSecrets && usesHiltPay(project, module) ? module.packageSecrets : [];
  for (const { secret, at, form, replaceable, frame } of [...module.secrets, ...ofPackage]) {
    const how = form === 'encoded' ? ' in an encoded form' : form === 'folded' ? ', put together from pieces' : '';
    yield report(secret, at, how, replaceable ? suggestionsFor(module, secret, at, frame) : []);
  }
  const composed = findComposedSecrets(project, module);
  for (const { secret, at, replaceable, frame } of composed) {
    yield report(secret, at, ', put together from pieces', replaceable ? suggestionsFor(module, secret, at, frame) : []);
  }
  yield* placedSecrets(project, module);
  // Last, since it may use up the steps that a module's questions have.
  for (const { secret, at } of findSecretsComposedByCalls(project, module, composed)) yield report(secret, at, ', put together from pieces', []);
}

function report(secret: Secret, at: Span, how: string, suggestions: readonly ReportSuggestion[]): Report {
  const messageId = secret.kind === 'key' ? secret.environment : messageOfKind[secret.kind];
  return { messageId, data: { how }, at, secret, ...(suggestions.length > 0 ? { suggestions } : {}) };
}

/** What its place makes a secret, but for what holds a secret by its grammar. */
function placedSecrets(project: Project, module: ModuleSummary): Report[] {
  const replaceable = [...secretsInSlots(project, module), ...secretsUnderNames(project, module)];
  const reports = [
    ...replaceable.map(({ secret, at }) => report(secret, at, '', placedSuggestions(module, secret, at))),
    ...[...secretsDeclared(project, module), ...sentSessions(project, module)].map(({ secret, at }) => report(secret, at, '', [])),
  ];
  return oncePerPlace(reports).filter(({ at }) => !module.secrets.some((known) => overlap(known.at, at)));
}

/** An attribute takes code in braces; one of Vue takes none under its name. */
function placedSuggestions(module: ModuleSummary, secret: Secret, at: Span): readonly ReportSuggestion[] {
  const isAttribute = module.uses.some((use) => use.kind === 'element' && use.element.props.entries.some(({ valueAt, value }) => value.kind === 'text' && overlap(valueAt, at)));
  if (!isAttribute) return suggestionsFor(module, secret, at);
  return module.language === 'vue' ? [] : suggestionsFor(module, secret, at, ['{', '}']);
}

/** The file's own way to read the environment. Python needs an import beside it, so nothing is suggested there. */
function suggestionsFor(module: ModuleSummary, secret: Secret, at: Span, [before, after]: readonly [string, string] = ['', '']): ReportSuggestion[] {
  if (secret.kind !== 'key' && secret.kind !== 'webhook-secret') return [];
  const read = module.language === 'python' ? undefined : environmentReadIn(module, secret.kind === 'key' ? 'HILT_API_KEY' : 'HILT_WEBHOOK_SECRET', at);
  return read === undefined ? [] : [{ messageId: 'readEnvironment', data: { code: read.code }, edits: [...read.edits, { at, text: before + read.code + after }] }];
}
