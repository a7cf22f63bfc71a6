import type { ModuleSummary } from './module-summary.ts';

/** A function of a module, by its index, and those that it stands in, the innermost first. None for the top of the module (-1). */
export function* enclosingFunctions({ functions }: Pick<ModuleSummary, 'functions'>, fn: number): Generator<number> {
  for (let at = fn; at >= 0; at = functions[at]?.parent ?? -1) yield at;
}

/** Whether a function is another one, or stands in it. */
export function isInFunction(module: Pick<ModuleSummary, 'functions'>, fn: number, outer: number): boolean {
  for (const each of enclosingFunctions(module, fn)) if (each === outer) return true;
  return false;
}
