import type { Resolved } from '../resolved.ts';
import { slotsOf } from '../slots.ts';
import { oncePerModule } from '../once-per-project.ts';

/** Values that are keys because of where they go, not because of their name. */
export type KeyFlows = ReadonlySet<string>;

/** A name for a value that stays the same wherever it is looked at, or `undefined` where it has none. */
export function identityOf(value: Resolved): string | undefined {
  switch (value.kind) {
    case 'variable':
      return `variable ${value.name}`;
    case 'parameter':
      return `parameter ${value.module.file} ${value.fn} ${value.index}`;
    case 'call':
      return `call ${value.place.module.file} ${value.place.at.join()}`;
    case 'member': {
      const object = value.property.kind === 'text' ? identityOf(value.object) : undefined;
      return object === undefined ? undefined : `${object}.${(value.property as { text: string }).text}`;
    }
    default:
      return undefined;
  }
}

/** The values that fill key slots of a module, under whatever name. */
export const keyFlowsOf = oncePerModule((project, module): KeyFlows => {
  const flows = new Set<string>();
  for (const slot of slotsOf(project, module)) {
    if (slot.kind !== 'key') continue;
    for (const value of optionsOf(project.evaluator.head(slot.value))) {
      const identity = identityOf(value);
      if (identity !== undefined) flows.add(identity);
    }
  }
  return flows;
});

function optionsOf(value: Resolved): readonly Resolved[] {
  return value.kind === 'choice' ? value.options : [value];
}
