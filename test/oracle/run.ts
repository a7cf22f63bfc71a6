import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundlers } from './bundlers/index.ts';
import type { Bundler } from './harness/bundler.ts';
import { compare, establishTruth, lastComparison, type Comparison } from './harness/compare.ts';
import { root } from './harness/folders.ts';
import { installBundler } from './harness/install.ts';
import { readKnown, staleEntries, unknownDisagreements, type Known } from './harness/known.ts';
import { describePair, rowOf, tableOf } from './harness/table.ts';

const usage = `npm run test:oracle -- [bundler...] [--light | --heavy] [--truth-only] [--list] [--jobs n] [--no-document]

  bundler        ${bundlers.map((bundler) => bundler.name).join(', ')}; all where none is named
  --light        only the bundlers that need no install of their own
  --heavy        only those that install into a folder of their own
  --truth-only   install and build, do not run the tool
  --list         print every pair that is not agreed, the possible ones too
  --jobs <n>     so many bundlers at a time; 1 where it is left out
  --no-document  leave docs/oracle.md as it is
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { light: { type: 'boolean' }, heavy: { type: 'boolean' }, 'truth-only': { type: 'boolean' }, list: { type: 'boolean' }, jobs: { type: 'string', default: '1' }, 'no-document': { type: 'boolean' }, help: { type: 'boolean' } },
});

if (values.help) process.stdout.write(usage);
else process.exitCode = await run(select());

function select(): Bundler[] {
  const unknown = positionals.find((name) => !bundlers.some((bundler) => bundler.name === name));
  if (unknown !== undefined) throw new Error(`No bundler is called ${unknown}.\n${usage}`);
  return bundlers.filter((bundler) => (positionals.length === 0 || positionals.includes(bundler.name)) && (!values.light || bundler.tier === 'light') && (!values.heavy || bundler.tier === 'heavy'));
}

/** Returns the exit code: 1 where a bundler could not be built, or the tool disagrees in a way that is not listed. */
async function run(selected: readonly Bundler[]): Promise<number> {
  const started = Date.now();
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const failures: string[] = [];
  const comparisons: Comparison[] = [];
  // The frameworks take longest, and stand last.
  const waiting = selected.toReversed();
  void installAhead([...waiting]);
  const work = async (): Promise<void> => {
    for (let bundler = waiting.shift(); bundler; bundler = waiting.shift()) {
      try {
        if (values['truth-only']) await establishTruth(bundler, log);
        else comparisons.push(await compare(bundler, log));
      } catch (error) {
        failures.push(`${bundler.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work));
  comparisons.sort((a, b) => place(a.bundler) - place(b.bundler));
  if (comparisons.length > 0) report(comparisons, failures);
  for (const failure of failures) log(failure);
  log(`${selected.length} bundlers, ${Math.round((Date.now() - started) / 1000)} s`);
  return failures.length > 0 ? 1 : 0;
}

/** An installation waits for the network and the disk, a build for the processor: they go on side by side. */
async function installAhead(all: readonly Bundler[]): Promise<void> {
  // Whoever builds with it tries again, and tells of the failure.
  for (const bundler of all) await installBundler(bundler).catch(() => undefined);
}

function place(name: string): number {
  return bundlers.findIndex((bundler) => bundler.name === name);
}

function report(comparisons: readonly Comparison[], failures: string[]): void {
  const known = readKnown();
  const pairs = comparisons.flatMap((comparison) => comparison.pairs);
  for (const pair of values.list ? pairs.filter((candidate) => candidate.outcome === 'possible') : []) process.stdout.write(`${describePair(pair)}\n`);
  const unknown = unknownDisagreements(pairs, known);
  for (const pair of unknown) process.stdout.write(`${describePair(pair)}\n`);
  process.stdout.write(`\n${tableOf(comparisons)}\n\n`);
  for (const { bundler, seconds } of comparisons) process.stdout.write(`${bundler}: install ${seconds.install} s, build ${seconds.build} s\n`);
  const stale = staleEntries(pairs, known);
  if (unknown.length > 0) failures.push(`${unknown.length} disagreements are not listed in known-disagreements.json.`);
  if (stale.length > 0) failures.push(`known-disagreements.json lists what agrees by now:\n  ${stale.join('\n  ')}`);
  for (const line of limits(comparisons)) failures.push(line);
  if (values['no-document']) return;
  const all = bundlers.map((bundler) => comparisons.find((comparison) => comparison.bundler === bundler.name) ?? lastComparison(bundler));
  if (all.every((comparison) => comparison !== undefined)) writeFileSync(join(root, 'docs/oracle.md'), documentOf(all, known));
}

/** What must hold over all compared pairs together. */
function limits(comparisons: readonly Comparison[]): string[] {
  const row = rowOf('all', comparisons.flatMap((comparison) => comparison.pairs));
  return [
    ...((row.agreed + row.possible) / row.canaries < 0.98 ? ['Fewer than 98 in 100 canaries agree or are possible.'] : []),
    ...(row.possible / row.canaries > 0.1 ? ['More than one canary in ten is possible.'] : []),
    ...(row.bareMissed > 0 ? [`${row.bareMissed} bare literals ship and are missed.`] : []),
  ];
}

function documentOf(comparisons: readonly Comparison[], known: readonly Known[]): string {
  const reasons = known.map((entry) => `- ${entry.reason}\n${entry.pairs.map((pair) => `  - \`${pair}\`\n`).join('')}`).join('');
  return `# What real bundlers ship, and what \`no-client-key\` says

Written by \`npm run test:oracle\`; \`test/oracle/README.md\` tells how it works. A canary is a key of its own in a small piece of code. *Agreed*: the tool is certain and the canary ships, or it is silent and the canary does not. *Possible*: the tool says that it may. *Missed*: it ships and the tool is silent. *False*: it does not ship and the tool is certain.

${tableOf(comparisons)}

## Known disagreements

${reasons === '' ? 'None.\n' : reasons}`;
}
