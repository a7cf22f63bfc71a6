import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { applyFunction } from '../calls.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved, type ResolvedCall, type ResolvedInstance } from '../resolved.ts';
import { isClientClass } from '../slots.ts';

/**
 * How a value is written out: with all that it holds, by what goes through all of an error as well (`log`: `console.log`), as JSON, as an answer (JSON, or headers), or as the text that
 * a template, `+` and `String` make of it. In Python `print` and `str` write what is in lists and dictionaries, of an object no more than it says of itself.
 */
export type Form = 'whole' | 'log' | 'json' | 'answer' | 'text';

/** Methods with which an object says how it is written, by the form; for Python as well. */
const ownWords: Readonly<Record<Form, readonly string[]>> = { whole: ['[inspect]'], log: ['[inspect]'], json: ['toJSON'], answer: ['toJSON'], text: ['toString', '__str__', '__repr__'] };

/** What is seen of an object that does not show its parts in this form; `undefined`: it shows them. */
export function said(project: Project, value: Resolved, form: Form): readonly Resolved[] | undefined {
  const words = saidByMethod(project, value, value.kind === 'object' && value.isText ? 'json' : form);
  if (words) return words;
  if (form === 'json') return value.kind === 'object' && value.container ? [] : undefined;
  if (form !== 'text') return undefined;
  switch (value.kind) {
    case 'instance':
      return textOfInstance(project, value);
    case 'object':
      return value.isText || isPython(value.place?.module) ? undefined : [];
    case 'environment':
      return value.access === 'os.environ' || value.access === 'expansion' ? undefined : [];
    // What Python's client says of itself is not documented.
    case 'call':
      return value.isNew && isClientClass(project, value.callee) && !isPython(value.place.module) ? [] : undefined;
    default:
      return undefined;
  }
}

function saidByMethod(project: Project, value: Resolved, form: Form): readonly Resolved[] | undefined {
  if (value.kind !== 'instance' && (value.kind !== 'object' || value.container)) return undefined;
  for (const name of ownWords[form]) {
    const method = value.kind === 'instance' ? project.evaluator.instanceProperty(value, name) : methodOf(project, value, name);
    if (method?.kind === 'function') return [applyFunction(project.evaluator, method, [], 0)];
  }
  return undefined;
}

function methodOf(project: Project, object: Extract<Resolved, { kind: 'object' }>, name: string): Resolved | undefined {
  const entry = object.entries.findLast(({ key }) => key?.value.kind === 'text' && key.value.text === name);
  return entry && project.evaluator.head(entry.value);
}

/** An error is its message; Python's data classes and models list their fields; anything else is its class's name. */
function textOfInstance(project: Project, instance: ResolvedInstance): readonly Resolved[] | undefined {
  const parent = project.evaluator.parentInstance(instance);
  if (parent?.kind === 'call' && /(?:Error|Exception)$/.test(calleeName(parent.callee))) return [parent];
  const cls = instance.module.classes[instance.cls];
  if (isPython(instance.module)) return cls?.superclass || cls?.decorators ? undefined : [];
  return parent?.kind === 'instance' ? said(project, parent, 'text') : [];
}

const intoText = new Set(['String', 'toString', 'concat', 'join', 'btoa', 'escape', 'encodeURIComponent', 'padStart', 'padEnd', 'str', 'repr']);

/** How a part of what a call shows is written in its result, which is itself written as `form`. */
export function formOfPart({ callee }: ResolvedCall, part: Resolved, form: Form): Form {
  const name = calleeName(callee);
  if (name === 'stringify') return 'json';
  if (name === 'inspect') return 'log';
  if (intoText.has(name)) return 'text';
  // Its message; what caused it is printed whole.
  if (callee.kind === 'global' && name.endsWith('Error') && (form === 'text' || part.kind !== 'object')) return 'text';
  return form === 'text' ? 'whole' : form;
}

function isPython(module: ModuleSummary | undefined): boolean {
  return module?.language === 'python';
}
