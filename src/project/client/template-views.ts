import { textOfFile } from '../../sources/file-text.ts';
import type { Project } from '../project.ts';
import { isPrinted, mentionsOf, type Mention, type Step } from './printed-values.ts';
import { templateParts, type TemplatePart } from './template-outputs.ts';
import { oncePerProject } from '../once-per-project.ts';

export type Shown = 'certain' | 'possible' | undefined;

/** The templates of a repository that a server fills in. */
export interface Views {
  /**
   * Whether a template shows a value that it is given, by the steps that lead to it; any template, where none is named. Those that it
   * takes in and the layouts get the same values. Of a template that is not in the repository nothing is known.
   */
  show(view: string | undefined, path: readonly Step[]): Shown;
  /** Whether one of the templates that a test picks shows it. */
  showIn(isOne: (file: string) => boolean, path: readonly Step[]): Shown;
  /** The template with what it takes in; all, where none is named. */
  files(view: string | undefined): readonly string[];
  /** Whether the repository holds the template. */
  has(view: string): boolean;
}

/** Templates of engines that run on a server. */
function isServerTemplate(file: string): boolean {
  return /\.(?:ejs|hbs|handlebars|mustache|njk|nunjucks|liquid|twig|jinja2?|j2|eta|erb|rhtml|haml|slim|edge|blade\.php|pug|jade|cshtml|razor|jspx?|ftlh?|vm|gohtml|tmpl|h?eex|leex)$/.test(file);
}

