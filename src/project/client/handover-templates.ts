import { textOfFile } from '../../sources/file-text.ts';
import { isKeyName } from '../../hilt/names.ts';
import type { ModuleSummary, Use } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Detection } from '../frameworks/detect.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved } from '../resolved.ts';
import { givenByDjangoViews, isContextProcessor, type Given } from './django-views.ts';
import { handedKeysIn, type HandedKey } from './handover-keys.ts';
import { pageHandOvers } from './handover-pages.ts';
import { awaitedBy, type HandOvers } from './handover-site.ts';
import type { Step } from './printed-values.ts';
import { viewsOf, type Views } from './template-views.ts';

/** Pages that a server fills in: what it hands to a template that shows it, and what templates and PHP take from the environment themselves. */
export function templateHandOvers(handOvers: HandOvers, files: Iterable<string>, detection: Detection): void {
  const views = viewsOf(handOvers.project);
  for (const file of [...files].sort()) {
    if (/\.(?:[mc]?[jt]sx?|py)$/.test(file)) handOverLocals(handOvers, views, file, detection);
    else pageHandOvers(handOvers, views, file);
  }
}

// --- what programs hand to templates --------------------------------------------------------------------------------------------

// Express, Fastify, Koa and the engines themselves; Flask, Django, Starlette and FastAPI.
const renderers = new Set(['render', 'renderFile', 'renderAsync', 'renderString', 'renderStringAsync', 'view', 'viewAsync', 'renderTemplate', 'render_template', 'render_template_string', 'render_to_response', 'render_to_string', 'TemplateResponse', 'render_async']);
/** What makes a template that is then called, or rendered, with what it shows. */
const compilers = new Set(['compile', 'compileFile', 'template', 'get_template', 'getTemplate', 'from_string', 'select_template', 'Template']);
/** What reads the text of a template. */
const readers = new Set(['readFileSync', 'readFile', 'open']);
/** What every template is given: https://expressjs.com/en/api.html#app.locals, https://jinja.palletsprojects.com/en/stable/api/#the-global-namespace, Koa's `ctx.state`. */
const sharedPlaces = new Set(['locals', 'globals', 'defaultContext']);
/** What a text must hold that hands something to a template; others need not be parsed. */
const mentionsTemplates = new RegExp(`\\b(?:${[...renderers, ...compilers, ...sharedPlaces].join('|')}|addGlobal|context_processors?|viewOptions|get_context_data|extra_context)\\b`);

function handOverLocals(handOvers: HandOvers, views: Views, file: string, detection: Detection): void {
  const { project } = handOvers;
  const text = project.modules.has(file) ? '' : textOfFile(project.source, file);
  const module = project.modules.has(file) || mentionsTemplates.test(text) ? handOvers.open(file) : undefined;
  if (!module) return;
  // `event.locals` of SvelteKit and `Astro.locals` stay on the server.
  const hasLocals = !detection.at(file).some(({ framework }) => framework.side === 'mixed');
  const given = module.uses.flatMap((use): Given[] => {
    if (use.kind === 'call') return [...givenToView(project, module, use), ...(hasLocals ? givenToAll(project, module, use) : [])];
    return use.kind === 'assign' && hasLocals ? givenToLocals(project, module, use) : [];
  });
  for (const each of [...given, ...givenByProcessors(project, module), ...givenByDjangoViews(project, module)]) handOverGiven(handOvers, views, module, each);
}

function handOverGiven(handOvers: HandOvers, views: Views, module: ModuleSummary, given: Given): void {
  const { project } = handOvers;
  const keys = handedKeysIn(project, given.value);
  if (keys.length > 0) for (const file of views.files(given.view)) awaitedBy(project).files.add(file);
  for (const key of keys) {
    const shown = views.show(given.view, stepsOf(project, key, given.name));
    if (shown === undefined) continue;
    const at = placeIn(project, module, given.value, key) ?? given.at;
    handOvers.add({ module, what: 'what a template is given', confidence: shown }, at, key);
  }
}

/** How a template gets at the value: FastAPI's `context={"key": …}` is one object further down, and of a whole environment any key. */
function stepsOf(project: Project, { path, name }: HandedKey, given: string | undefined): Step[] {
  const steps: Step[] = given !== undefined ? [given, ...path] : path[0] === 'context' || path[0] === 'locals' ? path.slice(1) : [...path];
  if (name === 'process.env' || name === 'os.environ') steps.push((variable) => isKeyName(variable, project.keyOptions));
  return steps;
}

/**
 * `response.render("pay", { key })`, `reply.view("pay.ejs", { key })`, `render_template("pay.html", key=key)`,
 * `render(request, "pay.html", {"key": key})`, `Handlebars.compile(text)({ key })`, `environment.get_template("pay.html").render(key=key)`.
 */
