import { environmentReadIn } from '../src/project/environment-idiom.ts';
import { isClientCode } from '../src/project/client/client-code.ts';
import type { Project } from '../src/project/project.ts';
import { requestsAround, spanIn, stepsTo } from '../src/project/requests/attachment.ts';
import { namedKeyIn } from '../src/project/requests/named-key.ts';
import type { Credential, CredentialKind, Request } from '../src/project/requests/request.ts';
import { shownSecrets } from '../src/project/requests/shown-secrets.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Span } from '../src/syntax/span.ts';
import type { Report, ReportSuggestion, Rule, RuleContext } from './rule.ts';

export const noDashboardAuth: Rule = {
  id: 'no-dashboard-auth',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow dashboard cookies and session tokens where the Hilt API takes a key',
      url: 'https://github.com/hilt-guard/hilt-guard/blob/main/docs/rules/no-dashboard-auth.md',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      cookie: '`{{ name }}` sends the cookies of a dashboard session with `{{ route }}`, which takes an API key.',
      cookieHelp: 'Create a key for this program and send it as `X-Hilt-Key`, read from the environment.',
      possibleCookie: '`{{ name }}` may send the cookies of a dashboard session with `{{ route }}`.',
      possibleCookieHelp: 'If the route takes an API key, send one as `X-Hilt-Key`, read from the environment, and no cookies.',
      bearer: '`{{ name }}` sends a dashboard session token with `{{ route }}`, which takes an API key.',
      bearerHelp: 'Create a key for this program and send it as `X-Hilt-Key`, read from the environment.',
      possibleBearer: '`{{ name }}` may send a dashboard session token with `{{ route }}`.',
      possibleBearerHelp: 'If the route takes an API key, send one as `X-Hilt-Key`, read from the environment.',
      replaceHeader: 'Send a key: `{{ code }}`.',
      replaceOption: 'Send a key: `{{ code }}`.',
      removeCookies: 'Send no cookies: `{{ code }}`.',
    },
    severity: 'error',
  },
  check,
};

const cookieKinds = new Set<CredentialKind>(['cookie', 'cookie-jar', 'credentials-include', 'with-credentials', 'browser-cookies']);

function* check(module: ModuleSummary, { project }: RuleContext): Iterable<Report> {
  if (module.mentions.other && !module.mentions.hiltPay) return;
  const best = new Map<string, Report>();
  for (const request of requestsAround(project, module)) {
    for (const credential of borrowed(project, request)) {
      const at = spanIn(module, credential.place, request);
      if (!at || isClientCode(project, credential.place) || isClientCode(project, request.place)) continue;
      const report = reportOf(project, module, request, credential, at);
      const known = best.get(at.join());
      if (!known || (known.confidence === 'possible' && report.confidence === 'certain')) best.set(at.join(), report);
    }
  }
  yield* best.values();
}

/** The credentials of a request that a dashboard session gave, where a key should go. */
function borrowed(project: Project, request: Request): Credential[] {
  const { url, auth, credentials } = request;
  if (url.host !== 'hilt' && url.host !== 'probably-hilt') return [];
  if (auth !== 'key' && auth !== 'unknown') return [];
  // With a key along, the key is what counts.
  if (credentials.some(({ kind }) => kind === 'key-header')) return [];
  return credentials.filter((credential) => {
    // Headers that are passed on hold a cookie or not; on a route that nobody documents that is too little to go by.
    if (credential.name === 'headers' && auth === 'unknown') return false;
    if (!cookieKinds.has(credential.kind) && credential.kind !== 'bearer' && credential.kind !== 'authorization') return false;
    // A key in the wrong place is `require-key-header`'s ground.
    const isKey = credential.value !== undefined && shownSecrets(project, credential.value).some(({ what, kind }) => what === 'key' && kind !== 'environment');
    return !isKey && (credential.value === undefined || namedKeyIn(project, credential.value, 'credential') === undefined);
  });
}

function reportOf(project: Project, module: ModuleSummary, request: Request, credential: Credential, at: Span): Report {
  const isUncertain = request.auth === 'unknown' || request.url.host === 'probably-hilt' || credential.confidence === 'possible' || credential.kind === 'authorization' || (request.isOpen && credential.kind !== 'bearer');
  const kind = cookieKinds.has(credential.kind) ? 'cookie' : 'bearer';
  const possible = kind === 'cookie' ? 'possibleCookie' : 'possibleBearer';
  const secret = credential.value ? shownSecrets(project, credential.value).find((each) => each.secret)?.secret : undefined;
  const suggestions = credential.place.module === module ? suggestionsFor(module, request, credential) : [];
  return {
    messageId: isUncertain ? possible : kind,
    data: { name: credential.name, route: request.label },
    at,
    confidence: isUncertain ? 'possible' : 'certain',
    name: `${credential.name} ${request.label}`,
    trace: stepsTo(request),
    ...(secret ? { secret } : {}),
    ...(suggestions.length > 0 ? { suggestions } : {}),
  };
}

/** Only for one property of an object literal: elsewhere a rewrite would have to see more than it. */
function suggestionsFor(module: ModuleSummary, request: Request, { kind, name, place, isProperty }: Credential): ReportSuggestion[] {
  const read = environmentReadIn(module, 'HILT_API_KEY', place.at);
  if (!isProperty || read === undefined || module.language === 'python') return [];
  const rewrite = (messageId: string, code: string): ReportSuggestion[] => [{ messageId, data: { code }, edits: [...(code.includes(read.code) ? read.edits : []), { at: place.at, text: code }] }];
  if (name === 'Authorization' || name === 'Cookie') return rewrite('replaceHeader', `"X-Hilt-Key": ${read.code}`);
  if (name === 'bearerToken of HiltClient') return rewrite('replaceOption', `apiKey: ${read.code}`);
  const hasHeaders = request.headers.length > 0 || request.isOpen;
  if (kind === 'credentials-include') return hasHeaders ? rewrite('removeCookies', 'credentials: "omit"') : rewrite('replaceOption', `headers: { "X-Hilt-Key": ${read.code} }`);
  if (kind === 'with-credentials' && name === 'withCredentials') return hasHeaders ? rewrite('removeCookies', 'withCredentials: false') : rewrite('replaceOption', `headers: { "X-Hilt-Key": ${read.code} }`);
  return [];
}
