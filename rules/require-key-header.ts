import { isKeyHeader } from '../src/hilt/header.ts';
import { isJwt } from '../src/hilt/key-grammar.ts';
import { environmentReadIn } from '../src/project/environment-idiom.ts';
import type { Project } from '../src/project/project.ts';
import { isLoginToken } from '../src/project/requests/login.ts';
import { requestsAround, spanIn, stepsTo } from '../src/project/requests/attachment.ts';
import { keyOf } from '../src/project/requests/chain.ts';
import { meantKeyIn, misplacedKeysIn, type MisplacedKey } from '../src/project/requests/misplaced-keys.ts';
import type { Request } from '../src/project/requests/request.ts';
import { keyFlowsOf, type KeyFlows } from '../src/project/requests/key-flows.ts';
import { shownSecrets, type ShownSecret } from '../src/project/requests/shown-secrets.ts';
import type { Place, Resolved } from '../src/project/resolved.ts';
import { slotsOf } from '../src/project/slots.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Span } from '../src/syntax/span.ts';
import type { Report, ReportSuggestion, Rule, RuleContext } from './rule.ts';

export const requireKeyHeader: Rule = {
  id: 'require-key-header',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require Hilt keys to be sent in the header X-Hilt-Key and nowhere else',
      url: 'https://github.com/hilt-guard/hilt-guard/blob/main/docs/rules/require-key-header.md',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      authorization: '{{ key }} is sent to Hilt as `{{ where }}`, which is for dashboard sessions.',
      authorizationHelp: 'Send the key as `X-Hilt-Key`, without a scheme before it.',
      possibleAuthorization: '{{ key }} is sent as `{{ where }}` to what may be Hilt, where that is for dashboard sessions.',
      possibleAuthorizationHelp: 'If this goes to Hilt, send the key as `X-Hilt-Key`, without a scheme before it.',
      header: '{{ key }} is sent to Hilt in the header `{{ where }}`, which Hilt does not read.',
      headerHelp: 'Send the key as `X-Hilt-Key`.',
      query: '{{ key }} is part of a URL, which proxies, logs and browser histories keep.',
      queryHelp: 'Send the key as `X-Hilt-Key`: Hilt takes none from a URL.',
      body: '{{ key }} is sent to Hilt in the body of a request, where Hilt does not look for it.',
      bodyHelp: 'Send the key as `X-Hilt-Key`.',
      option: '{{ key }} is given to `HiltClient` as a dashboard session token.',
      optionHelp: 'Give it as `apiKey`, which the client sends as `X-Hilt-Key`.',
      scheme: '{{ key }} is sent in `X-Hilt-Key` behind `{{ where }}`, which Hilt takes for a part of the key.',
      schemeHelp: 'Send the key alone, without a scheme before it.',
      session: '`{{ where }}` holds a dashboard session token, not an API key.',
      sessionHelp: 'Create a key and send that as `X-Hilt-Key`; session tokens go as `Authorization: Bearer` to dashboard routes only.',
      replaceHeader: 'Send it in the right header: `{{ code }}`.',
      replaceOption: 'Give it as the key: `{{ code }}`.',
    },
    severity: 'error',
  },
  check,
};

function* check(module: ModuleSummary, { project }: RuleContext): Iterable<Report> {
  if (module.mentions.other && !module.mentions.hiltPay) return;
  const best = new Map<string, Report>();
  const flows = keyFlowsOf(project, module);
  const requests = requestsAround(project, module);
  const made = new Set<string>();
  // What an object sends that is made here is told where it is asked to, if it is.
  for (const request of [...requests.filter(({ isOfInstance }) => !isOfInstance), ...requests.filter(({ isOfInstance }) => isOfInstance)]) {
    for (const misplaced of misplacedKeysIn(project, request, flows)) {
      const way = [misplaced.place, ...(misplaced.key.place ? [misplaced.key.place] : [])].map(keyOf).join(' ');
      if (request.isOfInstance && made.has(way)) continue;
      made.add(way);
      const at = spanIn(module, misplaced.place, request);
      if (!at) continue;
      const report = reportOf(module, request, misplaced, at);
      const known = best.get(at.join());
      if (!known || (known.confidence === 'possible' && report.confidence === 'certain')) best.set(at.join(), report);
    }
  }
  for (const report of keysGivenAsSessions(project, module, flows)) if (!best.has(report.at.join())) best.set(report.at.join(), report);
  yield* best.values();
  yield* schemesInKeySlots(project, module, flows);
  yield* sessionsInKeySlots(project, module);
}

function reportOf(module: ModuleSummary, request: Request, misplaced: MisplacedKey, at: Span): Report {
  const { how } = misplaced;
  const isUncertain = request.url.host !== 'hilt';
  return {
    ...reportAt(module, misplaced, at),
    messageId: how === 'authorization' && isUncertain ? 'possibleAuthorization' : how,
    confidence: isUncertain ? 'possible' : 'certain',
    trace: stepsTo(request),
  };
}

