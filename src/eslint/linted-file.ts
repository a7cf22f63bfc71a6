import type { Report } from '../../rules/rule.ts';
import { indexLines, type LineIndex } from '../engine/line-index.ts';
import { findSuppressions, type Suppression, type Suppressions } from '../engine/suppression.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { mentionsHilt } from '../hilt/needles.ts';
import { sessionWords } from '../hilt/session-words.ts';
import { importEdges, type RawEdge } from '../project/graph/import-edges.ts';
import type { Project } from '../project/project.ts';
import { isMarkupLanguage, isScriptLanguage, languageOf, type Language } from '../sources/language.ts';
import { GitError } from '../sources/git.ts';
import { SourceError } from '../sources/source-error.ts';
import type { Comment, ModuleSummary, SecretOccurrence } from '../syntax/module-summary.ts';
import { summarise, summariseProgram } from '../syntax/summarise.ts';
import { isNode, type Node } from '../syntax/estree/node.ts';
import type { HostContext, HostSource } from './host.ts';
import { acceptedBy } from './accepted.ts';
import { linkCopy } from './linked-copy.ts';
import { getPlace, pathInRoot, warn, type Place } from './place.ts';
import { readSettings, type HiltSettings } from './settings.ts';
import type { WorkingCopy } from './working-copy.ts';

/** A text that a host lints and that mentions Hilt, analysed once for all rules. */
export interface LintedFile {
  readonly module: ModuleSummary;
  readonly project: Project;
  readonly text: string;
  readonly lines: LineIndex;
  readonly suppressions: Suppressions;
  /** Comments of ours that have suppressed a finding so far. */
  readonly used: Set<Suppression>;
  /** Rules that have looked at the file. */
  readonly judged: Set<string>;
  /** Whether a report is shown: the settings may leave out what is only possible, and the baseline what was accepted. */
  shows(rule: string, report: Report): boolean;
  /** The decoded text of any file of the project. */
  textOf(file: string): string | undefined;
}

/** Where a text stands and how it is looked at; costs no analysis. */
interface Circumstances {
  readonly place: Place;
  readonly settings: HiltSettings;
  readonly keyOptions: KeyOptions;
  /** Of the file on disk, also for a block of it; absent for a text without a file. */
  readonly path: string | undefined;
  /** A code block that a processor took out of its file: `README.md/0.js`. */
  readonly isBlock: boolean;
  /** Not so for a text that only puts together what others mention. */
  readonly isMention: boolean;
}

/**
 * The text whose rules are being made: a host makes those of one text in a row. Compared by value, since a host may use one
 * source code object for all texts.
 */
let last: { readonly text: string; readonly filename: string; readonly cwd: string; readonly settings: unknown; readonly around: Circumstances | undefined } | undefined;

/**
 * Whether a text is worth a look: it mentions Hilt, or puts together what comes from a file that does. Everything that the
 * rules cost on other texts is in here, once a text.
 *
 * @throws ConfigError for settings or a configuration that cannot be used
 */
export function mayConcern(context: HostContext): boolean {
  return getCircumstances(context) !== undefined;
}

function getCircumstances(context: HostContext): Circumstances | undefined {
  const { sourceCode: { text }, filename, cwd } = context;
  const settings = context.settings['hilt'];
  if (last && last.text === text && last.filename === filename && last.cwd === cwd && last.settings === settings) return last.around;
  const around = examine(context);
  last = { text, filename, cwd, settings, around };
  return around;
}

function examine(context: HostContext): Circumstances | undefined {
  const settings = readSettings(context.settings);
  const place = getPlace(context.cwd);
  const keyOptions = mergeKeyOptions(place.config.key, settings);
  const path = pathInRoot(context.physicalFilename, place.root);
  if (path !== undefined && place.config.ignores(path)) return undefined;
  const isBlock = context.physicalFilename !== context.filename;
  // The scripts of a component are linted with the whole of it.
  if (isBlock && isMarkupLanguage(languageOf(context.physicalFilename.replaceAll('\\', '/')))) return undefined;
  const isMention = mentions(context.sourceCode.text, keyOptions);
  const around: Circumstances = { place, settings, keyOptions, path, isBlock, isMention };
  return isMention || usesMentions(context, around) ? around : undefined;
}

