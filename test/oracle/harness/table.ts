import type { Comparison, Pair } from './compare.ts';

export interface Row {
  readonly bundler: string;
  readonly canaries: number;
  readonly agreed: number;
  readonly possible: number;
  readonly missed: number;
  readonly false: number;
  /** Bare literals that ship and of which the tool says nothing. */
  readonly bareMissed: number;
}

export function rowOf(bundler: string, pairs: readonly Pair[]): Row {
  const count = (outcome: Pair['outcome']): number => pairs.filter((pair) => pair.outcome === outcome).length;
  return {
    bundler,
    canaries: pairs.length,
    agreed: count('agreed'),
    possible: count('possible'),
    missed: count('missed'),
    false: count('false'),
    bareMissed: pairs.filter((pair) => pair.bare && pair.outcome === 'missed').length,
  };
}

/** A Markdown table, one row a bundler and one for all. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const rows = [...comparisons.map(({ bundler, pairs }) => rowOf(bundler, pairs)), rowOf('**all**', comparisons.flatMap(({ pairs }) => pairs))];
  const lines = rows.map((row) => `| ${row.bundler} | ${row.canaries} | ${row.agreed} | ${row.possible} | ${row.missed} | ${row.false} | ${share(row)} |`);
  return ['| bundler | canaries | agreed | possible | missed | false | agreed or possible |', '|---|---:|---:|---:|---:|---:|---:|', ...lines].join('\n');
}

/** Of a hundred canaries, how many agree or are possible. */
function share(row: Row): string {
  return row.canaries === 0 ? '' : `${((100 * (row.agreed + row.possible)) / row.canaries).toFixed(1)} %`;
}

/** One line a disagreement, with the place in the composed application. */
export function describePair(pair: Pair): string {
  const truth = pair.buildError ? 'the build fails' : pair.ships ? `ships (${pair.carriers.join(', ')})` : 'does not ship';
  return `${pair.outcome.padEnd(8)} ${pair.bundler}/${pair.scene}/${pair.canary}: ${truth}, the tool says ${pair.verdict}; ${pair.places.slice(0, 3).join(' ')}`;
}
