import { once } from './once.ts';

/** JavaScript and TypeScript in files of their own. */
export type ScriptLanguage = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts';
/** Markup with such scripts in it. */
export type MarkupLanguage = 'vue' | 'svelte' | 'astro' | 'html';

/** What a file is written in, as the readers in `src/syntax` distinguish it. `text` is searched and not parsed. */
export type Language =
  | ScriptLanguage | MarkupLanguage
  | 'json' | 'yaml' | 'toml' | 'dotenv' | 'properties' | 'xml' | 'dockerfile' | 'shell' | 'makefile' | 'http' | 'hcl'
  | 'python' | 'kotlin' | 'swift' | 'dart' | 'groovy' | 'markdown' | 'text';

/**
 * The language of a file by its name, and by its first characters where the name leaves it open.
 *
 * @param path POSIX path; only the last two segments count. Letter case does not.
 * @param text The decoded text, where it is at hand: a shebang, `<?xml` or `{` then decides what a name alone cannot.
 */
export function languageOf(path: string, text?: string): Language {
  const segments = path.toLowerCase().split('/');
  const folder = segments.at(-2) ?? '';
  return languageOfName(segments.at(-1) ?? '', folder, text) ?? languageOfText(text) ?? 'text';
}

const scriptLanguages: ReadonlySet<Language> = new Set<ScriptLanguage>(['js', 'jsx', 'ts', 'tsx', 'dts']);
const markupLanguages: ReadonlySet<Language> = new Set<MarkupLanguage>(['vue', 'svelte', 'astro', 'html']);

export function isScriptLanguage(language: Language): language is ScriptLanguage {
  return scriptLanguages.has(language);
}

export function isMarkupLanguage(language: Language): language is MarkupLanguage {
  return markupLanguages.has(language);
}

/** JSON that holds programs and documents. */
export function isNotebook(path: string): boolean {
  return /\.ipynb$/i.test(path);
}

/** A module of Python, or a notebook, which may be one. */
export function isPythonFile(path: string): boolean {
  return path.endsWith('.py') || isNotebook(path);
}

function languageOfName(name: string, folder: string, text: string | undefined): Language | undefined {
  if (/\.d\.([^.]+\.)?[cm]?ts$/.test(name)) return 'dts';
  const extension = extensionOf(name);
  if (/^(dockerfile|containerfile)([.-]|$)/.test(name) && !aboutContainers.has(extension ?? '')) return 'dockerfile';
  // A program or a document keeps its own language, also as `.env.ts` or `.envrc.sh`.
  const known = extension === undefined ? undefined : languageByExtension(extension);
  if (extension !== undefined && isDecisive(known)) return byContent(extension, known, text);
  const named = languageByName(name) ?? languageByPattern(name, folder);
  if (named !== undefined) return named === 'rc' ? languageOfRc(text) : named;
  if (extension === undefined) return undefined;
  // `config.json.example`, `deploy.yml.j2`, `page.html.erb`
  if (copies.has(extension)) return languageOfName(name.slice(0, -extension.length - 1), folder, text);
  return known && byContent(extension, known, text);
}

function extensionOf(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 || dot === name.length - 1 ? undefined : name.slice(dot + 1);
}

function languageByPattern(name: string, folder: string): Language | undefined {
  if (/^\.env([^a-z]|$)|^env\.(example|sample|template|dist|local)$|^\.dev\.vars(\.|$)/.test(name)) return 'dotenv';
  if (/^(gnu)?makefile(\.|$)/.test(name)) return 'makefile';
  if (/^jenkinsfile(\.|$)/.test(name)) return 'groovy';
  if (hookFolders.has(folder) && gitHooks.has(name)) return 'shell';
  return undefined;
}

/** `Dockerfile.py` builds a Python image; `dockerfile-lint.ts` and `Dockerfile.md` are no Dockerfiles. */
const aboutContainers = new Set('md mdx txt js mjs cjs ts mts cts tsx json yml yaml sh html'.split(' '));

/** Where one extension serves several languages, the text tells which. */
function byContent(extension: string, language: Language | undefined, text: string | undefined): Language | undefined {
  if (text === undefined) return language;
  const markup = /^\s*<(\?xml|!doctype|!--|[a-z])/i.test(text.slice(0, 1000));
  // Qt translations are XML in `.ts` files, .NET settings are XML in `.config` files.
  if (extension === 'ts') return /^\s*(<\?xml|<!DOCTYPE TS)/.test(text.slice(0, 1000)) ? 'xml' : language;
  if (language === 'properties' && markup) return 'xml';
  return language;
}

