import { isKeyLikeName, isKeyName, secretNameKind } from '../../hilt/names.ts';
import { decode } from '../../sources/decode.ts';
import type { ModuleSummary, Use } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Detection } from '../frameworks/detect.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved } from '../resolved.ts';
import type { Exposure } from './exposure.ts';
import { handedKeysIn, type HandedKey } from './handover-keys.ts';
import type { HandOvers } from './handover-site.ts';
import { isServerTemplate, outputsIn, viewsOf, type Views } from './template-views.ts';

/** Pages that a server fills in: what it hands to a template that shows it, and what templates and PHP take from the environment themselves. */
export function templateHandOvers(handOvers: HandOvers, files: Iterable<string>, detection: Detection): void {
  const views = viewsOf(handOvers.project);
  for (const file of [...files].sort()) {
    if (/\.(?:[mc]?[jt]sx?|py)$/.test(file)) handOverLocals(handOvers, views, file, detection);
    else if (isServerTemplate(file) || file.endsWith('.php')) handOverPage(handOvers, file);
  }
}

function textOf({ source }: Project, file: string): string {
  const bytes = source?.open(file)?.read();
  return bytes ? decode(bytes).text : '';
}

// --- what programs hand to templates --------------------------------------------------------------------------------------------

// Express, Fastify, Koa and the engines themselves; Flask, Django, Starlette and FastAPI.
const renderers = new Set(['render', 'renderFile', 'renderAsync', 'view', 'renderTemplate', 'render_template', 'render_to_response', 'render_to_string', 'TemplateResponse', 'render_async']);
/** What a text must hold that hands something to a template; others need not be parsed. */
const mentionsTemplates = new RegExp(`\\b(?:${[...renderers].join('|')}|locals)\\b`);

function handOverLocals(handOvers: HandOvers, views: Views, file: string, detection: Detection): void {
  const { project } = handOvers;
  const module = project.modules.has(file) || mentionsTemplates.test(textOf(project, file)) ? handOvers.open(file) : undefined;
  if (!module) return;
  // `event.locals` of SvelteKit and `Astro.locals` stay on the server.
  const hasLocals = !detection.at(file).some(({ framework }) => framework.side === 'mixed');
  for (const use of module.uses) {
    for (const given of use.kind === 'call' ? givenToView(project, module, use) : use.kind === 'assign' && hasLocals ? givenToLocals(project, module, use) : []) {
      for (const key of handedKeysIn(project, given.value)) {
        const shown = views.show(given.view, given.name ?? nameOf(key));
        if (shown === undefined) continue;
        const at = placeIn(project, module, given.value, key) ?? given.at;
        handOvers.add({ module, what: 'what a template is given', confidence: shown }, at, key);
      }
    }
  }
}

/** The name under which a template knows the value: FastAPI's `context={"key": …}` is one object further down. */
function nameOf({ path }: HandedKey): string {
  return (path[0] === 'context' ? path[1] : path[0]) ?? '';
}

interface Given {
  readonly value: Lazy;
  readonly at: Span;
  /** The template, where it is named; locals of the application go to all of them. */
  readonly view?: string;
  /** The name that the template knows the value by, unless the value is an object of names. */
  readonly name?: string;
}

/** `response.render("pay", { key })`, `reply.view("pay.ejs", { key })`, `render_template("pay.html", key=key)`, `render(request, "pay.html", {"key": key})`. */
function givenToView(project: Project, module: ModuleSummary, use: Use & { kind: 'call' }): Given[] {
  if (use.args.length < 2 && module.language !== 'python') return [];
  const callee = project.evaluator.look(module, use.callee);
  if (!renderers.has(calleeName(callee))) return [];
  const named = use.args.map((item) => project.evaluator.look(module, item.value));
  const view = named.find((value) => value.kind === 'text') ?? named.flatMap((value) => (module.language === 'python' && value.kind === 'object' ? [project.evaluator.property(value, 'name')] : [])).find((value) => value.kind === 'text');
  if (view?.kind !== 'text') return [];
  return use.args.flatMap((item, index) => (named[index] === view ? [] : [{ value: project.evaluator.lazy(module, item.value, undefined, item.at), at: item.at, view: view.text }]));
}

/** `app.locals.key = …`, `response.locals = { … }`. */
function givenToLocals(project: Project, module: ModuleSummary, use: Use & { kind: 'assign' }): Given[] {
  const property = project.evaluator.look(module, use.property);
  if (property.kind !== 'text') return [];
  const value = project.evaluator.lazy(module, use.value, undefined, use.valueAt);
  if (property.text === 'locals') return [{ value, at: use.valueAt }];
  return lastName(project.evaluator.look(module, use.object)) === 'locals' ? [{ value, at: use.valueAt, name: property.text }] : [];
}

function lastName(value: Resolved): string {
  if (value.kind === 'member') return value.property.kind === 'text' ? value.property.text : '';
  return value.kind === 'global' || value.kind === 'outside' ? calleeName(value) : '';
}

/** The property of the object that leads to the key. */
function placeIn(project: Project, module: ModuleSummary, value: Lazy, key: HandedKey): Span | undefined {
  const object = project.evaluator.head(value);
  if (object.kind !== 'object' || object.place?.module !== module) return undefined;
  const entry = object.entries.find((each) => {
    const name = each.key && project.evaluator.head(each.key);
    return name?.kind === 'text' && name.text === key.path[0];
  });
  return entry?.place.module === module ? (entry.value.at ?? entry.place.at) : undefined;
}

