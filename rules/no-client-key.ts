import { exposuresOf } from '../src/project/client/exposures.ts';
import type { Exposure } from '../src/project/client/exposure.ts';
import type { ModuleSummary } from '../src/syntax/module-summary.ts';
import type { Report, Rule, RuleContext } from './rule.ts';

export const noClientKey: Rule = {
  id: 'no-client-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow Hilt keys, and code that wants them, in what a browser or a mobile app downloads',
      url: 'https://github.com/hilt-guard/hilt-guard/blob/main/docs/rules/no-client-key.md',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      bundleSecret: '{{ subject }} {{ ships }} to {{ client }}.',
      bundleSecretHelp: 'Revoke the key, and call Hilt from a server instead: a route handler, a server action or your own API.',
      bundleValue: '{{ subject }} {{ isInlined }} into code that ships to {{ client }}: its value can be read there.',
      bundleValueHelp: 'Rename it so that {{ what }} does not inline it, read it on the server only, and revoke the key if it was ever deployed.',
      bundleCode: '{{ subject }} {{ isRead }} by code that ships to {{ client }}.',
      bundleCodeHelp: 'Move the call to a route handler or a server action, or import only types.',
      slot: '`{{ slot }}` {{ isFilled }} by code that ships to {{ client }}.',
      slotHelp: 'A client must not hold a key, wherever it gets it from: call your own server, and set the header there.',
      handedOver: '{{ subject }} {{ isHanded }} to {{ client }} by {{ giver }} ({{ what }}).',
      handedOverHelp: 'Hand over only what the client shows; keep the key on the server, and revoke it if it was ever deployed.',
      publicName: '{{ subject }} {{ isPublic }}: {{ what }} puts variables of that name into what {{ client }} downloads.',
      publicNameHelp: 'Rename it without the public prefix, read it on the server only, and revoke the key if it was ever deployed.',
      injected: '{{ subject }} {{ isPut }} into what {{ client }} downloads ({{ what }}).',
      injectedHelp: 'Take it out of this configuration, read it on the server only, and revoke the key if it was ever deployed.',
      native: '{{ subject }} {{ isPacked }} into {{ what }}, where anyone can read it.',
      nativeHelp: 'Take it out of the app, call Hilt from your own server, and revoke the key if it was ever released.',
      carrier: '{{ subject }} {{ isServed }} with {{ what }}.',
      carrierHelp: 'Move it out of the folder that is served, and revoke the key.',
    },
    severity: 'error',
  },
  wholeProject: true,
  check,
};

function* check(module: ModuleSummary, { project }: RuleContext): Iterable<Report> {
  for (const exposure of exposuresOf(project).get(module.file) ?? []) yield reportOf(exposure);
}

function reportOf(exposure: Exposure): Report {
  const { at, confidence, secret, name, trace } = exposure;
  return {
    messageId: messageIdOf(exposure),
    data: dataOf(exposure),
    at,
    confidence,
    exposure: exposure.exposure,
    ...(secret ? { secret } : {}),
    ...(name === undefined ? {} : { name }),
    ...(trace.length > 0 ? { trace } : {}),
  };
}

function messageIdOf({ reason, secret, exposure }: Exposure): string {
  switch (reason) {
    case 'bundle':
      return secret ? 'bundleSecret' : exposure === 'value' ? 'bundleValue' : 'bundleCode';
    case 'handed-over':
      return 'handedOver';
    case 'public-name':
      return 'publicName';
    default:
      return reason;
  }
}

function dataOf({ confidence, secret, name, what, client, giver, slot }: Exposure): Record<string, string> {
  const may = confidence === 'possible';
  const verb = (passive: string): string => (may ? `may be ${passive}` : `is ${passive}`);
  const subject = secret ? `A ${secret.environment === 'unknown' ? '' : `${secret.environment} `}Hilt ${secret.kind === 'key' ? 'key' : 'secret'}` : `\`${name ?? 'A Hilt key'}\``;
  return {
    subject, client: client ?? 'the browser', giver: giver ?? 'the server', what, slot: slot ?? 'X-Hilt-Key',
    ships: may ? 'may ship' : 'ships',
    isInlined: verb('inlined'),
    isRead: verb('read'),
    isFilled: verb('set'),
    isHanded: verb('handed'),
    isPublic: may ? 'may be public' : 'is public',
    isPut: verb('put'),
    isPacked: verb('packed'),
    isServed: verb('served'),
  };
}
