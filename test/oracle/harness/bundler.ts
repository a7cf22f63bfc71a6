import type { Environment, Probe } from './probe.ts';

/** A bundler or framework of the oracle: how its applications are laid out, installed, built, and what a client can download. */
export interface Bundler {
  /** Kebab-case; the name in tables and on the command line. */
  readonly name: string;
  /** `light` ones are development dependencies of ours; `heavy` ones install into `apps/<name>` from a lock file of their own. */
  readonly tier: 'light' | 'heavy';
  /** The folder below `apps/` with `package.json` and lock file, where it is not the name. */
  readonly app?: string;
  readonly environment: Environment;
  readonly scenes: readonly Scene[];
}

/** One build: an application composed of probes. */
export interface Scene {
  readonly name: string;
  readonly probes: readonly Probe[];
  /** Where this build reads variables in another way than the bundler's other builds. */
  readonly environment?: Environment;
  /** The application's `package.json`, without `name`; `scripts.build` is what the oracle runs. */
  readonly manifest: Manifest;
  /** The application's other files. */
  files(app: AppParts): Readonly<Record<string, string>>;
  /** Replaces `scripts.build` where the real command cannot be named in a script (two versions of one package). */
  readonly command?: string;
  /** Folders or files, from the application's root, that a client can download. */
  readonly output: readonly string[];
  /** Paths inside `output` that never leave the server. */
  readonly serverOutput?: RegExp;
  /** Where pages are rendered on request: the server to start after the build, and what to fetch from it. */
  readonly serve?: Serve;
  /** The build fails with such a message, and so nothing ships. */
  readonly failsWith?: RegExp;
}

export interface Serve {
  /** Started with `PORT` set. */
  readonly command: string;
  readonly requests: readonly Request[];
}

export interface Request { readonly path: string; readonly headers?: Readonly<Record<string, string>> }

export interface Manifest {
  readonly scripts: { readonly build: string };
  readonly type?: 'module';
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** What the files of an application are made from. */
export interface AppParts {
  /** Modules that the entry imports, as specifiers from `src/`: `./probes/barrel-used/main.js`. */
  readonly imports: readonly string[];
  /** Names of the variables that hold canaries. */
  readonly variables: readonly string[];
  /** Parts of probes for the page: joined texts of `index.head.html` and `index.body.html`. */
  readonly head: string;
  readonly body: string;
}
