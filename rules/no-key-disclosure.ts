import { sinksOf } from '../src/project/disclosure/find-sinks.ts';
import { keyHeader } from '../src/hilt/header.ts';
import type { Sink, SinkKind } from '../src/project/disclosure/sink.ts';
import type { Project } from '../src/project/project.ts';
import { requestsAround, spanIn, stepsTo } from '../src/project/requests/attachment.ts';
import type { Request } from '../src/project/requests/request.ts';
import { placeInAddress } from '../src/project/requests/given-address.ts';
import type { Form } from '../src/project/requests/printed-forms.ts';
import { keyFlowsOf, type KeyFlows } from '../src/project/requests/key-flows.ts';
import { shownSecrets, type ShownSecret } from '../src/project/requests/shown-secrets.ts';
import type { Place, Resolved } from '../src/project/resolved.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Span } from '../src/syntax/span.ts';
import type { Report, Rule, RuleContext, TraceNote } from './rule.ts';
import { contains } from '../src/syntax/span.ts';

export const noKeyDisclosure: Rule = {
  id: 'no-key-disclosure',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow Hilt keys that leave the program otherwise than as X-Hilt-Key to Hilt',
      url: 'https://github.com/hilt-guard/hilt-guard/blob/main/docs/rules/no-key-disclosure.md',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      log: '{{ subject }} is written to a log by `{{ sink }}`.',
      logHelp: 'Log that a key is set (`Boolean(key)`), its name, or its `key_prefix`, never the key.',
      tracker: '{{ subject }} is sent to an outside service by `{{ sink }}`.',
      trackerHelp: 'Take it out of what is sent: error trackers and analytics keep what they get, and show it to many.',
      otherHost: '{{ subject }} is sent to `{{ sink }}`, which is not Hilt.',
      otherHostHelp: 'Send a Hilt key to api.hilt.so only. If this is a proxy of yours, list it under "hosts" in the configuration.',
      url: '{{ subject }} is part of a URL, which proxies and logs keep.',
      urlHelp: 'Send the key as `X-Hilt-Key`.',
      message: '{{ subject }} is sent in a message (`{{ sink }}`).',
      messageHelp: 'Take it out of the message: chats, mailboxes and sockets hand it to others and keep it.',
      model: '{{ subject }} is told to a language model (`{{ sink }}`).',
      modelHelp: 'Keep it out of prompts and of what tools answer: a tool calls Hilt with the key itself, and hands on what Hilt answers.',
      response: '{{ subject }} is part of an HTTP response (`{{ sink }}`).',
      responseHelp: 'Answer with what the client shows, never with the key.',
      error: '{{ subject }} is part of an error that is thrown.',
      errorHelp: 'Say in the error that the key is missing or refused; errors end up in logs, trackers and responses.',
      process: '{{ subject }} is an argument of a child process (`{{ sink }}`).',
      processHelp: 'Hand it over in the environment of the child: every user of the machine can list arguments.',
      file: '{{ subject }} is written to a file that is served to anyone (`{{ sink }}`).',
      fileHelp: 'Keep it out of public folders, and revoke the key if the file was ever deployed.',
      trackedFile: '{{ subject }} is written to `{{ sink }}`, a file of the repository.',
      trackedFileHelp: 'Write it to a file that git ignores, or hand it over in the environment.',
      storage: '{{ subject }} is stored on the user\'s device by `{{ sink }}`.',
      storageHelp: 'Keep the key on your server: whoever has the device, and every script of the page, can read what is stored there.',
      script: '{{ subject }} is handed to a {{ sink }}.',
      scriptHelp: 'Take the attribute out: whoever wrote that script, and every visitor, can read it.',
      foreignClient: 'The key goes along with requests of `HiltClient` to a host that is not Hilt\'s (`{{ sink }}`).',
      foreignClientHelp: 'Use Hilt\'s own base URL and relative paths. If this is a proxy of yours, list it under "hosts" in the configuration.',
    },
    severity: 'error',
  },
  check,
};