function givenToView(project: Project, module: ModuleSummary, use: Use & { kind: 'call' }): Given[] {
  const callee = project.evaluator.look(module, use.callee);
  const lazies = use.args.map((item) => ({ item, value: project.evaluator.look(module, item.value) }));
  const compiled = compiledView(project, callee);
  if (compiled !== undefined) return lazies.map(({ item }) => ({ value: project.evaluator.lazy(module, item.value, undefined, item.at), at: item.at, view: compiled }));
  if (use.args.length < 2 && module.language !== 'python') return [];
  if (!renderers.has(calleeName(callee))) return [];
  const view = lazies.find(({ value }) => viewIn(project, value) !== undefined)?.value ?? lazies.flatMap(({ value }) => (module.language === 'python' && value.kind === 'object' ? [project.evaluator.property(value, 'name')] : [])).find((value) => value.kind === 'text');
  const name = view && viewIn(project, view);
  if (name === undefined || (isAnswer(callee) && !viewsOf(project).has(name))) return [];
  return lazies.flatMap(({ item, value }) => (value === view ? [] : [{ value: project.evaluator.lazy(module, item.value, undefined, item.at), at: item.at, view: name }]));
}

/** What a handler answers with a template that is not in the repository is `no-key-disclosure`'s ground. */
function isAnswer(callee: Resolved): boolean {
  if (!/^(?:render|view|render_template)$/.test(calleeName(callee))) return false;
  return callee.kind === 'outside' ? /^(?:flask|django\b)/.test(callee.specifier) : callee.kind === 'member' && callee.object.kind === 'parameter';
}

/** The template that a value names, holds or reads. */
function viewIn(project: Project, value: Resolved): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'concat') return value.parts.map((part) => viewIn(project, part)).findLast((part) => part !== undefined && /\w/.test(part));
  if (value.kind !== 'call') return undefined;
  const name = calleeName(value.callee);
  if (!readers.has(name) && !/^(?:join|resolve|fileURLToPath|URL|toString|read|read_text)$/.test(name)) return undefined;
  const argument = [...value.args].reverse().map((each) => viewIn(project, project.evaluator.head(each))).find((each) => each !== undefined && !/^utf-?8$/i.test(each));
  return argument ?? (value.callee.kind === 'member' ? viewIn(project, value.callee.object) : undefined);
}

/** The template of a function or an object that was made from one. */
function compiledView(project: Project, callee: Resolved): string | undefined {
  const made = callee.kind === 'member' && renderers.has(calleeName(callee)) ? callee.object : callee;
  if (made.kind !== 'call' || !compilers.has(calleeName(made.callee))) return undefined;
  const [template] = made.args;
  return template && viewIn(project, project.evaluator.head(template));
}

/** `app.locals.key = …`, `response.locals = { … }`, `environment.globals["key"] = …`. */
function givenToLocals(project: Project, module: ModuleSummary, use: Use & { kind: 'assign' }): Given[] {
  const property = project.evaluator.look(module, use.property);
  if (property.kind !== 'text') return [];
  const value = project.evaluator.lazy(module, use.value, undefined, use.valueAt);
  if (property.text === 'locals') return [{ value, at: use.valueAt }];
  const holder = lastName(project.evaluator.look(module, use.object));
  return sharedPlaces.has(holder) || (holder === 'state' && /\bctx\b|\bcontext\b/.test(firstName(project.evaluator.look(module, use.object)))) ? [{ value, at: use.valueAt, name: property.text }] : [];
}

/** `Object.assign(app.locals, { key })`, `environment.globals.update(key=key)`, `environment.addGlobal("key", key)`. */
function givenToAll(project: Project, module: ModuleSummary, use: Use & { kind: 'call' }): Given[] {
  const callee = project.evaluator.look(module, use.callee);
  const lazyOf = ({ value, at }: (typeof use.args)[number]): Given => ({ value: project.evaluator.lazy(module, value, undefined, at), at });
  const [first, ...others] = use.args;
  if (!first) return [];
  const name = calleeName(callee);
  if (name === 'assign' || name === 'Object.assign') return lastName(project.evaluator.look(module, first.value)) === 'locals' ? others.map(lazyOf) : [];
  if (name === 'update' && callee.kind === 'member') return lastName(callee.object) === 'globals' ? use.args.map(lazyOf) : [];
  if (name !== 'addGlobal' && name !== 'add_global') return [];
  const named = project.evaluator.look(module, first.value);
  return named.kind === 'text' ? others.map((item) => ({ ...lazyOf(item), name: named.text })) : [];
}

/** https://flask.palletsprojects.com/en/stable/templating/#context-processors; Django's are named in its settings. */
function givenByProcessors(project: Project, module: ModuleSummary): Given[] {
  if (module.language !== 'python') return [];
  const text = textOfFile(project.source, module.file);
  const decorated = new Set([...text.matchAll(/^[ \t]*@[\w.]*context_processor\b[^\n]*\n[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)/gm)].map((match) => match[1]));
  return module.functions.flatMap((fn) => {
    if (!decorated.has(fn.name) && !isContextProcessor(project, module, fn.name)) return [];
    return fn.returns.map((value): Given => ({ value: project.evaluator.lazy(module, value, undefined, fn.at), at: fn.at }));
  });
}

function lastName(value: Resolved): string {
  if (value.kind === 'member') return value.property.kind === 'text' ? value.property.text : '';
  return value.kind === 'global' || value.kind === 'outside' ? calleeName(value) : '';
}

function firstName(value: Resolved): string {
  if (value.kind === 'member') return firstName(value.object);
  return value.kind === 'parameter' ? (value.name ?? '') : value.kind === 'global' ? value.path : '';
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

