import { isPlaceholderBody } from '../src/hilt/placeholder.ts';
import { findKeys, isJwt, isReference, looksRandom, secretOf } from '../src/hilt/key-grammar.ts';
import { isKeyName, secretNameKind } from '../src/hilt/names.ts';
import type { Secret, SecretKind } from '../src/hilt/secret.ts';
import { findComposedSecrets, findSecretsComposedByCalls } from '../src/project/composed-secrets.ts';
import { usesHiltPay } from '../src/project/hilt-package.ts';
import { environmentReadIn } from '../src/project/environment-idiom.ts';
import type { Project } from '../src/project/project.ts';
import { requestsAround } from '../src/project/requests/attachment.ts';
import type { CredentialKind } from '../src/project/requests/request.ts';
import { namedValues } from '../src/project/named-values.ts';
import { placeWithin, type Resolved } from '../src/project/resolved.ts';
import { slotsOf, slotsOfNewInstances, type Slot } from '../src/project/slots.ts';
import type { Declaration, ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Span } from '../src/syntax/span.ts';
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
  project.evaluator.renewBudget();
  const ofPackage = module.packageSecrets && usesHiltPay(project, module) ? module.packageSecrets : [];
  for (const { secret, at, form, replaceable, frame } of [...module.secrets, ...ofPackage]) {
    const how = form === 'encoded' ? ' in an encoded form' : form === 'folded' ? ', put together from pieces' : '';
    yield report(secret, at, how, replaceable ? suggestionsFor(module, secret, at, frame) : []);
  }
  const isNew = ({ at }: Report): boolean => !module.secrets.some((known) => known.at[0] < at[1] && at[0] < known.at[1]);
  const composed = findComposedSecrets(project, module);
  for (const { secret, at, replaceable, frame } of composed) {
    yield report(secret, at, ', put together from pieces', replaceable ? suggestionsFor(module, secret, at, frame) : []);
  }
  const inSlots = [slotLiterals, namedLiterals, declaredLiterals, dashboardTokens].flatMap((find) => [...find(project, module)]);
  yield* inSlots.filter((each, index) => isNew(each) && inSlots.findIndex(({ at }) => at[0] === each.at[0] && at[1] === each.at[1]) === index);
  // Last, since it may use up the steps that a module's questions have.
  for (const { secret, at } of findSecretsComposedByCalls(project, module, composed)) yield report(secret, at, ', put together from pieces', []);
}

function report(secret: Secret, at: Span, how: string, suggestions: readonly ReportSuggestion[]): Report {
  const messageId = secret.kind === 'key' ? secret.environment : messageOfKind[secret.kind];
  return { messageId, data: { how }, at, secret, ...(suggestions.length > 0 ? { suggestions } : {}) };
}

/** Literals that only their slot makes secrets: Hilt does not publish what its keys look like. */
function* slotLiterals(project: Project, module: ModuleSummary): Iterable<Report> {
  const seen = new Set<string>();
  for (const { kind, text, at } of literalsFilling(project, module)) {
    // A key by its grammar is found without its slot.
    const secret = findKeys(text, project.keyOptions, module.mentions).length > 0 ? undefined : secretOfSlot(kind, text);
    const identity = `${at[0]}:${at[1]}`;
    if (!secret || seen.has(identity)) continue;
    seen.add(identity);
    yield report(secret, at, '', suggestionsFor(module, secret, at));
  }
}

interface FillingLiteral { readonly kind: Slot['kind']; readonly text: string; readonly at: Span; readonly module: ModuleSummary }

const fillingsOf = new WeakMap<Project, ReadonlyMap<ModuleSummary, readonly FillingLiteral[]>>();

