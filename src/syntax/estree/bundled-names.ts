import type { Effect, Test } from '../module-summary.ts';
import { testOf } from './branches.ts';
import { isFunction, type Scope } from './scopes.ts';
import type { SideEffects } from './side-effects.ts';

// What bundlers work out of the names at the top of a module.

/** Plain booleans are bindings; what else comes out when bundling is told here. */
export function flagsOf(module: Scope): { flags?: Record<string, Test> } {
  const entries = [...module.variables.values()].flatMap((variable): [string, Test][] => {
    if (variable.kind !== 'const' || !variable.init || variable.path.length > 0 || variable.init.type === 'Literal') return [];
    const test = testOf(variable.init, module, 0);
    return test.kind === 'unknown' || test.kind === 'import' ? [] : [[variable.name, test]];
  });
  return entries.length > 0 ? { flags: Object.fromEntries(entries) } : {};
}

/** What calling the functions, and making instances of the classes, of the module does; what may do anything is left out. */
export function callEffectsOf(module: Scope, effects: SideEffects): { callEffects?: Record<string, Effect[]> } {
  const entries = [...module.variables.values()].flatMap((variable): [string, Effect[]][] => {
    const declared = variable.kind === 'function' || variable.kind === 'class' ? variable.node : variable.kind === 'const' ? variable.init : undefined;
    if (!declared || !(isFunction(declared) || declared.type === 'ClassDeclaration' || declared.type === 'ClassExpression')) return [];
    const called = effects.ofCalling(declared);
    return called.includes('effect') ? [] : [[variable.name, called]];
  });
  return entries.length > 0 ? { callEffects: Object.fromEntries(entries) } : {};
}
