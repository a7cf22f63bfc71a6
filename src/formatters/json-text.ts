import { maskKeys } from '../engine/mask.ts';

/** A report as JSON, with keys masked in every text. What JSON allows as it is, and a terminal that it is shown on may obey, is escaped. */
export function jsonText(report: object): string {
  const text = JSON.stringify(report, (_name, value: unknown) => (typeof value === 'string' ? maskKeys(value) : value), 2);
  return text.replace(/[\x7F-\x9F\u2028\u2029\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) + '\n';
}