/** Literals of the module that fill a slot, in this module or in one that imports it. */
function literalsFilling(project: Project, module: ModuleSummary): readonly FillingLiteral[] {
  // An editor asks about one file and knows who imports it; a scan asks about all of them.
  if (project.dependents) return fillingLiterals(project, [module, ...project.dependents(module)]).filter((literal) => literal.module === module);
  let byModule = fillingsOf.get(project);
  if (!byModule) fillingsOf.set(project, (byModule = byModuleOf(fillingLiterals(project, [...project.modules.values()]))));
  return byModule.get(module) ?? [];
}

function byModuleOf(literals: readonly FillingLiteral[]): Map<ModuleSummary, FillingLiteral[]> {
  const groups = new Map<ModuleSummary, FillingLiteral[]>();
  for (const literal of literals) groups.set(literal.module, [...(groups.get(literal.module) ?? []), literal]);
  return groups;
}

function fillingLiterals(project: Project, modules: readonly ModuleSummary[]): FillingLiteral[] {
  const slots = [...new Set(modules)].flatMap((each) => [...slotsOf(project, each), ...slotsOfNewInstances(project, each)]);
  return slots.flatMap((slot) => placedLiterals(project.evaluator.head(slot.value)).map((literal) => ({ ...literal, kind: slot.kind })));
}

function literalsIn(value: Resolved, module: ModuleSummary): { text: string; at: Span }[] {
  return placedLiterals(value).filter((literal) => literal.module === module);
}

/** Dashboard sessions in a value, each where it stands in the module. */
function sessionsIn(value: Resolved, module: ModuleSummary): { token: string; at: Span }[] {
  if (value.kind === 'choice') return value.options.flatMap((option) => sessionsIn(option, module));
  if (value.kind === 'concat') return value.parts.flatMap((part) => sessionsIn(part, module));
  const match = value.kind === 'text' ? /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{16,}/.exec(value.text) : null;
  if (value.kind !== 'text' || !match || !isJwt(match[0])) return [];
  const place = placeWithin(value, match.index, match.index + match[0].length);
  return place?.module === module ? [{ token: match[0], at: place.at }] : [];
}

function placedLiterals(value: Resolved): { text: string; at: Span; module: ModuleSummary }[] {
  switch (value.kind) {
    case 'text': {
      const place = placeWithin(value, 0, value.text.length);
      return place ? [{ text: value.text, at: place.at, module: place.module }] : [];
    }
    case 'choice':
      return value.options.flatMap(placedLiterals);
    default:
      return [];
  }
}

function secretOfSlot(kind: Slot['kind'], text: string): Secret | undefined {
  if (isJwt(text)) return secretOf(text, 'dashboard-jwt');
  if (kind === 'webhook-secret') return isWebhookSecret(text) ? secretOf(text, 'webhook-secret') : undefined;
  return looksRandom(text) ? secretOf(text, kind === 'bearer-token' ? 'dashboard-jwt' : 'key') : undefined;
}

/** Any literal is a signing secret, but for placeholders and words that say it is made up. */
function isWebhookSecret(text: string): boolean {
  const body = text.replace(/^whsec_/, '');
  if (body.length < 8 || isReference(text) || isPlaceholderBody(body)) return false;
  if (looksRandom(body)) return true;
  const words = body.toLowerCase().split(/[^a-z0-9]+/);
  return !words.some((word) => madeUp.has(word)) && !words.every((word) => saysWhatItIs.has(word));
}

const madeUp: ReadonlySet<string> = new Set(['test', 'testing', 'dummy', 'mock', 'local', 'dev']);
/** `my_webhook_secret`: what stands there, and not what it is. */
const saysWhatItIs: ReadonlySet<string> = new Set(['a', 'the', 'my', 'our', 'hilt', 'webhook', 'webhooks', 'signing', 'secret', 'key', 'value', 'shared', 'super', 'some', 'whsec']);

