import type { Frame, Lazy, ResolvedFunction } from './resolved.ts';
import { inParameterOrder } from './signature.ts';

/** The frame in which a function's body stands when it is called with these arguments. */
export function frameOf(callee: ResolvedFunction, args: readonly Lazy[], depth: number): Frame {
  return { module: callee.module, fn: callee.fn, args: inParameterOrder(callee.module, callee.module.functions[callee.fn], [...(callee.bound ?? []), ...args]), self: callee.self, outer: callee.frame, depth };
}
