import { isKeyName } from '../../hilt/names.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { Source } from '../../sources/source.ts';
import type { Declaration } from '../../syntax/module-summary.ts';
import { folderOf } from '../graph/posix-path.ts';
import { isRecord, stringsOf, type Manifests } from '../graph/manifest.ts';
import type { KeyOrigin } from './integration.ts';
import { originsOf } from './key-origins.ts';
import { readManifest } from './manifest-file.ts';
import { baseName } from '../../sources/base-name.ts';

/** A key name in an env file of the repository. */
export interface DeclaredName { readonly name: string; readonly file: string; readonly declaration: Declaration }

/** The variables that the repository's env files give, by folder. */
export interface Environments {
  /** Every env file of the repository. */
  readonly files: readonly string[];
  /** The key names that a file declares. */
  declared(file: string): readonly DeclaredName[];
  /** The same; of a file that is not in the repository those of its template (`.env.example`). */
  expected(file: string): readonly string[];
  /** What a name means in the environment of a file's scope: its values there, or the name itself where no value is known. */
  ofFile(file: string, name: string): readonly KeyOrigin[];
  /** The same for a folder: its own env files, else those of the folders above it, else `fallback`. */
  ofFolder(folder: string, name: string, fallback: string): readonly KeyOrigin[];
  /** The nearest folder, from this one upwards, whose env files declare the name. */
  scopeOf(folder: string, name: string): string | undefined;
}

const envFile = /^(?:\.env(?:$|[._-].*)|.*\.env(?:\.(?:example|sample|template|dist|tmpl|tpl|defaults?))?|env\.(?:example|sample|template|local|dist)|\.dev\.vars(?:\..*)?)$/;

/** Endings that name an environment or a template of one, and not whose file it is: `.env.telegram` is the bot's alone. */
const variants = /^(?:local|production|prod|staging|stage|preview|development|dev|test|ci|qa|uat|live|sandbox|example|sample|template|tmpl|tpl|dist|defaults?|shared|schema|vault|docker|bak|backup|old|keys)$/;

const templates = ['example', 'sample', 'template', 'dist', 'tmpl', 'tpl', 'defaults', 'default'];

/** The environment that an env file belongs to: its folder, or a part of it that the file's name tells. */
export function scopeOfFile(file: string): string {
  const folder = folderOf(file);
  const words = baseName(file).replace(/^\.dev\.vars/, '').split(/[._-]+/).filter((word) => word !== '' && word !== 'env' && !variants.test(word));
  if (words.length === 0) return folder;
  return `${folder === '' ? '' : `${folder}/`}${words.join('-')}.env`;
}

export function openEnvironments(source: Source, manifests: Manifests, keyOptions: KeyOptions): Environments {
  const files = [...source.paths()].filter((path) => envFile.test(baseName(path)) && !/(?:^|\/)node_modules\//.test(path)).sort();
  const byScope = new Map<string, string[]>();
  for (const file of files) byScope.set(scopeOfFile(file), [...(byScope.get(scopeOfFile(file)) ?? []), file]);
  const read = new Map<string, readonly Declaration[]>();
  const declarationsOf = (file: string): readonly Declaration[] => {
    const known = read.get(file);
    if (known) return known;
    const own = readManifest(source, file)?.declarations ?? [];
    read.set(file, own);
    return own;
  };
  const globalNames = turboNames(source, manifests);

  const inScope = (scope: string, name: string, seen: ReadonlySet<string>): KeyOrigin[] => {
    const identity = `${scope} ${name}`;
    const itself: KeyOrigin = { kind: 'variable', scope, name };
    if (seen.has(identity)) return [itself];
    const above = new Set([...seen, identity]);
    const found = (byScope.get(scope) ?? []).flatMap((file) => declarationsOf(file).filter((each) => each.name === name).map((each) => {
      const variable = (other: string): readonly KeyOrigin[] => (other === name ? [itself] : inScope(scope, other, above));
      return originsOf(each.value, { file, keyOptions, variable, isKey: isKeyName(name, keyOptions) });
    }));
    const known = found.flat();
    // A template (`.env.example`) beside an environment of another kind says that values are filled in elsewhere.
    return known.length > 0 ? known : [itself];
  };
  const declares = (scope: string, name: string): boolean => (byScope.get(scope) ?? []).some((file) => declarationsOf(file).some((each) => each.name === name));
  const scopeOf = (folder: string, name: string): string | undefined => {
    for (let at = folder; ; at = folderOf(at)) {
      if (declares(at, name)) return at;
      if (at === '') return globalNames.has(name) ? '' : undefined;
    }
  };
  const declared = (file: string): DeclaredName[] => declarationsOf(file).filter((each) => isKeyName(each.name, keyOptions)).map((declaration) => ({ name: declaration.name, file, declaration }));
  return {
    files,
    scopeOf,
    declared,
    expected: (file) => [...new Set((files.includes(file) ? [file] : templates.map((ending) => `${file}.${ending}`)).flatMap((each) => (files.includes(each) ? declared(each) : [])).map(({ name }) => name))],
    ofFile: (file, name) => inScope(scopeOfFile(file), name, new Set()),
    ofFolder: (folder, name, fallback) => inScope(scopeOf(folder, name) ?? fallback, name, new Set()),
  };
}

/** Variables that turbo hands to the tasks of every package (https://turborepo.com/docs/reference/configuration, "globalEnv"). */
function turboNames(source: Source, manifests: Manifests): ReadonlySet<string> {
  const file = ['turbo.json', 'turbo.jsonc'].find((path) => source.paths().has(path));
  const config = file === undefined ? undefined : manifests.json(file);
  if (!isRecord(config)) return new Set();
  return new Set([...stringsOf(config['globalEnv']), ...stringsOf(config['globalPassThroughEnv']), ...stringsOf(config['globalDotEnv'])]);
}
