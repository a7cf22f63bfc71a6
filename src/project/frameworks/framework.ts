import type { VariableAccess, VariableForm } from '../../syntax/value.ts';
import type { BundlerId, BundlerTraits } from './bundler.ts';

/**
 * What one framework, bundler or platform does with a repository's code, as data. Facts come from real builds where the comment beside
 * them says "built", else from the framework's documentation or source, which the comment names.
 */
export interface Framework {
  readonly id: FrameworkId;
  /** As its makers write it, for messages. */
  readonly title: string;
  /** What it ships: only client code, client and server code of one source tree, or nothing to a client. */
  readonly side: 'client' | 'mixed' | 'server';
  readonly detect: Detection;
  /** What the framework builds with. */
  readonly bundler: BundlerId;
  /** Where the framework sets up its bundler differently from the bundler's own defaults. */
  readonly traits: Partial<BundlerTraits>;
  /** Major version of the bundler that a major version of the framework brings, where the package names none. */
  readonly bundlerMajors: Readonly<Record<number, number>>;
  /** Frameworks that are merely a part of this one where both are found in one folder. */
  readonly supersedes: readonly FrameworkId[];
  /** Files whose code a client gets, with everything that they import. */
  readonly entries: readonly EntryRule[];
  /** Files that begin the server's module tree and may import client boundaries; only where a directive draws the boundary. */
  readonly serverRoots: readonly string[];
  /** What never reaches a client, whoever imports it, because the framework leaves it out or fails the build. */
  readonly serverOnly: readonly ServerRule[];
  readonly publicPrefixes: readonly PublicPrefix[];
  /** Forms in which a defined or public `process.env.X` is replaced (the value then ships). */
  readonly inlinedForms: readonly VariableForm[];
  readonly strippedExports: readonly StrippedExports[];
  readonly strippedCalls: readonly StrippedCall[];
  readonly deadGuards: readonly DeadGuard[];
  /** Dotted keys of the configuration whose values reach the client. */
  readonly injects: readonly string[];
  /** Where a server's data is handed to the client. */
  readonly handsOver: readonly HandOver[];
  /** Its files find each other by their paths or names, too: routes that are fetched, stores, data that belongs to a page. */
  readonly linksByName?: true;
  /** Globs of files that are served or packed as they are. */
  readonly carriers: readonly string[];
  /** Names that the framework itself maps: name to path relative to the framework's folder. */
  readonly aliases: Readonly<Record<string, string>>;
}

export type FrameworkId =
  | 'next' | 'sveltekit' | 'nuxt' | 'react-router' | 'astro' | 'tanstack-start' | 'solid-start' | 'qwik' | 'gatsby'
  | 'vite' | 'cra' | 'vue-cli' | 'angular' | 'webpack' | 'rspack' | 'rsbuild' | 'parcel' | 'esbuild' | 'rollup' | 'rolldown' | 'bun'
  | 'expo' | 'react-native' | 'capacitor' | 'cordova' | 'electron' | 'tauri' | 'browser-extension' | 'html' | 'unknown-client'
  | 'node-server' | 'cloudflare-workers' | 'deno' | 'lambda' | 'bot';

export interface Detection {
  /** Any of these among a package's dependencies. */
  readonly dependencies: readonly string[];
  /** Names of configuration files, matched against the base name. */
  readonly configs: RegExp | undefined;
}

export interface EntryRule {
  /** Globs relative to the framework's folder. */
  readonly files: readonly string[];
  readonly except?: readonly string[];
  /** Why the file is client code, as a message says it: "Next.js page". */
  readonly reason: string;
  /** Only the processed `<script>` elements of the file. */
  readonly part?: 'script';
  /** Default: `certain`. */
  readonly confidence?: 'certain' | 'possible';
  /** Only where the package has one of these dependencies. */
  readonly needs?: readonly string[];
  /** Only for these major versions of the framework. */
  readonly majors?: readonly number[];
  /** A program on the user's machine with an environment of its own: what it carries can be read, what it reads there is its user's. */
  readonly runs?: 'program';
}

export interface ServerRule {
  /** Globs relative to the framework's folder … */
  readonly files?: readonly string[];
  /** … or files that begin with a directive … */
  readonly directive?: string;
  /** … or files that import a marker module, or the virtual module itself. */
  readonly modules?: readonly string[];
  /** `absent`: the framework leaves it out; `error`: it refuses to build what would ship it. */
  readonly effect: 'absent' | 'error';
}

export interface PublicPrefix {
  /** `""` stands for every name. */
  readonly prefix: string;
  readonly access: readonly VariableAccess[];
  readonly forms: readonly VariableForm[];
  /** Forms that are not replaced in code for the web. */
  readonly notOnWeb?: readonly VariableForm[];
  /** For `access: "module"`: the modules that hand the variables out. */
  readonly modules?: readonly string[];
  /** `read`: each variable that is read; `object`: all of them once the whole object is used; `always`: all of them, read or not. */
  readonly ships: 'read' | 'object' | 'always';
  /** Only names that one of these env files declares. */
  readonly declaredIn?: readonly string[];
}

/** Exports of certain files that the framework removes from the client's copy, with what only they use. */
export interface StrippedExports {
  readonly files: readonly string[];
  readonly except?: readonly string[];
  readonly names: readonly string[];
  /** The exports that the framework itself takes of such a file: others ship only if something imports them. All where it is left out. */
  readonly takes?: readonly string[];
}

/** Functions that stay on the server although they stand in a client module: arguments of `callee(…)`, or of `callee(…).method(…)`. */
export interface StrippedCall {
  readonly callee: string;
  readonly method?: string;
  /** Only this property of an object that is given to the call: `createFileRoute("/")({ server: … })`. */
  readonly property?: string;
  readonly modules: readonly string[];
}

/** A condition that the build knows, with its value in the client's copy. */
export type DeadGuard =
  | { readonly expression: string; readonly client: boolean | string }
  | { readonly module: string; readonly name: string; readonly client: boolean };

export type HandOver =
  /** What an export returns. */
  | { readonly how: 'return'; readonly files: readonly string[]; readonly exports: readonly string[] }
  /** What the function returns that is given to a call. */
  | { readonly how: 'call'; readonly callee: string; readonly modules: readonly string[] }
  /** Attributes of components: of client components in server components, of islands. */
  | { readonly how: 'props'; readonly of: 'client-component' | 'island' };

/** Facts that hold unless a framework says otherwise. */
export const plainFramework = {
  bundler: 'none',
  traits: {},
  bundlerMajors: {},
  supersedes: [],
  entries: [],
  serverRoots: [],
  serverOnly: [],
  publicPrefixes: [],
  inlinedForms: [],
  strippedExports: [],
  strippedCalls: [],
  deadGuards: [],
  injects: [],
  handsOver: [],
  carriers: [],
  aliases: {},
} as const satisfies Partial<Framework>;

/** Extensions of scripts in a glob. */
export const script = '{js,jsx,ts,tsx,mjs,mts,cjs,cts}';

/** Every form, where a whole object is put in the place of `process.env` or `import.meta.env`. */
export const everyForm: readonly VariableForm[] = ['dot', 'bracket', 'optional', 'parenthesised', 'destructured', 'alias', 'dynamic'];