function mergeKeyOptions(config: KeyOptions, { names, minBodyLength, hosts }: HiltSettings): KeyOptions {
  if (!names && minBodyLength === undefined && !hosts) return config;
  return { names: names ?? config.names, minBodyLength: minBodyLength ?? config.minBodyLength, hosts: hosts ?? config.hosts };
}

function mentions(text: string, { names, hosts }: KeyOptions): boolean {
  return mentionsHilt(Buffer.from(text)) || [...names, ...hosts].some((name) => text.includes(name));
}

/** A literal that may be a secret by the slot that it is given to. */
const mayBeSecret = /(["'`])(?=[A-Za-z_+/=.-]*\d)(?=[\d_+/=.-]*[A-Za-z])[\w+/=.-]{16,}\1/;
/** Any way to make one text of several. */
const composes = /\+|\$\{|\.(?:concat|join|reduce|replace\w*|pad\w+)\b/;

/**
 * `import { A } from "./a"; import { B } from "./b"; A + B`: a piece is known for one of a key, the sum is not.
 * `import { get } from "./api"; get("/v1/products", "…")`: the wrapper knows of Hilt, who calls it, also with a session, does not.
 */
function usesMentions({ sourceCode: { text } }: HostContext, around: Circumstances): boolean {
  const { path } = around;
  if (path === undefined || !around.settings.project) return false;
  const [mayCompose, mayGive] = [composes.test(text), mayBeSecret.test(text) || sessionWords.test(text)];
  if (!mayCompose && !mayGive) return false;
  const specifiers = importEdges(path, text).flatMap(({ specifier, typeOnly, how }) => (!typeOnly && followed.has(how) && !specifier.startsWith('node:') ? [specifier] : []));
  if (specifiers.length === 0) return false;
  return withCopy(around, false, (copy) => specifiers.some((specifier) => {
    const target = copy.resolve(path, specifier);
    return target !== undefined && ((mayCompose && copy.leadsToPiece(target)) || (mayGive && copy.leadsToMention(target)));
  }));
}

const followed = new Set<RawEdge['how']>(['import', 'require', 'dynamic']);

/** Asks the files on disk; where git or the file system refuses, that is told once and `otherwise` is the answer. */
function withCopy<T>({ place, settings, keyOptions }: Circumstances, otherwise: T, ask: (copy: WorkingCopy) => T): T {
  try {
    const copy = settings.project ? place.copy(keyOptions) : undefined;
    return copy ? ask(copy) : otherwise;
  } catch (error) {
    if (!(error instanceof GitError || error instanceof SourceError)) throw error;
    warn(error);
    return otherwise;
  }
}

const files = new WeakMap<object, LintedFile>();

/** The analysis of a text for which `mayConcern` is true, made once a tree. */
export function openLintedFile(context: HostContext): LintedFile {
  const { ast } = context.sourceCode;
  const known = files.get(ast);
  if (known) return known;
  const around = getCircumstances(context);
  if (!around) throw new Error('This text was not found to concern Hilt.');
  const file = analyse(context, around);
  files.set(ast, file);
  return file;
}

function analyse(context: HostContext, around: Circumstances): LintedFile {
  const { text } = context.sourceCode;
  const { module, project } = withCopy(around, undefined, (copy) => linkToCopy(context, around, copy)) ?? linkAlone(context, around);
  const lines = indexLines(text);
  const isAccepted = acceptedBy(around.place.config, module, project, { text, lines });
  return {
    module, project, text, lines,
    suppressions: findSuppressions(module, text, lines),
    used: new Set(), judged: new Set(),
    shows: (rule, report) => (around.settings.possible || report.confidence !== 'possible') && !isAccepted(rule, report),
    textOf: (file) => (file === module.file ? text : withCopy(around, undefined, (copy) => copy.text(file))),
  };
}

interface Linked { readonly module: ModuleSummary; readonly project: Project }

function linkAlone(context: HostContext, { keyOptions, path, place }: Circumstances): Linked {
  const module = summariseHosted(context, path ?? context.filename, keyOptions);
  return { module, project: linkCopy({ keyOptions, ignores: place.config.ignores, settings: place.config.link, own: module }) };
}

function linkToCopy(context: HostContext, around: Circumstances, copy: WorkingCopy): Linked | undefined {
  const { path, isBlock, isMention, keyOptions, place: { config: { ignores, link } } } = around;
  if (path === undefined) return undefined;
  copy.freshen();
  if (isMention && !isBlock) copy.addCandidate(path);
  const saved = isBlock ? undefined : getSaved(context, path, copy);
  if (saved) return { module: saved, project: getSavedProject(copy, around) };
  const module = summariseHosted(context, path, keyOptions);
  return { module, project: linkCopy({ keyOptions, ignores, settings: link, copy, own: module }) };
}

const savedProjects = new WeakMap<WorkingCopy, { readonly generation: number; readonly ignores: unknown; readonly project: Project }>();

/** One project serves all texts that are as they are on disk, so that a run over a repository links it once. */
function getSavedProject(copy: WorkingCopy, { keyOptions, place: { config: { ignores, link } } }: Circumstances): Project {
  const known = savedProjects.get(copy);
  if (known && known.generation === copy.generation && known.ignores === ignores) return known.project;
  const project = linkCopy({ keyOptions, ignores, settings: link, copy });
  savedProjects.set(copy, { generation: copy.generation, ignores, project });
  return project;
}

/** The scanner's own summary, where it is as good as one of the host's tree: the text is that of the disk, and was parsed in full. */
function getSaved({ sourceCode: { text } }: HostContext, path: string, copy: WorkingCopy): ModuleSummary | undefined {
  if (!isScriptLanguage(languageOf(path, text)) || !copy.has(path) || copy.text(path) !== text) return undefined;
  const module = copy.module(path);
  return module?.parse === 'full' ? module : undefined;
}

function summariseHosted({ sourceCode, filename }: HostContext, path: string, keyOptions: KeyOptions): ModuleSummary {
  const { text, ast } = sourceCode;
  const language = languageOf(filename.replaceAll('\\', '/'), text);
  if (!isProgram(ast, language)) return summarise(path, text, keyOptions).summary;
  const read = isScriptLanguage(language) || isMarkupLanguage(language) ? language : 'js';
  const module = summariseProgram({ file: path, text, language: read, program: ast, comments: commentsOf(sourceCode) }, keyOptions).summary;
  if (language === 'astro') return withScripts(module, summarise(path, text, keyOptions).summary);
  return language === 'vue' || language === 'svelte' ? withElements(module, summarise(path, text, keyOptions).summary) : module;
}

/** What components are given in markup is read from the text, whatever the parser makes of it. Functions have other numbers there. */
function withElements(module: ModuleSummary, { uses }: ModuleSummary): ModuleSummary {
  const elements = uses.flatMap((use) => {
    if (use.kind !== 'element') return [];
    const { element } = use;
    const entries = element.props.entries.filter(({ value }) => !/"kind":"(?:function|class|parameter|this)"/.test(JSON.stringify(value)));
    return [{ ...use, element: { ...element, props: { ...element.props, entries } } }];
  });
  return elements.length > 0 ? { ...module, uses: [...module.uses, ...elements] } : module;
}

/** To the parser of Astro the scripts of a page are text: what they hold is taken from the scanner's summary. */
function withScripts(module: ModuleSummary, { parts, secrets }: ModuleSummary): ModuleSummary {
  if (!parts) return module;
  const atLiteral = (secret: SecretOccurrence): SecretOccurrence =>
    secrets.find(({ at, secret: { digest } }) => digest === secret.secret.digest && at[0] <= secret.at[0] && secret.at[1] <= at[1]) ?? secret;
  return { ...module, parts, secrets: module.secrets.map(atLiteral) };
}

/** Not so for the languages that ESLint lints beside JavaScript, nor for parsers that make a `Program` of something else. */
function isProgram(ast: Node, language: Language): boolean {
  const body: unknown = ast['body'];
  if (ast.type !== 'Program' || !Array.isArray(body)) return false;
  const first: unknown = body[0];
  return isNode(first) ? !/^(?:TOML|YAML|JSON)[A-Z]|^Document$/.test(first.type) : language !== 'html';
}

function commentsOf(sourceCode: HostSource): Comment[] {
  const comments = sourceCode.getAllComments?.() ?? [];
  return comments.flatMap(({ type, value, range }) => (range ? [{ text: value, at: [range[0], range[1]] as const, block: type === 'Block' }] : []));
}
