import { authorizationScheme } from '../../hilt/header.ts';
import type { Resolved } from '../resolved.ts';

interface Authorization { readonly kind: 'bearer' | 'basic' | 'authorization'; readonly value: Resolved }

/** What an `Authorization` header carries, one answer for each way in which it may read. */
export function authorizationOf(value: Resolved): Authorization[] {
  const options = value.kind === 'choice' ? value.options : [value];
  return options.flatMap((option): Authorization[] => {
    const parts = option.kind === 'concat' ? option.parts : [option];
    const [first, ...rest] = parts;
    const carried: Resolved = rest.length === 1 && rest[0] ? rest[0] : { kind: 'concat', parts: rest };
    if (first?.kind !== 'text') return option.kind === 'constant' ? [] : [{ kind: 'authorization', value: option }];
    const scheme = authorizationScheme(first.text);
    // `Bearer ${process.env.TOKEN ?? ""}` may also send nothing at all.
    const isEmpty = rest.length === 0 && /^\s*[A-Za-z]*\s*$/.test(first.text);
    if (scheme === 'payment' || isEmpty || (scheme === 'other' && rest.length === 0)) return [];
    if (scheme === 'other') return [{ kind: 'authorization', value: option }];
    return [{ kind: scheme, value: rest.length === 0 ? first : carried }];
  });
}