const messageOfSink: Readonly<Record<SinkKind, string>> = {
  log: 'log', tracker: 'tracker', message: 'message', model: 'model', response: 'response', error: 'error', process: 'process', file: 'file', 'tracked-file': 'trackedFile', storage: 'storage', script: 'script', 'foreign-client': 'foreignClient',
};

function* check(module: ModuleSummary, { project }: RuleContext): Iterable<Report> {
  if (module.mentions.other && !module.mentions.hiltPay) return;
  const flows = keyFlowsOf(project, module);
  const seen = new Set<string>();
  for (const report of [...reportsOfSinks(project, module, flows), ...reportsOfRequests(project, module, flows)]) {
    const identity = `${report.at.join()} ${report.messageId}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    yield report;
  }
}

function* reportsOfSinks(project: Project, module: ModuleSummary, flows: KeyFlows): Iterable<Report> {
  for (const sink of sinksOf(project, module)) {
    const value = project.evaluator.head(sink.value);
    if (sink.kind === 'foreign-client') {
      yield { messageId: 'foreignClient', data: { sink: sink.name }, at: spanOf(module, sink, undefined), name: sink.name, ...(sink.confidence ? { confidence: sink.confidence } : {}) };
      continue;
    }
    const own = new Set([...namesIn(project, sink), ...(sink.isPage ? namesOfHanded(project, value) : [])]);
    for (const secret of shownSecrets(project, value, flows, formOf(sink))) {
      if (own.has(secret.name)) continue;
      // Bundlers fill `import.meta.env` with public names only.
      if (secret.kind === 'environment' && secret.name === 'import.meta.env') continue;
      const shown = sink.confidence ? { ...secret, confidence: sink.confidence } : secret;
      yield reportOf(messageOfSink[sink.kind], shown, sink.name, spanOf(module, sink, secret), traceOf(module, sink, secret));
    }
  }
}

/** Python's logs write what an object says of itself; a storage, which takes texts alone, and an answer what a text or JSON is made of. */
function formOf({ kind, name, place }: Sink): Form {
  if (kind === 'response') return 'answer';
  if (kind === 'storage') return /^(?:window\.)?(?:localStorage|sessionStorage|document\.cookie)/.test(name) ? 'text' : 'whole';
  if (place.module.language === 'python' && (kind === 'log' || kind === 'error')) return 'text';
  return kind === 'log' ? 'log' : 'whole';
}

/** What `no-client-key` tells of a page: keys, and variables that are named for them. */
function namesOfHanded(project: Project, value: Resolved): string[] {
  return shownSecrets(project, value).filter(({ kind }) => kind === 'secret' || kind === 'variable').map(({ name }) => name);
}

/** The secrets that a wrapper discloses whatever it is given: its own module reports them. */
function namesIn(project: Project, { value, place, calls }: Sink): ReadonlySet<string> {
  if (calls.length === 0 || !(place.module.mentions.hilt || place.module.mentions.key)) return new Set();
  return new Set(shownSecrets(project, project.evaluator.head({ ...value, frame: undefined })).map(({ name }) => name));
}

/** The part of the value that holds the secret, where it is written there; else the value; for a wrapper, its call. */
function spanOf(module: ModuleSummary, { kind, value, place, calls }: Sink, secret: ShownSecret | undefined): Span {
  const call = calls[0];
  if (call) return call.at;
  // A list that is spread, or options that are written elsewhere, are handed over here.
  const isHere = value.module === module && value.at !== undefined && (kind === 'foreign-client' || contains(place.at, value.at));
  const at = isHere && value.at ? value.at : place.at;
  const inner = secret?.place;
  return inner && inner.module === module && inner.at[0] >= at[0] && inner.at[1] <= at[1] ? inner.at : at;
}

function traceOf(module: ModuleSummary, sink: Sink, secret: ShownSecret): TraceNote[] {
  const trace: TraceNote[] = [];
  const origin = secret.place;
  if (origin && (origin.module !== module || !contains(sink.value.at ?? sink.place.at, origin.at))) trace.push({ file: origin.module.file, at: origin.at, message: secret.name });
  if (sink.calls.length > 0) trace.push({ file: sink.place.module.file, at: sink.place.at, message: sink.name });
  return trace;
}

function reportOf(messageId: string, secret: ShownSecret, sink: string, at: Span, trace: readonly TraceNote[]): Report {
  return {
    messageId, data: { subject: subjectOf(secret), sink }, at, name: `${secret.name} ${sink}`,
    ...(secret.secret ? { secret: secret.secret } : {}),
    ...(secret.confidence ? { confidence: secret.confidence } : {}),
    ...(trace.length > 0 ? { trace } : {}),
  };
}

function subjectOf({ kind, name, what, secret, confidence }: ShownSecret): string {
  switch (kind) {
    case 'secret':
      return what === 'key' ? `A ${secret?.environment === 'unknown' ? '' : `${secret?.environment ?? ''} `}Hilt key` : 'A Hilt secret';
    case 'client':
      return confidence === 'possible' ? '`HiltClient`, which may hold a key,' : '`HiltClient`, which holds its key,';
    case 'environment':
      return name === 'expansion' ? 'The environment, with every secret in it,' : `\`${name}\`, with every secret in it,`;
    case 'flow':
      return 'A Hilt key';
    default:
      return `\`${name}\``;
  }
}

