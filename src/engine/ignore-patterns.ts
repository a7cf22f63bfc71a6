import picomatch from 'picomatch';

/**
 * Makes a test for `.gitignore`-like patterns: a name without a slash matches at any depth, a slash in front or inside
 * anchors it at `base`, a slash at the end means folders, what lies below a match is matched, `!` takes back, the last match wins.
 * https://git-scm.com/docs/gitignore#_pattern_format
 *
 * @param base POSIX folder relative to the root that the patterns are relative to; empty for the root
 * @returns a predicate of a POSIX path relative to the root
 */
export function compileIgnorePatterns(patterns: readonly string[], base: string): (file: string) => boolean {
  const rules = patterns.map((pattern) => {
    const negated = pattern.startsWith('!');
    return { negated, matches: picomatch(toGlobs(negated ? pattern.slice(1) : pattern), { dot: true }) };
  });
  const prefix = base === '' ? '' : `${base}/`;
  return (file) => {
    if (!file.startsWith(prefix)) return false;
    const path = file.slice(prefix.length);
    return rules.findLast(({ matches }) => matches(path))?.negated === false;
  };
}

function toGlobs(pattern: string): string[] {
  const isFolder = pattern.endsWith('/');
  const path = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  const isAnchored = /^\.?\//.test(pattern) || path.includes('/');
  const glob = isAnchored ? path : `**/${path}`;
  const below = `${glob}/**/*`;
  return isFolder ? [below] : [glob, below];
}
