import type { KeyOptions } from '../../hilt/key-options.ts';
import { isKeyLikeName, isKeyName, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import type { Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import type { Exposure } from './exposure.ts';
import { phpPage } from './handover-php.ts';
import { isServerProgram, serverProgram } from './handover-programs.ts';
import type { HandOvers } from './handover-site.ts';
import { isPrinted } from './printed-values.ts';
import { templateParts } from './template-outputs.ts';
import { isView, type Shown, type Views } from './template-views.ts';
import { contains } from '../../syntax/span.ts';

/** A read of a key's name in a file that is no program of ours to follow. */
export interface TextRead { readonly name: string; readonly at: Span }

/** A file in which a server says what pages show, other than the programs that are read as such. */
export interface TextPage {
  readonly file: string;
  readonly text: string;
  readonly keyOptions: KeyOptions;
  /** The reads of keys in it, in order. */
  readonly reads: readonly TextRead[];
  readonly views: Views;
  /** What stands there goes to the page. */
  hand(at: Span, subject: Pick<Exposure, 'secret' | 'name'>, confidence?: 'certain' | 'possible', what?: string): void;
}

/** Templates, PHP, and what Ruby and configurations give to templates. */
export function pageHandOvers(handOvers: HandOvers, views: Views, file: string): void {
  const { project } = handOvers;
  const isPhp = file.endsWith('.php') && !file.endsWith('.blade.php');
  const kind = isPhp ? phpPage : isView(file) ? templatePage : file.endsWith('.rb') ? rubyProgram : isServerProgram(file) ? serverProgram : /(?:^|\/)twig\.ya?ml$/.test(file) ? twigGlobals : undefined;
  const module = kind && handOvers.open(file);
  if (!module) return;
  const text = textOfFile(project.source, file);
  kind({
    file, text, views, keyOptions: project.keyOptions, reads: readsIn(project, text),
    hand: (at, subject, confidence = 'certain', what = 'a page that the server fills in') => handOvers.push({
      file, at, exposure: 'value', confidence, reason: 'handed-over', ...subject, what, trace: [{ file, at, message: what }],
    }),
  }, module.secrets);
}

const embeddedReads = [
  // EJS, Eta, Pug; ERB, HAML; PHP; Blade
  /\bprocess\.env(?:\.|\[\s*['"])([A-Za-z_]\w*)['"]?\]?/g,
  /\bENV(?:\.fetch\(\s*|\[\s*)['"]([A-Za-z_]\w*)['"][^)\]\n]{0,40}[)\]]/g,
  /\b(?:(?:System\.)?getenv|env|get_option|config|get_site_option|getProperty)\(\s*['"]([A-Za-z_][\w.-]*)['"][^)]*\)/g,
  /\$_(?:ENV|SERVER)\[\s*['"]([A-Za-z_]\w*)['"]\s*\]/g,
  // https://guides.rubyonrails.org/security.html#custom-credentials
  /\bcredentials!?(?:\.dig\(\s*:|\.|\[:)((?:hilt)\w*(?:(?:!?\.|\]\[:|,\s*:)\w*(?:key|token|secret))?)[)\]]?/gi,
  // `config` of Flask: https://flask.palletsprojects.com/en/stable/templating/#standard-context
  /(?<![\w.$])config(?:\.|\[\s*['"])([A-Z][A-Z0-9_]*)(?:['"]\s*\])?/g,
  // https://hexdocs.pm/elixir/System.html#get_env/2
  /\bSystem\.(?:get_env|fetch_env!)\(\s*"([A-Za-z_]\w*)"[^)\n]{0,40}\)/g,
  // Razor: https://learn.microsoft.com/aspnet/core/mvc/views/razor
  /\b\w*[cC]onfig(?:uration)?\w*(?:\[\s*|\.GetValue<\w+>\(\s*)"([A-Za-z_][\w:.-]*)"\s*[\])]/g,
  /\bGetEnvironmentVariable\(\s*"([A-Za-z_]\w*)"\s*\)/g,
  // A constant of PHP: `'apiKey' => HILT_API_KEY`
  /(?<=(?:=>|[(,.=]|\becho)\s*)([A-Z][A-Z0-9_]*)(?=\s*(?:[)\],;.]|\?>))/g,
];

function readsIn(project: Project, text: string): TextRead[] {
  return embeddedReads.flatMap((pattern) => [...text.matchAll(pattern)].flatMap((match): TextRead[] => {
    const name = match[1] ?? '';
    const plain = name.replace(/\W+/g, '_');
    const isKey = isKeyName(name, project.keyOptions) || isKeyLikeName(name, project.keyOptions) || isKeyLikeName(plain, project.keyOptions) || secretNameKind(name) !== undefined;
    return isKey ? [{ name, at: [match.index, match.index + match[0].length] }] : [];
  })).sort((left, right) => left.at[0] - right.at[0]);
}

// --- templates -------------------------------------------------------------------------------------------------------------------

function templatePage({ file, text, reads, views, hand }: TextPage, secrets: readonly { readonly at: Span; readonly secret: Exposure['secret'] & {} }[]): void {
  const parts = templateParts(file, text);
  for (const { name, at } of reads) {
    const part = parts.findLast((each) => contains(each.at, at));
    if (!part) continue;
    const mention = { start: at[0] - part.at[0], end: at[1] - part.at[0], rest: [] };
    const shown = part.isShown ? isPrinted(part.text, mention) : shownByName(views, file, part.text.slice(0, mention.start));
    if (shown) hand(at, { name }, shown);
  }
  for (const { secret, at } of secrets) {
    const part = parts.findLast((each) => contains(each.at, at));
    if (part ? part.isShown : !isComment(text, at)) hand(at, { secret });
  }
}

/** `<% const key = process.env.HILT_API_KEY %>`: where the template shows that variable. */
function shownByName(views: Views, file: string, before: string): Shown {
  const variable = /([\w$@]+)\s*=\s*$/.exec(before)?.[1];
  return variable === undefined ? undefined : views.showIn((path) => path === file, [variable]);
}

/** In a comment of the template, which the page does not have, or in code that is not shown. */
function isComment(text: string, [start]: Span): boolean {
  const blocks = /<%[\s\S]{0,8000}?%>|\{\{[\s\S]{0,8000}?\}\}|\{%[\s\S]{0,8000}?%\}|\{#[\s\S]{0,8000}?#\}|@\*[\s\S]{0,8000}?\*@/g;
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start);
  return /^\s*(?:-#|\/\/-)/.test(line) || [...text.matchAll(blocks)].some((block) => block.index <= start && start < block.index + block[0].length);
}

// --- Ruby ------------------------------------------------------------------------------------------------------------------------

const rubyView = /\.(?:erb|rhtml|haml|slim)$/;

/** `@key = ENV["HILT_API_KEY"]` of a controller, `locals: { key: ENV[…] }`, `def key = ENV[…]` of a helper. */
function rubyProgram({ text, reads, views, hand }: TextPage): void {
  for (const { name, at } of reads) {
    const before = text.slice(Math.max(0, at[0] - 300), at[0]);
    const assigned = /(@\w+)\s*(?:\|\|)?=\s*$/.exec(before)?.[1];
    const local = /\b(?:render|erb|haml|slim|locals|assigns)\b[^\n]*?\b:?(\w+)(?::|\s*=>)\s*$/.exec(before)?.[1];
    const helper = /\bdef\s+(?:self\.)?(\w+)(?:\(\))?\s*(?:=|;|\n)\s*(?:return\s+)?$/.exec(before)?.[1];
    const known = assigned ?? local ?? helper;
    const isPlain = /^[ \t]*(?:[\n;,})]|$|#|\|\||\.(?:to_s|strip|presence)\b)/.test(text.slice(at[1], at[1] + 40));
    const shown = known !== undefined && isPlain ? views.showIn((path) => rubyView.test(path), [known]) : undefined;
    if (shown) hand(at, { name }, shown, 'what a template is given');
  }
}

// --- Symfony ---------------------------------------------------------------------------------------------------------------------

/** `globals: { key: "%env(HILT_API_KEY)%" }`: https://symfony.com/doc/current/templates.html#global-variables */
function twigGlobals({ text, views, hand }: TextPage): void {
  for (const match of text.matchAll(/(\w+):[ \t]*['"]?%env\((?:\w+:)*(\w*HILT\w*KEY\w*)\)%/g)) {
    const at: Span = [match.index + match[0].lastIndexOf('%env('), match.index + match[0].length];
    const shown = views.show(undefined, [match[1] ?? '']);
    if (shown) hand(at, { name: match[2] ?? '' }, shown, 'what a template is given');
  }
}
