import { beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundlers/index.ts';
import { compare, type Pair } from './harness/compare.ts';
import { readKnown, staleEntries, unknownDisagreements } from './harness/known.ts';
import { describePair, rowOf } from './harness/table.ts';

const light = bundlers.filter((bundler) => bundler.tier === 'light');
const pairs: Pair[] = [];

/** The bundlers that are development dependencies; `npm run test:oracle` has all. */
describe('the light bundlers agree with no-client-key', () => {
  beforeAll(async () => {
    for (const bundler of light) pairs.push(...(await compare(bundler, () => undefined)).pairs);
  }, 480_000);

  it('builds six bundlers with at least 250 canaries in all', () => {
    expect(light.map((bundler) => bundler.name)).toEqual(['esbuild', 'rollup', 'rolldown', 'vite7', 'vite8', 'webpack']);
    expect(pairs.length).toBeGreaterThanOrEqual(250);
  });

  it('misses no bare literal that ships', () => {
    expect(pairs.filter((pair) => pair.bare && pair.outcome === 'missed').map(describePair)).toEqual([]);
  });

  it('disagrees nowhere but where the list of known disagreements says so', () => {
    expect(unknownDisagreements(pairs, readKnown()).map(describePair)).toEqual([]);
  });

  it('lists no disagreement that is gone', () => {
    expect(staleEntries(pairs, readKnown())).toEqual([]);
  });

  it('agrees or calls it possible for 98 canaries in 100, and calls at most one in ten possible', () => {
    const all = rowOf('all', pairs);
    expect((all.agreed + all.possible) / all.canaries).toBeGreaterThanOrEqual(0.98);
    expect(all.possible / all.canaries).toBeLessThanOrEqual(0.1);
  });
});
