import { decode } from '../../sources/decode.ts';
import type { Project } from '../project.ts';

/** The templates of a repository that a server fills in. */
export interface Views {
  /**
   * Whether a template shows a name that it is given; any template, where none is named. Those that it takes in and the layouts
   * get the same values. Of a template that is not in the repository nothing is known.
   */
  show(view: string | undefined, name: string): 'certain' | 'possible' | undefined;
  /** Whether the repository holds the template. */
  has(view: string): boolean;
}

/** Templates of engines that run on a server. */
export function isServerTemplate(file: string): boolean {
  return /\.(?:ejs|hbs|handlebars|mustache|njk|nunjucks|liquid|twig|jinja2?|j2|eta|erb|blade\.php|pug|jade)$/.test(file);
}

function isView(file: string): boolean {
  return isServerTemplate(file) || (/\.x?html?$/.test(file) && /(?:^|\/)(?:views|templates)\//.test(file));
}

const viewsByProject = new WeakMap<Project, Views>();

export function viewsOf(project: Project): Views {
  let views = viewsByProject.get(project);
  if (!views) viewsByProject.set(project, (views = createViews(project)));
  return views;
}

function createViews({ source }: Project): Views {
  const paths = [...(source?.paths() ?? [])].filter(isView);
  const texts = new Map<string, string>();
  const textOf = (path: string): string => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const bytes = source?.open(path)?.read();
    const text = bytes ? decode(bytes).text : '';
    texts.set(path, text);
    return text;
  };
  const rendered = new Map<string, readonly string[]>();
  return {
    has: (view) => paths.some((path) => isNamed(path, view)),
    show: (view, name) => {
      const key = view ?? '';
      const files = rendered.get(key) ?? (view === undefined ? paths : takenIn(paths.filter((path) => isNamed(path, view)), paths, textOf));
      rendered.set(key, files);
      if (files.length === 0) return 'possible';
      return files.some((path) => shows(path, textOf(path), name)) ? 'certain' : undefined;
    },
  };
}

function isNamed(path: string, view: string): boolean {
  const base = stem(view.replace(/^\.{0,2}\//, ''));
  const own = stem(path);
  return own === base || own.endsWith(`/${base}`);
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
    const names = [...textOf(path).matchAll(/(?:include|extends|import|partial|render|\{\{>)[\s('"`-]*([\w./-]+)/g)].map((match) => match[1] ?? '');
    for (const name of names) for (const other of all) if (isNamed(other, name) || isNamed(other, name.replace(/([^/]+)$/, '_$1'))) taken.add(other);
  }
  return [...taken];
}

/** Longer than what anyone prints; a tag that is never closed is none. */
const tags = [/<%[-=]([\s\S]{0,4000}?)%>/g, /\{\{\{?(?![#/!>^])([\s\S]{0,4000}?)\}\}/g];
/** https://pugjs.org/language/interpolation.html */
const pugOutputs = [/[#!]\{([^}\n]{0,4000})\}/g, /^[\t ]*(?:[\w.#-]+(?:\([^)\n]*\))?)?!?=[\t ]*([^\n]*)/gm];

/** The places at which a template writes values into the page. */
export function outputsIn(file: string): readonly RegExp[] {
  return /\.(?:pug|jade)$/.test(file) ? pugOutputs : tags;
}

function shows(file: string, text: string, name: string): boolean {
  const mention = new RegExp(`(?<![\\w$.'"-])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])(?!\\s*(?:\\?[^.]|[!=]=|\\.length))`);
  return outputsIn(file).some((output) => [...text.matchAll(output)].some((match) => mention.test(match[1] ?? '')));
}
