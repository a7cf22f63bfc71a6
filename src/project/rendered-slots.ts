import type { ModuleSummary, Use } from '../syntax/module-summary.ts';
import { isProps } from './component-props.ts';
import { frameOf } from './frames.ts';
import { usesHiltPay } from './hilt-package.ts';
import type { Project } from './project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedFunction } from './resolved.ts';
import { slotsOf, slotsOfUses, type Slot } from './slots.ts';

interface Rendered { readonly type: Resolved; readonly props: Lazy; readonly place: Place }

/** `memo(forwardRef(Component))`. */
const maxWrappers = 3;
const makers = /(?:^|\.)(?:createElement|jsxs?|jsxDEV|_jsxs?|h)$/;
/** What a component that is handed on by a package calls its key. */
const keyProps: readonly string[] = ['apiKey', 'hiltKey', 'hiltApiKey'];

/** Slots in the components that a module renders, with the props that it gives them: `<HiltProvider apiKey="…">`. */
export function slotsOfRendered(project: Project, module: ModuleSummary): readonly Slot[] {
  return module.uses.flatMap((use) => {
    const rendered = renderedBy(project, module, use);
    return rendered ? slotsOfComponent(project, module, rendered, rendered.type, 0) : [];
  });
}

function renderedBy({ evaluator }: Project, module: ModuleSummary, use: Use): Rendered | undefined {
  if (use.kind === 'element') {
    const element = evaluator.look(module, use.element);
    return element.kind === 'element' ? { type: evaluator.head(element.type), props: element.props, place: element.place } : undefined;
  }
  const [type, props] = use.kind === 'call' ? use.args : [];
  if (use.kind !== 'call' || !type || !props || !makers.test(calleeName(evaluator.look(module, use.callee)))) return undefined;
  return { type: evaluator.look(module, type.value), props: evaluator.lazy(module, props.value, undefined, props.at), place: { module, at: use.at } };
}

function slotsOfComponent(project: Project, module: ModuleSummary, rendered: Rendered, type: Resolved, depth: number): readonly Slot[] {
  switch (type.kind) {
    case 'function':
      return slotsOfFunction(project, rendered, type);
    case 'namespace':
      return slotsOfFile(project, rendered, type.module);
    case 'outside':
      return isOfHilt(project, module, type) ? keyProps.flatMap((name) => propSlot(project, rendered, name)) : [];
    case 'call':
      return depth < maxWrappers ? type.args.slice(0, 1).flatMap((inner) => slotsOfComponent(project, module, rendered, project.evaluator.head(inner), depth + 1)) : [];
    default:
      return [];
  }
}

function slotsOfFunction(project: Project, { props, place }: Rendered, type: ResolvedFunction): Slot[] {
  const inside = type.module.uses.filter((use) => use.fn === type.fn || type.module.functions[use.fn]?.parent === type.fn);
  return slotsOfUses(project, inside, { module: type.module, frame: frameOf(type, [props], 1), calls: [place] });
}

/** A component of Vue or Svelte is a file: what its slots take of its props. */
function slotsOfFile(project: Project, { props, place }: Rendered, file: ModuleSummary): Slot[] {
  return slotsOf(project, file).flatMap((slot): Slot[] => {
    const value = project.evaluator.head(slot.value);
    const options = value.kind === 'choice' ? value.options : [value];
    return options.flatMap((option): Slot[] => {
      if (option.kind !== 'member' || option.object.kind !== 'call' || !isProps(option.object)) return [];
      const given = project.evaluator.property(project.evaluator.head(props), option.property.kind === 'text' ? option.property.text : '');
      return [{ ...slot, value: { ...slot.value, known: given }, calls: [place] }];
    });
  });
}

function isOfHilt(project: Project, module: ModuleSummary, { specifier, name }: Resolved & { kind: 'outside' }): boolean {
  return /^@hiltpay\//.test(specifier) || (/^(?:default\.)?Hilt[A-Z]/.test(name) && (module.mentions.hiltPay || usesHiltPay(project, module)));
}

function propSlot(project: Project, { props, place }: Rendered, name: string): Slot[] {
  const given = project.evaluator.property(project.evaluator.head(props), name);
  return given.kind === 'text' ? [{ kind: 'key', name, value: { ...props, known: given }, place, calls: [] }] : [];
}