/** `.eslintrc`, `.prettierrc` and their kin hold JSON or YAML. */
function languageOfRc(text: string | undefined): Language {
  if (text === undefined) return 'json';
  return /^\s*([{["]|\/[/*]|$)/.test(text.slice(0, 1000)) ? 'json' : 'yaml';
}

function languageOfText(text: string | undefined): Language | undefined {
  if (text === undefined) return undefined;
  const start = text.slice(0, 1000);
  if (start.startsWith('#!')) return languageOfShebang(start);
  if (/^\s*<\?xml\b/.test(start)) return 'xml';
  if (/^\s*<!doctype html\b/i.test(start)) return 'html';
  return undefined;
}

function languageOfShebang(text: string): Language | undefined {
  const line = text.slice(2).split(/[\r\n]/, 1)[0] ?? '';
  // `#!/usr/bin/env -S NODE_ENV=production node --enable-source-maps`
  const words = line.trim().split(/\s+/);
  const command = words[0]?.endsWith('/env') ? words.slice(1).find((word) => !/^-|=/.test(word)) : words[0];
  const program = command?.split('/').at(-1)?.replace(/[\d.]+$/, '') ?? '';
  return languageByProgram.get(program);
}

const languageByProgram: ReadonlyMap<string, Language> = new Map<string, Language>(Object.entries({
  node: 'js', nodejs: 'js', zx: 'js',
  bun: 'ts', deno: 'ts', tsx: 'ts', 'ts-node': 'ts', 'ts-node-esm': 'ts',
  sh: 'shell', bash: 'shell', zsh: 'shell', dash: 'shell', ksh: 'shell', ash: 'shell', fish: 'shell', bats: 'shell',
  python: 'python', pypy: 'python', uv: 'python',
  make: 'makefile', groovy: 'groovy', kotlin: 'kotlin', kscript: 'kotlin', swift: 'swift', dart: 'dart',
}));

const languageByExtension = table<Language>([
  ['js', 'js mjs cjs es6 jsm gs'],
  ['jsx', 'jsx'],
  ['ts', 'ts mts cts'],
  ['tsx', 'tsx'],
  ['vue', 'vue'],
  ['svelte', 'svelte'],
  ['astro', 'astro'],
  ['html', 'html htm xhtml shtml ejs hbs handlebars mustache njk nunjucks liquid twig jinja jinja2 eta'],
  ['json', 'json jsonc json5 webmanifest ipynb geojson har map code-workspace importmap arb tfstate avsc'],
  ['yaml', 'yml yaml eyaml'],
  ['toml', 'toml'],
  ['dotenv', 'env'],
  ['properties', 'npmrc ini properties xcconfig conf cfg cnf config service desktop'],
  ['xml', 'xml plist storyboard xib svg xsd xsl xslt wsdl resx csproj fsproj vbproj props targets nuspec entitlements xaml axml iml kml rss atom xcscheme'],
  ['dockerfile', 'dockerfile containerfile'],
  ['shell', 'sh bash zsh ksh dash ash fish bat cmd envrc command bats'],
  ['makefile', 'mk mak just'],
  ['http', 'http rest hurl bru'],
  ['hcl', 'tf tfvars hcl'],
  ['python', 'py pyi pyw'],
  ['kotlin', 'kt kts'],
  ['swift', 'swift'],
  ['dart', 'dart'],
  ['groovy', 'gradle groovy gvy'],
  ['markdown', 'md mdx markdown mdown mkd mdc rmd qmd'],
  ['text', 'txt rst adoc csv tsv log sql php rb go rs java c h cpp cs ps1 psm1 lua pl ex exs css scss less'],
]);

/** Extensions that a special first part of the name (`.env.`, `Makefile.`) does not overrule. */
function isDecisive(language: Language | undefined): language is Language {
  return language !== undefined && language !== 'dotenv' && language !== 'dockerfile' && language !== 'properties';
}

const languageByName = table<Language | 'rc'>([
  ['json', '.babelrc .swcrc .jshintrc .jscsrc .parcelrc .nycrc .watchmanconfig .bowerrc .all-contributorsrc .arcconfig .hintrc'],
  ['json', 'composer.lock pipfile.lock deno.lock bun.lock flake.lock package.resolved'],
  ['rc', '.eslintrc .prettierrc .stylelintrc .lintstagedrc .commitlintrc .releaserc .huskyrc .postcssrc .markdownlintrc .mocharc .c8rc .graphqlrc .czrc .syncpackrc'],
  ['makefile', 'justfile .justfile'],
  ['yaml', '.clang-format .clang-tidy .gemrc podfile.lock pubspec.lock'],
  ['toml', 'pipfile cargo.lock poetry.lock uv.lock pdm.lock'],
  ['dotenv', '.flaskenv dotenv env'],
  ['properties', '.npmrc .pypirc .editorconfig .gitconfig .gitmodules .curlrc .wgetrc .yarnrc'],
  ['shell', '.envrc .bashrc .bash_profile .bash_login .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .xprofile pkgbuild'],
]);

/** A copy or a template has the language of what it is a copy or a template of. */
const copies = new Set('example sample template tmpl tpl dist default bak backup orig old disabled j2 erb in local'.split(' '));

const hookFolders = new Set(['.husky', 'hooks', '.githooks', '.hooks']);
/** githooks(5); husky runs each with `sh`. */
const gitHooks = new Set(
  ('applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg commit-msg post-commit pre-rebase ' +
    'post-checkout post-merge pre-push pre-receive update post-receive post-update pre-auto-gc post-rewrite').split(' '),
);

/** Looks a name up in lists of words, which are taken apart when the first one is asked for. */
function table<T>(lists: readonly (readonly [T, string])[]): (name: string) => T | undefined {
  const known = once(() => new Map(lists.flatMap(([value, names]) => names.split(' ').map((name) => [name, value]))));
  return (name) => known().get(name);
}
