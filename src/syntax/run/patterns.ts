import { maxFoldedText } from './fold.ts';

/** Characters that a pattern may be run over, by how many of its parts repeat without end: the work grows with that power. */
const longestText = [65_536, 2_048, 256];
const longestPattern = 200;

/**
 * The pattern as something that can be run, where it cannot run away: no repeated group, no look-around, no back reference, and at
 * most two parts that repeat without end, over a text that is short enough for it. The scanned project chose it.
 */
function safePattern(text: string, source: string, flags: string): RegExp | undefined {
  if (source.length > longestPattern || !/^[gimsuy]*$/.test(flags)) return undefined;
  const plain = source.replace(/\\[^]/g, (escape) => (/\\[1-9k]/.test(escape) ? '\\1' : 'e')).replace(/\[[^\]]*\]/g, 'c');
  if (/\(\?(?!:)|\)[*+{]|[*+}][*+{]|\\1|\{\d{4}/.test(plain)) return undefined;
  const repeats = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const most = longestText[repeats];
  if (most === undefined || text.length > most) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    // No pattern at all: the program would not start.
    return undefined;
  }
}

/** `text.replace(/…/, "…")`. */
export function foldReplacePattern(text: string, source: string, flags: string, replacement: string): string | undefined {
  const pattern = safePattern(text, source, flags);
  if (!pattern || text.length * (replacement.length + 1) > maxFoldedText) return undefined;
  const replaced = text.replace(pattern, replacement);
  return replaced.length > maxFoldedText ? undefined : replaced;
}

/** `text.split(/…/)`. */
export function foldSplitPattern(text: string, source: string, flags: string): readonly string[] | undefined {
  const pattern = safePattern(text, source, flags);
  return pattern && text.split(pattern).map((part) => part ?? '');
}

/** `text.match(/…/)` and `/…/.exec(text)`: what is found and its groups, or all that is found. `null`: nothing. */
export function foldMatch(text: string, source: string, flags: string): readonly string[] | null | undefined {
  const pattern = safePattern(text, source, flags);
  if (!pattern) return undefined;
  const match = text.match(pattern);
  return match && [...match].map((part) => part ?? '');
}
