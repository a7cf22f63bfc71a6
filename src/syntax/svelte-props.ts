import type { ModuleFacts } from './estree/module-facts.ts';
import type { Value } from './value.ts';

/** What `export let` declares, a component of Svelte 4 is given, as `$props()` gives it in Svelte 5 (https://svelte.dev/docs/svelte/legacy-export-let). */
export function withSvelteProps(facts: ModuleFacts, text: string): ModuleFacts {
  const props = facts.exports.flatMap(({ local, at }) => (local !== undefined && /^export\s+let\b/.test(text.slice(at[0], at[0] + 40)) ? [{ local, at }] : []));
  if (props.length === 0) return facts;
  const given = props.map(({ local, at }): [string, Value] => {
    const prop: Value = { kind: 'member', object: { kind: 'call', callee: { kind: 'global', path: '$props' }, args: [], at }, property: { kind: 'text', text: local }, at };
    const held = facts.bindings[local];
    const isNone = held === undefined || (held.kind === 'constant' && held.value === undefined);
    return [local, isNone ? prop : { kind: 'choice', options: [prop, held], fallback: true }];
  });
  return { ...facts, bindings: { ...facts.bindings, ...Object.fromEntries(given) } };
}
