import { makeKey } from '../../support/keys.ts';
import type { Canary, Environment, Probe } from './probe.ts';

const token = /\{\{(key|body|base64|reversed|codes|var|public|env|id)(?::([a-z0-9-]+))?(?::([A-Z_]+))?\}\}/g;
const leftover = /\{\{[a-z0-9]+(?::[a-z0-9-]+)?\}\}/;

export interface ExpandedProbe {
  /** From the application's root. */
  readonly files: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
  /** Path of the module that the application's entry imports, if the probe has one. */
  readonly entry: string | undefined;
  readonly canaries: readonly Canary[];
}

interface Draft { readonly carriers: Set<string>; variable?: string }

/** The probe's files with keys and variable names in place of tokens, and the canaries that they hold. */
export function expandProbe(probe: Probe, environment: Environment): ExpandedProbe {
  const drafts = new Map<string, Draft>();
  const files = new Map<string, string>();
  const folder = `src/probes/${probe.id}`;
  const sources = [
    ...Object.entries(probe.files ?? {}).map(([path, text]) => [`${folder}/${path}`, text] as const),
    ...Object.entries(probe.root ?? {}),
  ];
  const put = (text: string): string => text.replace(token, (_, kind: string, name?: string, prefix?: string) => fill(probe, environment, drafts, { kind, name: name ?? 'key', prefix: prefix ?? '' }));
  for (const [path, text] of sources) files.set(put(path), put(text));
  for (const [path, text] of files) {
    const unknown = leftover.exec(text);
    if (unknown) throw new Error(`Probe ${probe.id}: unknown token ${unknown[0]} in ${path}.`);
  }
  const paths = [...files.keys()];
  const entry = paths.find((path) => path === `${folder}/main.js` || path === `${folder}/main.ts`);
  const links = new Map(Object.entries(probe.links ?? {}).map(([path, target]) => [put(path), put(target)]));
  return { files, links, entry, canaries: [...drafts].map(([name, draft]) => finishCanary(probe, name, draft, paths)) };
}

function fill(probe: Probe, environment: Environment, drafts: Map<string, Draft>, { kind, name, prefix }: { kind: string; name: string; prefix: string }): string {
  if (kind === 'id') return probe.id;
  if (kind === 'env') return environment.object;
  const draft = drafts.get(name) ?? { carriers: new Set([keyOf(probe, name)]) };
  drafts.set(name, draft);
  if (kind === 'var' || kind === 'public') {
    draft.variable = (kind === 'public' ? environment.publicPrefix : prefix) + variableName(probe, name);
    return draft.variable;
  }
  const text = encode(keyOf(probe, name), kind);
  draft.carriers.add(text);
  return text;
}

/** Only the probe and the name decide, so a canary is the same key under every bundler. */
function keyOf(probe: Probe, name: string): string {
  return makeKey('live', `oracle/${probe.id}/${name}`);
}

/** The words before `HILT_API_KEY`: after it they could read as `HILT_KEY_ID`, which is no key name. */
function variableName(probe: Probe, name: string): string {
  const words = name === 'key' ? probe.id : `${probe.id}-${name}`;
  return `${words.replaceAll('-', '_').toUpperCase()}_HILT_API_KEY`;
}

function encode(key: string, kind: string): string {
  if (kind === 'body') return key.slice('hk_live_'.length);
  if (kind === 'base64') return Buffer.from(key).toString('base64');
  if (kind === 'reversed') return [...key].reverse().join('');
  if (kind === 'codes') return [...key].map((character) => character.charCodeAt(0)).join(',');
  return key;
}

function finishCanary(probe: Probe, name: string, draft: Draft, files: readonly string[]): Canary {
  const at = probe.at?.[name];
  return {
    id: `${probe.id}/${name}`,
    key: keyOf(probe, name),
    carriers: [...draft.carriers],
    bare: probe.bare?.includes(name) ?? false,
    files,
    ...(draft.variable === undefined ? {} : { variable: draft.variable }),
    ...(at === undefined ? {} : { at }),
  };
}
