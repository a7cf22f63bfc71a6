import { isKeyName } from '../../hilt/names.ts';
import { mentionsHilt } from '../../hilt/needles.ts';
import type { Secret } from '../../hilt/secret.ts';
import { textOfFile } from '../../sources/file-text.ts';
import { isMarkupLanguage, isScriptLanguage } from '../../sources/language.ts';
import type { Source } from '../../sources/source.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import { openBlobCache, type BlobCache } from '../cache/blob-cache.ts';
import { findComposedSecrets } from '../composed-secrets.ts';
import type { Project } from '../project.ts';
import { ofKind } from '../resolved.ts';
import { slotsOf } from '../slots.ts';
import { storedSecretIn } from './stored-secrets.ts';
import { isBuildConfig } from './build-config.ts';
import { isProgramFile, isTestFile } from './file-roles.ts';

/** A place in a program that reads a key, or holds one. */
export type KeyRead =
  | { readonly kind: 'variable'; readonly name: string; readonly file: string; readonly at: Span }
  | { readonly kind: 'literal'; readonly secret: Secret; readonly file: string; readonly at: Span }
  /** An entry of a store of secrets that the program asks for itself. */
  | { readonly kind: 'reference'; readonly store: string; readonly name: string; readonly file: string; readonly at: Span };

/** A name for what is read: two reads of one key have the same. */
export function nameOfRead(read: KeyRead): string {
  return read.kind === 'variable' ? read.name : read.kind === 'literal' ? read.secret.digest : `${read.store} ${read.name}`;
}

