import { findKeys } from '../../hilt/key-grammar.ts';
import { isKeyLikeName, isKeyName } from '../../hilt/names.ts';
import { clientOptions } from '../../hilt/sdk.ts';
import type { Secret } from '../../hilt/secret.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { folderOf, isBelow } from '../graph/posix-path.ts';
import { shownSecrets } from '../requests/shown-secrets.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedMember } from '../resolved.ts';
import { isClientClass } from '../slots.ts';

/** A key in a value that is handed over. */
export interface HandedKey {
  readonly secret?: Secret;
  /** The variable, setting or environment that it is read from. */
  readonly name?: string;
  /** The read as a message shows it: `process.env.HILT_API_KEY`. */
  readonly read?: string;
  /** Where it is written or read. */
  readonly place?: Place;
  /** A setting of the server's own configuration: written in a module that does not ship. */
  readonly setting?: true;
  /** The properties that lead to it inside the value: `["config", "key"]`. */
  readonly path: readonly string[];
}

const maxDepth = 8;

/**
 * The keys that whoever gets a value can read from it, with the properties that lead to each. A value computed from a key by a
 * function that is not known to keep it (a mask, a hash, a comparison) holds none.
 */
export function handedKeysIn(project: Project, value: Lazy): HandedKey[] {
  return unique(keysOfLazy(project, value, []));
}

/** The same for a value that is looked at already. */
export function handedKeysOf(project: Project, value: Resolved): HandedKey[] {
  return unique(keysOf(project, value, []));
}

function keysOfLazy(project: Project, lazy: Lazy, path: readonly string[]): HandedKey[] {
  return isMasked(project, lazy) ? [] : keysOf(project, project.evaluator.head(lazy), path);
}

function keysOf(project: Project, value: Resolved, path: readonly string[]): HandedKey[] {
  if (path.length > maxDepth) return [];
  switch (value.kind) {
    case 'text':
      return keysOfText(project, value, path);
    case 'object':
      return value.entries.flatMap((entry) => {
        const key = entry.key && project.evaluator.head(entry.key);
        return keysOfLazy(project, entry.value, entry.spread ? path : [...path, key?.kind === 'text' ? key.text : '*']);
      });
    case 'array':
      return value.items.flatMap((item, index) => keysOfLazy(project, item, [...path, String(index)]));
    case 'choice':
      return value.options.flatMap((option) => keysOf(project, option, path));
    case 'concat':
      return value.parts.flatMap((part) => keysOf(project, part, path));
    case 'environment':
      // `import.meta.env` as a whole holds on a server what its bundler puts there, which is public.
      return value.access === 'import.meta.env' ? [] : [{ name: value.access, read: value.access, path }];
    case 'member':
      return keysOfSetting(project, value, path) ?? keysOfClient(project, value, path) ?? keysOfOther(project, value, path);
    case 'call': {
      // `page.replace("__KEY__", key)`
      const replacement = value.callee.kind === 'member' && /^replace(?:All)?$/.test(calleeName(value.callee)) ? value.args[1] : undefined;
      return [...keysOfOther(project, value, path), ...(replacement ? keysOfLazy(project, replacement, path) : [])];
    }
    default:
      return keysOfOther(project, value, path);
  }
}

function keysOfText(project: Project, value: Resolved & { kind: 'text' }, path: readonly string[]): HandedKey[] {
  const { place } = value;
  if (!place || value.text.length < 16) return [];
  return findKeys(value.text, project.keyOptions, place.module.mentions).map(({ secret }) => ({ secret, place, path }));
}

/** `client.apiKey` of `new HiltClient({ apiKey })`. The client itself cannot be handed over: no framework serialises it. */
function keysOfClient(project: Project, { object, property }: ResolvedMember, path: readonly string[]): HandedKey[] | undefined {
  const options = object.kind === 'call' && object.isNew && isClientClass(project, object.callee) ? object.args[0] : undefined;
  if (!options || property.kind !== 'text' || property.text !== clientOptions.js.key) return undefined;
  return keysOf(project, project.evaluator.property(project.evaluator.head(options), property.text), path);
}

/** Secrets, variables, and what calls let be seen of them. */
function keysOfOther(project: Project, value: Resolved, path: readonly string[]): HandedKey[] {
  return shownSecrets(project, value).flatMap(({ secret, variable, place }): HandedKey[] => {
    const at = place ? { place } : {};
    if (secret) return [{ secret, ...at, path }];
    return variable ? [{ name: variable.name, read: readOf(variable.access, variable.name), ...at, path }] : [];
  });
}

function readOf(access: string, name: string): string {
  return access === 'process.env' || access === 'import.meta.env' || access === 'Bun.env' || access === 'Deno.env' ? `${access}.${name}` : name;
}

/** `useRuntimeConfig().hiltApiKey` of Nuxt: a private setting by its dotted path. */
function keysOfSetting(project: Project, value: ResolvedMember, path: readonly string[]): HandedKey[] | undefined {
  const names: string[] = [];
  let object: Resolved = value;
  while (object.kind === 'member' && object.property.kind === 'text') {
    names.unshift(object.property.text);
    object = object.object;
  }
  if (object.kind !== 'call' || calleeName(object.callee) !== 'useRuntimeConfig' || names[0] === 'public' || !value.place) return undefined;
  const name = names.join('.');
  const written = settingOf(project, value.place.module, names);
  if (written) return keysOf(project, written, path).map((key) => ({ ...key, setting: true }));
  const isKey = isKeyName(name, project.keyOptions) || isKeyLikeName(name, project.keyOptions);
  return isKey ? [{ name, read: `useRuntimeConfig().${name}`, place: value.place, path }] : [];
}

/** The private value that `nuxt.config` gives a setting, where it holds a secret. */
function settingOf(project: Project, module: ModuleSummary, names: readonly string[]): Resolved | undefined {
  for (const config of project.modules.values()) {
    if (!/(?:^|\/)nuxt\.config\.[mc]?[jt]s$/.test(config.file) || !isBelow(module.file, folderOf(config.file))) continue;
    const exported = project.evaluator.exportOf(config, 'default');
    const options = exported?.kind === 'call' ? exported.args[0] && project.evaluator.head(exported.args[0]) : exported;
    let value: Resolved | undefined = options?.kind === 'object' ? options : undefined;
    for (const name of ['runtimeConfig', ...names]) value = value?.kind === 'object' ? project.evaluator.property(value, name) : undefined;
    if (value?.kind === 'secret' || value?.kind === 'concat') return value;
  }
  return undefined;
}

/** `key.replace(/./g, "*")`: what is left tells nothing. The evaluator keeps the receiver of a replacement for what it may still hold. */
function isMasked(project: Project, { module, value, frame, known }: Lazy): boolean {
  if (known || value.kind !== 'call' || value.callee.kind !== 'member') return false;
  const { property } = value.callee;
  const replacement = value.args[1];
  if (property.kind !== 'text' || !/^replace(?:All)?$/.test(property.text) || !replacement) return false;
  const text = project.evaluator.head({ module, value: replacement.value, frame, at: replacement.at });
  return text.kind === 'text' && /^[*•·xX#.…_-]+$/.test(text.text);
}

function unique(found: readonly HandedKey[]): HandedKey[] {
  return [...new Map(found.map((each) => [`${each.secret?.digest ?? ''} ${each.name ?? ''} ${each.path.join('.')}`, each])).values()];
}
