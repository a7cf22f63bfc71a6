import type { Notice } from '../../sources/notice.ts';
import type { Span } from '../../syntax/span.ts';
import type { VariableAccess, VariableForm } from '../../syntax/value.ts';
import type { Alias } from '../graph/resolution.ts';

/** What the configurations of one folder say about its client code. Holds no text of any value, only where it stands. */
export interface ConfigFacts {
  readonly injections: readonly Injection[];
  readonly prefixes: readonly ConfiguredPrefix[];
  readonly aliases: readonly Alias[];
  readonly inputs: readonly ConfiguredInput[];
  /** `true` or `false` where a configuration says so. */
  readonly sourceMaps: boolean | undefined;
  /** Whether the build is minified; `undefined` where nothing says so. */
  readonly minified: boolean | undefined;
  /** Files that another file takes the place of (Angular's `fileReplacements`): in the production build, or in some other that is deployed. */
  readonly replacedFiles: readonly { readonly from: string; readonly to: string; readonly always: boolean }[];
  /** Folders whose files are served or packed as they are, relative to the root. */
  readonly carriers: readonly string[];
  /** Folders of the applications that this one extends (Nuxt's layers), relative to the root. */
  readonly layers: readonly string[];
  /** The platforms that an Expo application is for, where it says so: `ios`, `android`, `web`. */
  readonly platforms?: readonly string[];
  /** How the names of pages end, where Next's `pageExtensions` says it: `page.tsx`. */
  readonly pageExtensions?: readonly string[];
  /** Whether Parcel is told to read the field `exports`. */
  readonly packageExports?: boolean;
  /** Reads into which a configuration puts what only running it would tell. */
  readonly computed?: ReadonlySet<VariableAccess>;
  /** Whether a configuration may say by which prefixes names are open, and what it says is not known. */
  readonly hasUnknownPrefixes?: true;
  readonly notices: readonly Notice[];
}

/** A value that a configuration puts into client code or client data. */
export interface Injection {
  /**
   * How client code names it: the variable (`HILT_API_KEY` for `process.env.HILT_API_KEY` and `import.meta.env.HILT_API_KEY`), the dotted path in
   * `extra`, `runtimeConfig.public` or the app config, or the defined expression itself (`__HILT_KEY__`).
   */
  readonly name: string;
  /** The defined global that it is a property of. */
  readonly global?: string;
  readonly how: 'env' | 'define' | 'runtime-config' | 'expo-extra' | 'app-config' | 'module' | 'html';
  /** For `env`: through which object client code reads it, and in which forms, where they differ from the bundler's own. */
  readonly access?: readonly VariableAccess[];
  readonly forms?: readonly VariableForm[];
  /** Whose value is injected: a variable of the environment … */
  readonly variable?: string;
  /** … or a literal of the configuration. Neither: the value is computed. */
  readonly literal?: Span;
  readonly file: string;
  /** The value's expression; of an injected list of names, the name. */
  readonly at: Span;
  /** Ships even if nobody reads it (HTML payloads, packed manifests). */
  readonly always: boolean;
  readonly confidence: 'certain' | 'possible';
}

/** Names that a configuration opens to client code by their prefix; `""` opens all. */
export interface ConfiguredPrefix {
  readonly prefix: string;
  readonly access: readonly VariableAccess[];
  readonly forms: readonly VariableForm[];
  /** As `PublicPrefix.ships`. */
  readonly ships: 'read' | 'object';
  /** Takes the place of the framework's own prefix (Vite's `envPrefix` does; `--env=inline` adds). */
  readonly replaces: boolean;
  readonly modules?: readonly string[];
  readonly file: string;
  readonly at: Span;
  readonly confidence: 'certain' | 'possible';
}

/** A file that a configuration or a package script names as the beginning of a bundle. */
export interface ConfiguredInput {
  /** Relative to the root, as written: it may lack an extension or be a glob. */
  readonly path: string;
  readonly side: 'client' | 'server';
  readonly reason: string;
  readonly confidence: 'certain' | 'possible';
  readonly file: string;
  readonly at: Span;
}

/** Facts that grow while files are read. */
export interface FactList {
  readonly injections: Injection[];
  readonly prefixes: ConfiguredPrefix[];
  readonly aliases: Alias[];
  readonly inputs: ConfiguredInput[];
  sourceMaps: boolean | undefined;
  minified: boolean | undefined;
  readonly replacedFiles: { from: string; to: string; always: boolean }[];
  readonly carriers: string[];
  readonly layers: string[];
  platforms?: readonly string[];
  pageExtensions?: readonly string[];
  packageExports?: boolean;
  computed?: Set<VariableAccess>;
  hasUnknownPrefixes?: true;
  readonly notices: Notice[];
}

/** Whether an application says that it is for the web alone: then code for phones does not ship. */
export function isWebOnly({ platforms }: Pick<ConfigFacts, 'platforms'>): boolean {
  return platforms?.length === 1 && platforms[0] === 'web';
}

export function emptyFacts(): FactList {
  return { injections: [], prefixes: [], aliases: [], inputs: [], sourceMaps: undefined, minified: undefined, replacedFiles: [], carriers: [], layers: [], notices: [] };
}

/** Of several builds of one package one that is minified is what ships, others are for development. */
export function noteMinified(facts: FactList, isMinified: boolean): void {
  facts.minified = facts.minified === true || isMinified;
}

/** A configuration that cannot be read whole may say anything of the environment. */
export function tellUnread(facts: FactList, file: string, why: string): void {
  openAll(facts, ['process.env', 'import.meta.env']);
  facts.hasUnknownPrefixes = true;
  facts.notices.push({ code: 'config-computed', level: 'info', file, message: `${file} ${why}` });
}

function openAll(facts: FactList, opens: readonly VariableAccess[]): void {
  for (const access of opens) (facts.computed ??= new Set()).add(access);
}

/** Told once a file: a value that only running the configuration would tell. `opens`: the reads that it may be put into, where it may be any. */
export function tellComputed(facts: FactList, file: string, key: string, opens: readonly VariableAccess[] = []): void {
  openAll(facts, opens);
  if (facts.notices.some((notice) => notice.code === 'config-computed' && notice.file === file && notice.message.includes(`\`${key}\``))) return;
  facts.notices.push({
    code: 'config-computed',
    level: 'info',
    file,
    message: `\`${key}\` in ${file} is computed when the configuration runs, so what it sends to the client is not known; findings that depend on it are told as possible.`,
  });
}

/** Bun's `env`: `inline` opens every name, `PUBLIC_*` those with the prefix (https://bun.sh/docs/bundler#env). */
export function openBunEnv(text: string, file: string, at: Span, facts: FactList): void {
  const prefix = bunPrefix(text);
  if (prefix === undefined) return;
  facts.prefixes.push({ prefix, access: ['process.env', 'Bun.env'], forms: ['dot', 'bracket', 'parenthesised'], ships: 'read', replaces: false, file, at, confidence: 'certain' });
}

export function bunPrefix(text: string): string | undefined {
  return text === 'inline' ? '' : /^(.+)\*$/.exec(text)?.[1];
}