/** Every module of the snapshot that mentions Hilt, also those that the scan does not report on (an unstaged file). */
export function hiltModules(project: Project): ModuleSummary[] {
  const { source } = project;
  const known = new Map([...project.modules].filter(([, module]) => module.mentions.hilt || module.mentions.key));
  if (!source) return [...known.values()];
  const searched = new Set<string>();
  for (const file of source.files()) searched.add(file.path);
  const others = [...source.paths()].filter((path) => !searched.has(path) && !known.has(path) && project.settings?.ignores?.(path) !== true);
  for (const path of pathsThatMention(others, source, project.settings?.cacheVersion)) {
    const module = project.module(path);
    if (module) known.set(path, module);
  }
  return [...known.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** A commit reads no file again of which an earlier one has seen that it does not mention Hilt. */
function* pathsThatMention(paths: readonly string[], source: Source, cacheVersion: string | undefined): Generator<string> {
  const cache = cacheVersion === undefined || paths.length === 0 ? undefined : openBlobCache(source, { version: cacheVersion });
  const seen = (path: string): boolean | undefined => {
    const blob = cache?.blobOf(path);
    return blob === undefined ? undefined : cache?.mention(blob);
  };
  source.prefetch?.(paths.filter((path) => seen(path) === undefined));
  for (const path of paths) {
    const mention = seen(path) ?? lookAt(path, source, cache);
    if (mention) yield path;
  }
  cache?.save();
}

function lookAt(path: string, source: Source, cache: BlobCache | undefined): boolean {
  const bytes = source.open(path)?.read();
  if (!bytes) return false;
  const mention = mentionsHilt(bytes);
  const blob = cache?.blobOf(path);
  if (blob !== undefined) cache?.rememberMention(blob, mention);
  return mention;
}

/** What programs read of keys, in path order. Tests and tools' configurations are left out. */
export function findKeyReads(project: Project, modules: readonly ModuleSummary[]): KeyRead[] {
  return findAllKeyReads(project, modules.filter(({ file }) => !isTestFile(file) && !isBuildConfig(file))).filter(({ file }) => !isTestFile(file));
}

/** The same with tests and configurations. */
export function findAllKeyReads(project: Project, modules: readonly ModuleSummary[]): KeyRead[] {
  const programs = modules.filter(({ file, mentions }) => isProgramFile(file) && !(mentions.other && !mentions.hiltPay));
  const reads = new Map<string, KeyRead>();
  const add = (read: KeyRead): void => {
    const identity = `${read.file}:${read.at[0]}:${nameOfRead(read)}`;
    if (!reads.has(identity)) reads.set(identity, read);
  };
  for (const module of programs) {
    for (const part of [module, ...(module.parts ?? [])]) for (const read of readsOf(project, part)) add(read);
  }
  for (const module of programs) {
    for (const slot of slotsOf(project, module)) {
      if (slot.kind !== 'key') continue;
      const stored = storedSecretIn(project, slot.value);
      if (stored) add({ kind: 'reference', ...stored });
      for (const { name, place, lookedUpAt } of ofKind(project.evaluator.head(slot.value), 'variable')) {
        // Where a helper reads whatever name it is given, the slot says which.
        const { module: holder, at } = !lookedUpAt && place.module.reads.some((read) => read.at[0] === place.at[0] && read.name === name) ? place : slot.place;
        add({ kind: 'variable', name, file: holder.file, at });
      }
    }
  }
  return [...reads.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.at[0] - b.at[0]));
}

function* readsOf(project: Project, module: ModuleSummary): Iterable<KeyRead> {
  const { file } = module;
  const isKey = (name: string): boolean => isKeyName(name, project.keyOptions);
  const isCommented = (at: Span): boolean => module.comments.some((comment) => comment.at[0] <= at[0] && at[1] <= comment.at[1]);
  for (const { name, at, access } of module.reads) if (access !== 'secret' && isKey(name)) yield { kind: 'variable', name, file, at };
  for (const { name, at } of helperReads(module, isKey)) yield { kind: 'variable', name, file, at };
  if (!isScriptLanguage(module.language) && !isMarkupLanguage(module.language)) {
    for (const { name, at } of readsInText(project, module)) if (isKey(name)) yield { kind: 'variable', name, file, at };
  }
  for (const { secret, at } of module.secrets) if (secret.kind === 'key' && !isCommented(at)) yield { kind: 'literal', secret, file, at };
  for (const { secret, at } of findComposedSecrets(project, module)) if (secret.kind === 'key') yield { kind: 'literal', secret, file, at };
}

/** `requireEnv("HILT_API_KEY_BOT")`, `config.get("HILT_API_KEY")`: a call that is given a key's name reads it. */
function* helperReads(module: ModuleSummary, isKey: (name: string) => boolean): Iterable<{ name: string; at: Span }> {
  for (const use of module.uses) {
    if (use.kind !== 'call' || !/env|config|secret|setting|require|get|read|fetch|load|must|var/i.test(lastName(use.callee))) continue;
    const [first] = use.args;
    if (first?.value.kind === 'text' && isKey(first.value.text)) yield { name: first.value.text, at: use.at };
  }
}

function lastName(callee: Value): string {
  switch (callee.kind) {
    case 'global':
      return callee.path.split('.').at(-1) ?? '';
    case 'import':
    case 'binding':
      return callee.name;
    case 'member':
      return callee.property.kind === 'text' ? callee.property.text : '';
    default:
      return '';
  }
}

/** How languages that are not parsed here read the environment; the first group is the name. */
const textReads: readonly RegExp[] = [
  /\bos\.(?:environ(?:\.get)?|getenv)\s*[[(]\s*["'](\w+)["']/g, // Python
  /\b(?:os\.(?:Getenv|LookupEnv)|getenv|System\.getenv|System\.get_env|GetEnvironmentVariable|env::var(?:_os)?|env!|config|env)\s*\(\s*["'](\w+)["']/g, // Go, PHP, Java, Elixir, C#, Rust
  /\b(?:ENV|\$_ENV|\$_SERVER)(?:\.fetch)?\s*[[(]\s*["'](\w+)["']/g, // Ruby, PHP
];
const shellReads: readonly RegExp[] = [/\$\{?([A-Z_][A-Z0-9_]*)/g, /\$env:(\w+)/gi];

function readsInText(project: Project, module: ModuleSummary): { name: string; at: Span }[] {
  if (module.reads.length > 0) return [];
  const text = textOfFile(project.source, module.file);
  const patterns = module.language === 'shell' || /\.ps1$/.test(module.file) ? shellReads : textReads;
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => {
    const name = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(name);
    return { name, at: [start, start + name.length] as const };
  }));
}
