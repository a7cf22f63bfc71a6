/** The index of the first of sorted paths that is not before `path`; their number where all are. */
function lowerBound(sorted: readonly string[], path: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of sorted paths that begin with `prefix`, without a look at the others. */
export function* pathsWith(sorted: readonly string[], prefix: string): Generator<string> {
  for (let index = lowerBound(sorted, prefix); index < sorted.length; index++) {
    const path = sorted[index] ?? '';
    if (!path.startsWith(prefix)) return;
    yield path;
  }
}
