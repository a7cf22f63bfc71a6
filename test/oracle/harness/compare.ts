import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundler } from './bundler.ts';
import { composeApp, writeApp, type App } from './compose.ts';
import { cacheFolder, cli } from './folders.ts';
import { installBundler } from './install.ts';
import { withLock } from './lock.ts';
import { truthOf, type Truth } from './truth.ts';
import { verdictsOf, type Verdict } from './verdict.ts';

/** One canary under one bundler: what the bundler did, and what our tool says. */
export interface Pair extends Truth {
  readonly bundler: string;
  readonly verdict: Verdict;
  readonly outcome: Outcome;
}

/** `missed`: it ships and the tool is silent. `false`: it does not and the tool is certain. */
export type Outcome = 'agreed' | 'possible' | 'missed' | 'false';

export interface Comparison {
  readonly bundler: string;
  readonly pairs: readonly Pair[];
  readonly seconds: { readonly install: number; readonly build: number };
}

/** Installs, builds (or takes from the cache) and writes `truth-<bundler>.json`: what the bundler does with each canary. */
export async function establishTruth(bundler: Bundler, log: Log): Promise<readonly Truth[]> {
  const result = await study(bundler, log, async () => new Map<string, Verdict>());
  return result.pairs;
}

/** Truth beside verdict for every canary of a bundler. */
export async function compare(bundler: Bundler, log: Log): Promise<Comparison> {
  if (!existsSync(cli)) throw new Error(`The tool is not built: ${cli} is missing. Run npm run build first.`);
  const comparison = await study(bundler, log, verdictsOf);
  writeFileSync(join(cacheFolder, `result-${bundler.name}.json`), `${JSON.stringify(comparison, null, 1)}\n`);
  return comparison;
}

type Log = (line: string) => void;

/** The tool looks at an application before its build, so that a build from the cache gives it nothing else to see. */
function study(bundler: Bundler, log: Log, judge: (app: App) => Promise<Map<string, Verdict>>): Promise<Comparison> {
  return withLock(bundler.name, async () => {
    const install = await installBundler(bundler);
    const pairs: Pair[] = [];
    const truths: Truth[] = [];
    let build = 0;
    for (const scene of bundler.scenes) {
      const app = composeApp(bundler, scene);
      writeApp(app);
      const verdicts = await judge(app);
      const result = await truthOf(app);
      truths.push(...result.truths);
      for (const truth of result.truths) {
        const verdict = verdicts.get(truth.canary) ?? 'silent';
        pairs.push({ bundler: bundler.name, ...truth, verdict, outcome: outcomeOf(truth.ships, verdict) });
      }
      build += result.seconds;
      if (result.seconds > 0) log(`${bundler.name}/${scene.name}: ${result.truths.filter((truth) => truth.ships).length} of ${result.truths.length} ship, ${result.seconds} s`);
    }
    writeFileSync(join(cacheFolder, `truth-${bundler.name}.json`), `${JSON.stringify(truths, null, 1)}\n`);
    return { bundler: bundler.name, pairs, seconds: { install, build: Math.round(build * 10) / 10 } };
  });
}

/** The last comparison of a bundler, if there was one. */
export function lastComparison(bundler: Bundler): Comparison | undefined {
  const path = join(cacheFolder, `result-${bundler.name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Comparison) : undefined;
}

export function outcomeOf(ships: boolean, verdict: Verdict): Outcome {
  if (verdict === 'possible') return 'possible';
  if (ships === (verdict === 'certain')) return 'agreed';
  return ships ? 'missed' : 'false';
}