function reportAt(module: ModuleSummary, misplaced: MisplacedKey, at: Span): Report {
  const { how, where, key } = misplaced;
  const suggestions = misplaced.place.module === module ? suggestionsFor(module, misplaced) : [];
  return {
    messageId: how, data: { key: nameOf(key), where }, at, name: `${how} ${key.name}`,
    ...(key.secret ? { secret: key.secret } : {}),
    ...(suggestions.length > 0 ? { suggestions } : {}),
  };
}

/** `new HiltClient({ bearerToken: key })`, whatever the client is asked for later. */
function* keysGivenAsSessions(project: Project, module: ModuleSummary, flows: KeyFlows): Iterable<Report> {
  for (const slot of slotsOf(project, module)) {
    if (slot.kind !== 'bearer-token') continue;
    const key = meantKeyIn(project, project.evaluator.head(slot.value), flows, 'credential');
    const at = slot.place.module === module ? slot.place.at : slot.calls[0]?.module === module ? slot.calls[0].at : undefined;
    if (key && at) yield reportAt(module, { how: 'option', where: slot.name, key, place: slot.place, isProperty: true }, at);
  }
}

function nameOf({ kind, name }: ShownSecret): string {
  return kind === 'flow' ? 'A Hilt key' : `\`${name}\``;
}

/** Only where the key is a read of a variable in the same file, whose code can be written again. */
function suggestionsFor(module: ModuleSummary, { how, key, place, isProperty }: MisplacedKey): ReportSuggestion[] {
  const { variable } = key;
  if (!isProperty || !variable || variable.access === 'helper' || variable.place.module !== module) return [];
  const read = environmentReadIn(module, variable.name, place.at);
  if (read === undefined || module.language === 'python') return [];
  const isOption = how === 'option';
  if (!isOption && how !== 'authorization' && how !== 'header') return [];
  const code = isOption ? `apiKey: ${read.code}` : `"X-Hilt-Key": ${read.code}`;
  return [{ messageId: isOption ? 'replaceOption' : 'replaceHeader', data: { code }, edits: [...read.edits, { at: place.at, text: code }] }];
}

/** `X-Hilt-Key: Bearer <key>`: the header takes the key alone. Source: docs.hilt.so, `X-Hilt-Key: <key>`. */
function* schemesInKeySlots(project: Project, module: ModuleSummary, flows: KeyFlows): Iterable<Report> {
  const seen = new Set<string>();
  for (const slot of slotsOf(project, module)) {
    if (slot.kind !== 'key' || !isKeyHeader(slot.name)) continue;
    const value = project.evaluator.head(slot.value);
    const scheme = schemeBefore(value);
    const key = scheme === undefined ? undefined : meantKeyIn(project, value, flows);
    const at = slot.place.module === module ? slot.place.at : slot.calls[0]?.module === module ? slot.calls[0].at : undefined;
    if (scheme === undefined || !key || !at || seen.has(at.join())) continue;
    seen.add(at.join());
    yield { messageId: 'scheme', data: { key: nameOf(key), where: scheme }, at, name: `scheme ${key.name}`, ...(key.secret ? { secret: key.secret } : {}) };
  }
}

function schemeBefore(value: Resolved): string | undefined {
  if (value.kind === 'choice') return value.options.map(schemeBefore).find((scheme) => scheme !== undefined);
  const first = value.kind === 'concat' ? value.parts[0] : undefined;
  return first?.kind === 'text' ? /^\s*(Bearer|Basic|Token|ApiKey|Api-Key)\s+$/i.exec(first.text)?.[1] : undefined;
}

/** `X-Hilt-Key: eyJ…`: a session's token where a key belongs. */
function* sessionsInKeySlots(project: Project, module: ModuleSummary): Iterable<Report> {
  const seen = new Set<string>();
  for (const slot of slotsOf(project, module)) {
    if (slot.kind !== 'key') continue;
    const value = project.evaluator.head(slot.value);
    const token = sessionTokenIn(project, value) ?? (isJwtText(value) || isLoginToken(project, module, value) ? { name: 'token', secret: undefined } : undefined);
    const place: Place = slot.value.at ? { module: slot.value.module, at: slot.value.at } : slot.place;
    const at = place.module === module ? place.at : slot.calls[0]?.module === module ? slot.calls[0].at : undefined;
    if (!token || !at || seen.has(at.join())) continue;
    seen.add(at.join());
    yield {
      messageId: 'session', data: { where: slot.name }, at, name: `session ${token.name}`,
      ...(token.secret ? { secret: token.secret } : {}),
      ...(place.module === module ? {} : { trace: [{ file: place.module.file, at: place.at, message: `fills ${slot.name}` }] }),
    };
  }
}

function isJwtText(value: Resolved): boolean {
  return value.kind === 'text' && isJwt(value.text);
}

function sessionTokenIn(project: Project, value: Resolved): ShownSecret | undefined {
  const found = shownSecrets(project, value);
  // A name that falls back to a key is about the key.
  return found.some(({ what }) => what === 'key') ? undefined : found.find(({ what }) => what === 'bearer-token');
}