interface Sent { readonly value: Resolved; readonly place: Place; readonly messageId: 'otherHost' | 'url'; readonly isPossible?: true; readonly isAddress?: true }

function* reportsOfRequests(project: Project, module: ModuleSummary, flows: KeyFlows): Iterable<Report> {
  for (const request of requestsAround(project, module)) {
    if (request.isSdk) continue;
    for (const { value, place, messageId, isPossible, isAddress } of sentAmiss(project, request)) {
      const own = isAddress ? undefined : spanIn(module, place, request);
      if (!own && !isAddress) continue;
      for (const secret of shownSecrets(project, value, flows)) {
        const at = own ?? spanIn(module, placeInAddress(project, request, secret), request);
        if (!at) continue;
        const host = isPossible ? request.url.otherHosts[0] : request.url.hostName;
        yield { ...reportOf(messageId, secret, host ?? 'another host', at, stepsTo(request)), ...(isPossible ? { confidence: 'possible' as const } : {}) };
      }
    }
  }
}

/** Everything that goes to another host; and what stands in a URL of Hilt's other than its query, which `require-key-header` judges. */
function sentAmiss(project: Project, request: Request): Sent[] {
  const { url } = request;
  const urlPlace = url.place ?? request.place;
  const inUrl = url.values.filter(({ section }) => section !== 'query').map(({ value }): Sent => ({ value, place: urlPlace, messageId: 'url', isAddress: true }));
  if (url.otherHosts.length > 0) return [...inUrl, ...sentWith(project, request, urlPlace).map((sent): Sent => ({ ...sent, isPossible: true }))];
  if (url.host === 'hilt') return inUrl;
  return url.host === 'other' ? sentWith(project, request, urlPlace) : [];
}

function sentWith(project: Project, { url, headers, query, body, credentials, inbound }: Request, urlPlace: Place): Sent[] {
  return [
    ...(inbound && !inbound.without.has(keyHeader.toLowerCase()) ? [{ value: inbound.value, place: inbound.place }] : []),
    ...headers.map((header) => ({ value: project.evaluator.head(header.value), place: header.place })),
    ...[...query, ...body].map((field) => ({ value: project.evaluator.head(field.value), place: field.place })),
    ...credentials.flatMap((credential) => (credential.value && credential.kind !== 'key-header' ? [{ value: credential.value, place: credential.place }] : [])),
    ...url.values.map(({ value, place }) => ({ value, place: place ?? urlPlace, ...(place ? {} : { isAddress: true as const }) })),
  ].map((sent) => ({ ...sent, messageId: 'otherHost' }));
}
