/**
 * A probe is one shape of code in which a key may or may not reach a client: a few small files with tokens where the keys stand.
 * The keys themselves are made when an application is composed, so the repository holds none.
 *
 * Tokens (`name` tells several keys of one probe apart, and is `key` where it is left out):
 * - `{{key:name}}`       the canary itself, a whole key
 * - `{{body:name}}`      its part after `hk_live_`, for code that puts the key together
 * - `{{base64:name}}`, `{{reversed:name}}`, `{{codes:name}}`  the key in that encoding (codes: a list of character codes)
 * - `{{var:name}}`       the name of an environment variable that holds the canary
 * - `{{public:name}}`    the same with the public prefix of the application's bundler
 * - `{{env}}`            the expression through which the bundler's public variables are read
 * - `{{id}}`             the probe's id
 */
export interface Probe {
  /** Kebab-case, unique among the probes of one application. */
  readonly id: string;
  /** The shape in one sentence. */
  readonly about: string;
  /** Files below `src/probes/<id>/`. `main.js` or `main.ts` is imported for its side effects by the application's entry. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files from the application's root. Dotenv files and HTML parts of several probes are joined, others must not collide. */
  readonly root?: Readonly<Record<string, string>>;
  /** Symbolic links from the application's root, by path: where an installation would link a package of the workspace. */
  readonly links?: Readonly<Record<string, string>>;
  /** The canaries that stand as plain literals in plain code: not one of these may be missed. */
  readonly bare?: readonly string[];
  /** Bundlers that cannot build the shape at all, with what they say. */
  readonly except?: Readonly<Record<string, string>>;
  /** Also built with source maps. */
  readonly maps?: boolean;
  /** Per canary: a text that marks further lines at which a finding is about this canary (a whole-object read, a spread). */
  readonly at?: Readonly<Record<string, string>>;
}

/** One canary as one application has it. */
export interface Canary {
  /** `probe/name`. */
  readonly id: string;
  readonly key: string;
  /** Texts of which any, in what a client downloads, gives the key away: the key, or the encoding that the probe's code decodes. */
  readonly carriers: readonly string[];
  /** The environment variable that holds the key, if the probe names one. */
  readonly variable?: string;
  readonly bare: boolean;
  readonly at?: string;
  /** POSIX paths, relative to the application's root, of the probe's files. */
  readonly files: readonly string[];
}

/** What a bundler says of environment variables. */
export interface Environment {
  /** `''` where no prefix makes a variable public. */
  readonly publicPrefix: string;
  /** `process.env` or `import.meta.env`. */
  readonly object: string;
}
