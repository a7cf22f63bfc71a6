import { isRecord } from './manifest.ts';

/**
 * What `exports` or `imports` of a package.json gives for one request, as Node has it
 * (https://nodejs.org/api/packages.html#exports): `./x.js`, `null` for a closed path, `undefined` where nothing matches.
 * `request` is `.`, `./sub/path` or `#name`.
 */
export function packageTarget(field: unknown, request: string, conditions: ReadonlySet<string>): string | null | undefined {
  const entry = packageEntry(field, request);
  if (entry === undefined) return undefined;
  const target = conditionalTarget(entry.value, conditions);
  return typeof target === 'string' ? target.replaceAll('*', entry.star) : target;
}

/** Every string below the matching entry, under any condition, in source order: where the built file is not in the repository. */
export function packageTargets(field: unknown, request: string): string[] {
  const entry = packageEntry(field, request);
  if (entry === undefined) return [];
  const found: string[] = [];
  collectStrings(entry.value, found, 0);
  return found.map((target) => target.replaceAll('*', entry.star));
}

interface Entry { readonly value: unknown; readonly star: string }

function packageEntry(field: unknown, request: string): Entry | undefined {
  if (field === undefined || field === null) return undefined;
  if (!isSubpathMap(field)) return request === '.' ? { value: field, star: '' } : undefined;
  if (request in field && !request.includes('*')) return { value: field[request], star: '' };
  let best: { key: string; star: string } | undefined;
  for (const key of Object.keys(field)) {
    const star = starOf(key, request);
    if (star !== undefined && (best === undefined || isMoreSpecific(key, best.key))) best = { key, star };
  }
  return best === undefined ? undefined : { value: field[best.key], star: best.star };
}

function isSubpathMap(field: unknown): field is Record<string, unknown> {
  return isRecord(field) && Object.keys(field).every((key) => key.startsWith('.') || key.startsWith('#'));
}

/** What `*` stands for, or `undefined` if the key does not match. A key that ends in `/` maps a folder (Node before 17). */
function starOf(key: string, request: string): string | undefined {
  const at = key.indexOf('*');
  if (at < 0) return key.endsWith('/') && request.startsWith(key) ? request.slice(key.length) : undefined;
  const suffix = key.slice(at + 1);
  if (!request.startsWith(key.slice(0, at)) || !request.endsWith(suffix) || request.length < key.length) return undefined;
  return request.slice(at, request.length - suffix.length);
}

function isMoreSpecific(key: string, other: string): boolean {
  const base = (text: string): number => (text.includes('*') ? text.indexOf('*') + 1 : text.length);
  return base(key) === base(other) ? key.length > other.length : base(key) > base(other);
}

function conditionalTarget(value: unknown, conditions: ReadonlySet<string>): string | null | undefined {
  if (typeof value === 'string' || value === null) return value;
  if (Array.isArray(value)) {
    for (const item of value) {
      const target = conditionalTarget(item, conditions);
      if (typeof target === 'string') return target;
    }
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  for (const [condition, inner] of Object.entries(value)) {
    if (condition !== 'default' && !conditions.has(condition)) continue;
    const target = conditionalTarget(inner, conditions);
    if (target !== undefined) return target;
  }
  return undefined;
}

const deepest = 20;

function collectStrings(value: unknown, found: string[], depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') found.push(value);
  else if (Array.isArray(value)) for (const item of value) collectStrings(item, found, depth + 1);
  else if (isRecord(value)) for (const item of Object.values(value)) collectStrings(item, found, depth + 1);
}
