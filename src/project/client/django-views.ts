import { textOfFile } from '../../sources/file-text.ts';
import type { ClassSummary, ModuleSummary, Use } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Value } from '../../syntax/value.ts';
import type { Project } from '../project.ts';
import { calleeName, resolvedLazy, type Lazy, type Resolved } from '../resolved.ts';
import { oncePerProject } from '../once-per-project.ts';

/** A value that a template is given. */
export interface Given {
  readonly value: Lazy;
  readonly at: Span;
  /** The template, where it is named; what the application shares goes to all of them. */
  readonly view?: string;
  /** The name that the template knows the value by, unless the value is an object of names. */
  readonly name?: string;
}

/**
 * What the views of Django that are classes give their templates: what `get_context_data` returns or adds, and `extra_context`, of a class
 * or of `as_view(…)` (https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-simple/#contextmixin).
 */
export function givenByDjangoViews(project: Project, module: ModuleSummary): Given[] {
  if (module.language !== 'python') return [];
  return [...module.classes.flatMap((cls) => givenByClass(project, module, cls)), ...module.uses.flatMap((use) => (use.kind === 'call' ? givenByUrl(project, module, use) : []))];
}

function givenByClass(project: Project, module: ModuleSummary, cls: ClassSummary): Given[] {
  const view = textOf(project, module, cls.statics['template_name']);
  const named = view === undefined ? {} : { view };
  const lazy = (value: Value, at: Span): Lazy => project.evaluator.lazy(module, value, undefined, at);
  const extra = cls.statics['extra_context'];
  const given: Given[] = extra ? [{ value: lazy(extra, cls.at), at: cls.at, ...named }] : [];
  const method = cls.methods['get_context_data'];
  if (method === undefined) return given;
  const fn = module.functions[method];
  for (const value of fn?.returns ?? []) given.push({ value: lazy(value, fn?.at ?? cls.at), at: fn?.at ?? cls.at, ...named });
  for (const use of module.uses) {
    if (use.fn !== method) continue;
    if (use.kind === 'assign') {
      const name = textOf(project, module, use.property);
      if (name !== undefined) given.push({ value: lazy(use.value, use.valueAt), at: use.valueAt, name, ...named });
    } else if (use.kind === 'call' && /^(?:update|setdefault|get_context_data)$/.test(calleeName(project.evaluator.look(module, use.callee)))) {
      for (const { value, at } of use.args) given.push({ value: lazy(value, at), at, ...named });
    }
  }
  return given;
}

/** `TemplateView.as_view(template_name="pay.html", extra_context={"key": key})` */
function givenByUrl(project: Project, module: ModuleSummary, use: Use & { kind: 'call' }): Given[] {
  if (calleeName(project.evaluator.look(module, use.callee)) !== 'as_view') return [];
  return use.args.flatMap(({ value, at }) => {
    const settings = project.evaluator.look(module, value);
    if (settings.kind !== 'object') return [];
    const view: Resolved = project.evaluator.property(settings, 'template_name');
    const context = project.evaluator.property(settings, 'extra_context');
    return context.kind === 'object' ? [{ value: resolvedLazy(context, { module, at }), at, ...(view.kind === 'text' ? { view: view.text } : {}) }] : [];
  });
}

function textOf(project: Project, module: ModuleSummary, value: Value | undefined): string | undefined {
  const found = value && project.evaluator.look(module, value);
  return found?.kind === 'text' ? found.text : undefined;
}

const contextProcessors = oncePerProject(({ source }): readonly string[] => [...(source?.paths() ?? [])].filter((path) => /(?:^|\/)settings(?:\/[\w/]+|\w*)\.py$/.test(path)).flatMap((path) => namedProcessors(textOfFile(source, path))));

/** Whether a function gives every template what it returns: `"OPTIONS": { "context_processors": ["shop.context.hilt"] }`, or by the custom of the file's name. */
export function isContextProcessor(project: Project, { file }: ModuleSummary, name: string | undefined): boolean {
  if (/(?:^|\/)context_processors\.py$/.test(file)) return true;
  const own = `.${file.replace(/\.py$/, '').replaceAll('/', '.')}.${name ?? ''}`;
  return contextProcessors(project).some((each) => own.endsWith(`.${each}`));
}

function namedProcessors(settings: string): string[] {
  return [...settings.matchAll(/context_processors["']?\s*(?::|\+?=|\.append\(|\])\s*[[(]?([^\])]*)/g)].flatMap((match) => [...(match[1] ?? '').matchAll(/["']([\w.]+)["']/g)].map((each) => each[1] ?? ''));
}