/** `const HILT_WEBHOOK_SECRET = "…"`, and what stands in for the variable: `process.env.HILT_WEBHOOK_SECRET ?? "…"`. */
function* namedLiterals(project: Project, module: ModuleSummary): Iterable<Report> {
  const seen = new Set<string>();
  for (const { name, value } of namedValues(module)) {
    if (!isKeyName(name, project.keyOptions) && secretNameKind(name) === undefined) continue;
    for (const { text, at } of literalsIn(project.evaluator.look(module, value), module)) {
      const secret = findKeys(text, project.keyOptions, module.mentions).length > 0 ? undefined : secretOfName(project, module, name, text);
      if (!secret || seen.has(at.join())) continue;
      seen.add(at.join());
      yield report(secret, at, '', suggestionsFor(module, secret, at));
    }
  }
}

/** Dashboard sessions that are sent to Hilt; the same token elsewhere is another product's. */
function* dashboardTokens(project: Project, module: ModuleSummary): Iterable<Report> {
  const seen = new Set<string>();
  for (const { url, credentials } of requestsAround(project, module)) {
    if (url.host !== 'hilt') continue;
    for (const { kind, value } of credentials) {
      if (!tokenCredentials.has(kind) || !value) continue;
      for (const { token, at } of sessionsIn(value, module)) {
        if (seen.has(at.join())) continue;
        seen.add(at.join());
        yield report(secretOf(token, 'dashboard-jwt'), at, '', []);
      }
    }
  }
}

const tokenCredentials = new Set<CredentialKind>(['bearer', 'authorization', 'cookie', 'browser-cookies']);

/** `HILT_WEBHOOK_SECRET=…` and `HILT_API_KEY=…` in files that declare variables. */
function* declaredLiterals(project: Project, module: ModuleSummary): Iterable<Report> {
  for (const declaration of module.declarations) {
    const { value, valueAt } = declaration;
    if (value.kind !== 'text') continue;
    const secret = secretOfName(project, module, nameOf(module, declaration), value.text);
    if (secret) yield report(secret, value.at ?? valueAt, '', []);
  }
}

/** Terraform writes names in small letters: `variable "hilt_api_key" { default = "…" }`, `hilt_api_key = "…"`. */
function nameOf({ language }: ModuleSummary, { name, path }: Declaration): string {
  if (language !== 'hcl') return name;
  const named = name === 'default' && path.at(-2) === 'variable' ? (path.at(-1) ?? name) : name;
  return /^[a-z][a-z0-9_]*$/.test(named) ? named.toUpperCase() : named;
}

function secretOfName(project: Project, module: ModuleSummary, name: string, text: string): Secret | undefined {
  const kind = secretNameKind(name);
  if (kind === 'webhook-secret') return isWebhookSecret(text) ? secretOf(text, 'webhook-secret') : undefined;
  if (kind === 'bearer-token') return isJwt(text) ? secretOf(text, 'dashboard-jwt') : undefined;
  if (kind === 'delivery-claim') return looksRandom(text) ? secretOf(text, 'delivery-claim') : undefined;
  // Another product uses the name HILT_API_KEY too, so a value without Hilt's prefix needs more evidence.
  if (!isKeyName(name, project.keyOptions) || module.mentions.other || !isHiltPayProject(project)) return undefined;
  return looksRandom(text) ? secretOf(text, 'key') : undefined;
}

function isHiltPayProject(project: Project): boolean {
  const modules = [...project.modules.values()];
  return modules.some((module) => module.mentions.hiltPay) && !modules.some((module) => module.mentions.other);
}

/** The file's own way to read the environment. Python needs an import beside it, so nothing is suggested there. */
function suggestionsFor(module: ModuleSummary, secret: Secret, at: Span, [before, after]: readonly [string, string] = ['', '']): ReportSuggestion[] {
  if (secret.kind !== 'key' && secret.kind !== 'webhook-secret') return [];
  const read = module.language === 'python' ? undefined : environmentReadIn(module, secret.kind === 'key' ? 'HILT_API_KEY' : 'HILT_WEBHOOK_SECRET');
  return read === undefined ? [] : [{ messageId: 'readEnvironment', data: { code: read.code }, edits: [...read.edits, { at, text: before + read.code + after }] }];
}