/** Pages among templates; those of a client's own sources are none. */
export function isView(file: string): boolean {
  return isServerTemplate(file) || (/\.x?html?$/.test(file) && /(?:^|\/)(?:views|templates?|tmpl)\//.test(file));
}

export const viewsOf = oncePerProject(createViews);

interface View { readonly text: string; readonly parts: readonly TemplatePart[] }

function createViews({ source }: Project): Views {
  const paths = [...(source?.paths() ?? [])].filter(isView);
  const known = new Map<string, View>();
  const viewAt = (path: string): View => {
    let view = known.get(path);
    if (!view) {
      const text = textOfFile(source, path);
      known.set(path, (view = { text, parts: templateParts(path, text) }));
    }
    return view;
  };
  const rendered = new Map<string, readonly string[]>();
  const filesOf = (view: string): readonly string[] => {
    const files = rendered.get(view) ?? takenIn(paths.filter((path) => isNamed(path, view)), paths, (path) => viewAt(path).text);
    rendered.set(view, files);
    return files;
  };
  return {
    has: (view) => paths.some((path) => isNamed(path, view)),
    files: (view) => (view === undefined ? paths : isTemplateText(view) ? [] : filesOf(view)),
    show: (view, path) => {
      if (view !== undefined && isTemplateText(view)) return shows([{ text: view, parts: templateParts('inline.ejs', view) }], path);
      const files = view === undefined ? paths : filesOf(view);
      return files.length === 0 ? 'possible' : shows(files.map(viewAt), path);
    },
    showIn: (isOne, path) => {
      const first = paths.filter(isOne);
      return first.length === 0 ? undefined : shows(takenIn(first, paths, (file) => viewAt(file).text).map(viewAt), path);
    },
  };
}

/** A template that is given as its text: `ejs.render("<b><%= key %></b>", { key })`. */
function isTemplateText(view: string): boolean {
  return /<%|\{\{|\{%|<\w/.test(view);
}

function isNamed(path: string, view: string): boolean {
  // `admin.pay` of Blade, `blog:pay`, `@App/pay` of Twig
  const base = stem(view.replace(/^(?:@\w+\/|\w+::?)/, '').replace(/^\.{0,2}\//, ''));
  const own = stem(path);
  const isPath = (name: string): boolean => own === name || own.endsWith(`/${name}`);
  return isPath(base) || (path.endsWith('.blade.php') && isPath(view.replaceAll('.', '/')));
}

/** Without the endings: `pay.html.j2` and `pay` are one template. */
function stem(path: string): string {
  return path.replace(/(?:\.[A-Za-z]\w*)+$/, '');
}

/** What templates take in (`include`, `extends`, `{{> part}}`), and the layouts, which are named in settings. */
function takenIn(first: readonly string[], all: readonly string[], textOf: (path: string) => string): readonly string[] {
  if (first.length === 0) return [];
  const taken = new Set([...first, ...all.filter((path) => /(?:^|\/)_?layouts?[./]|(?:^|\/)(?:base|main|application)\.[\w.]+$/.test(path))]);
  for (const path of taken) {
    const names = [...textOf(path).matchAll(/(?:include(?:If|When|First)?|extends|import|partial|render|component|layout|\{\{>)[\s(:'"`-]*([\w./-]+)/g)].map((match) => match[1] ?? '');
    for (const name of names) for (const other of all) if (isNamed(other, name) || isNamed(other, name.replace(/([^/]+)$/, '_$1'))) taken.add(other);
  }
  return [...taken];
}

// --- what a template shows -------------------------------------------------------------------------------------------------------

/** Names that templates give a value again: more than anyone follows. */
const maxPaths = 12;

function shows(views: readonly View[], path: readonly Step[]): Shown {
  const paths = new Map([[identityOf(path), path]]);
  let shown: Shown;
  for (const each of paths.values()) {
    for (const { parts, text } of views) {
      for (const part of parts) {
        for (const mention of mentionsOf(part.text, each)) {
          const printed = part.isShown ? isPrinted(part.text, mention) : undefined;
          if (printed === 'certain') return 'certain';
          shown ??= printed;
          for (const renamed of renamings(part, mention, text)) if (paths.size < maxPaths) paths.set(identityOf(renamed), renamed);
        }
      }
    }
  }
  return shown;
}

function identityOf(path: readonly Step[]): string {
  return path.map((step) => (typeof step === 'string' ? step : '*')).join('.');
}

/** Other names under which the template, or one that it takes in, knows the value from there on. */
function renamings({ text }: TemplatePart, { start, end, rest }: Mention, whole: string): (readonly Step[])[] {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const given = /(?:^|[^\w$])['":]?([\w$@]+)['"]?\s*(?:=>|:?(?<![=!<>])=|:)\s*$/.exec(before)?.[1];
  const isAlone = /^\s*(?:[,;)}\]%|\n]|$|-$|\w+=)/.test(after);
  if (given !== undefined && isAlone) return [[given, ...rest]];
  // `{% for plan in plans %}`, `{{#each plans as |plan|}}`, `each plan in plans`
  const each = /(?:\bfor|\beach)\s*\(?\s*(?:const\s+|let\s+)?(\w+)\s+(?:in|of)\s+$/.exec(before)?.[1] ?? /\bforeach\s*$/.exec(before)?.[0];
  if (each !== undefined) return [[each, ...rest.slice(1)]];
  // `{{#with config}}`, `{{> part config}}`, `include("part", config)`: its properties are names.
  const isContext = /^(?:#?\s*with|>\s*[\w./'"-]+)\s+$/.test(before.trimStart()) || /\b(?:include|partial|render|import)\w*\s*\(\s*[^()]*,\s*$/.test(before);
  if (isContext && rest.length > 0) return [rest];
  return mixinParameter(text, start, whole, rest);
}

/** `+card(key)` of Pug: the parameter of `mixin card(value)`. */
function mixinParameter(text: string, start: number, whole: string, rest: readonly Step[]): (readonly Step[])[] {
  const call = /^\+([\w-]+)\(/.exec(text);
  if (!call) return [];
  const index = text.slice(call[0].length, start).split(',').length - 1;
  const parameters = new RegExp(`\\bmixin\\s+${call[1] ?? ''}\\(([^)\n]*)\\)`).exec(whole)?.[1]?.split(',') ?? [];
  const name = parameters[index]?.trim().replace(/^\.{3}|\s*=.*$/g, '');
  return name === undefined || name === '' ? [] : [[name, ...rest]];
}