// --- what templates take themselves ---------------------------------------------------------------------------------------------

const embeddedReads = [
  // EJS, Eta; ERB; PHP; Blade
  /\bprocess\.env(?:\.|\[\s*['"])([A-Za-z_]\w*)['"]?\]?/g,
  /\bENV(?:\.fetch\(\s*|\[\s*)['"]([A-Za-z_]\w*)['"]\s*[)\]]/g,
  /\b(?:getenv|env|get_option|config|get_site_option)\(\s*['"]([A-Za-z_][\w.-]*)['"][^)]*\)/g,
  /\$_(?:ENV|SERVER)\[\s*['"]([A-Za-z_]\w*)['"]\s*\]/g,
  // A constant of PHP: `'apiKey' => HILT_API_KEY`
  /(?<=(?:=>|[(,.=]|\becho)\s*)([A-Z][A-Z0-9_]*)(?=\s*(?:[)\],;.]|\?>))/g,
];

function handOverPage(handOvers: HandOvers, file: string): void {
  const { project } = handOvers;
  const module = handOvers.open(file);
  if (!module) return;
  const text = textOf(project, file);
  const isPhp = file.endsWith('.php') && !file.endsWith('.blade.php');
  const regions = isPhp ? phpOutputs(text) : outputsIn(file).flatMap((output) => [...text.matchAll(output)].map((match): Span => [match.index, match.index + match[0].length]));
  const inRegion = ([start, end]: Span): boolean => regions.some((region) => region[0] <= start && end <= region[1]);
  const page = (at: Span, subject: Pick<Exposure, 'secret' | 'name'>): void => handOvers.push({
    file, at, exposure: 'value', confidence: 'certain', reason: 'handed-over', ...subject, what: 'a page that the server fills in', trace: [{ file, at, message: 'a page that the server fills in' }],
  });
  for (const { name, at } of readsIn(project, text)) if (inRegion(at) && isWhole(text, at)) page(at, { name });
  if (isPhp) for (const { name, at } of phpVariables(project, text)) if (inRegion(at)) page(at, { name });
  for (const { secret, at } of module.secrets) if (inRegion(at) || !isCode(text, at, isPhp)) page(at, { secret });
}

interface Read { readonly name: string; readonly at: Span }

function readsIn(project: Project, text: string): Read[] {
  return embeddedReads.flatMap((pattern) => [...text.matchAll(pattern)].flatMap((match): Read[] => {
    const name = match[1] ?? '';
    const isKey = isKeyName(name, project.keyOptions) || isKeyLikeName(name, project.keyOptions) || secretNameKind(name) !== undefined;
    return isKey ? [{ name, at: [match.index, match.index + match[0].length] }] : [];
  }));
}

/** Not only asked whether it is there, or how long. */
function isWhole(text: string, [start, end]: Span): boolean {
  return !/^\s*(?:\?[^.?:>]|[!=]=|\.length)/.test(text.slice(end, end + 20)) && !/(?:\bempty|\bisset|!!?|\bstrlen|\bmd5|\bsubstr|\bBoolean)\s*\(?\s*$/.test(text.slice(Math.max(0, start - 12), start));
}

const phpPrints = /<\?=|\becho\b|\bprintf?\s*\(|\b(?:wp_localize_script|wp_add_inline_script|wp_json_encode|json_encode|wp_send_json\w*|view|render)\s*\(/g;

/** Statements of PHP that print or hand to the page: `<?= … ?>`, `echo …;`, `wp_localize_script(…);`. */
function phpOutputs(text: string): Span[] {
  return [...text.matchAll(phpPrints)].map((match): Span => {
    const rest = /;|\?>/.exec(text.slice(match.index));
    return [match.index, rest ? match.index + rest.index : text.length];
  });
}

/** Variables and constants of PHP that were given a key's value, where they are used again. */
function phpVariables(project: Project, text: string): Read[] {
  const reads = readsIn(project, text);
  return [...text.matchAll(/(\$\w+)\s*=\s*(?=\S)/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const read = reads.find(({ at }) => at[0] === start);
    if (!read || match[1] === undefined) return [];
    const uses = [...text.matchAll(new RegExp(`${match[1].replace('$', '\\$')}(?!\\w)(?!\\s*=[^=>])`, 'g'))];
    return uses.filter((use) => isWhole(text, [use.index, use.index + use[0].length])).map((use): Read => ({ name: read.name, at: [use.index, use.index + use[0].length] }));
  });
}

/** Inside the code or the comments of a template, which the page does not have. */
function isCode(text: string, [start]: Span, isPhp: boolean): boolean {
  const blocks = isPhp ? /<\?(?:php\b|=)[\s\S]*?(?:\?>|$(?![\s\S]))/g : /<%[\s\S]{0,8000}?%>|\{\{[\s\S]{0,8000}?\}\}|\{%[\s\S]{0,8000}?%\}|\{#[\s\S]{0,8000}?#\}/g;
  return [...text.matchAll(blocks)].some((block) => block.index <= start && start < block.index + block[0].length);
}
