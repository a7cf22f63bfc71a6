import type { Resolved } from './resolved.ts';

/** `defineProps()` and `withDefaults(…)` of Vue, `$props()` of Svelte. */
export function isProps({ callee }: Resolved & { kind: 'call' }): boolean {
  return callee.kind === 'global' && /^(?:defineProps|withDefaults|\$props)$/.test(callee.path);
}
