// Measures the command line against its targets, prints the table and writes it to docs/benchmarks.md. Exits 1 when a target is missed.
//
//   npm run bench              everything: some minutes
//   npm run bench -- --quick   fewer rounds, smaller graphs; docs/benchmarks.md stays as it is

import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type as systemType } from 'node:os';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureGraph } from './graph.mjs';
import { compare, peakOf } from './measure.mjs';
import { largeModule, longModule, minifiedLine, withRepository, writeApplication, writeHugeFile, writeNextApplication } from './repositories.mjs';
import { rgPath } from './ripgrep.mjs';

// Node 20 needs three times as long to start with it.
delete process.env.NODE_EXTRA_CA_CERTS;

const bin = fileURLToPath(new URL('../dist/src/cli/bin.js', import.meta.url));
const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
const quick = process.argv.includes('--quick');
const guard = (name, args, exit = 0) => ({ name, argv: [process.execPath, bin, ...args], exit });
const bare = { name: '`node -e 0`', argv: [process.execPath, '-e', '0'] };
const memoryLimit = 150;

const loadBefore = loadavg()[0];
const speed = [];
const memory = [];
withRepository(measureApplication);
withRepository(measureNextApplication);
withRepository(measureHugeFile);
withRepository((repository) => measureParsed(repository, 'one line of 5 MB with a key, scanned', 'dist/app.js', minifiedLine(5), 1));
withRepository((repository) => measureParsed(repository, 'a module of 1 MB, searched as text, scanned', 'src/generated.ts', largeModule(1_000_000), 0));
withRepository((repository) => measureParsed(repository, 'a module of 256 KB, the largest that is parsed, scanned', 'src/generated.ts', largeModule(262_000), 0));
const graphs = (quick ? [2_000] : [10_000, 30_000, 100_000]).map((size) => measureGraph(size, quick || size > 10_000 ? 2 : 7));

const text = describe();
console.log(text);
if (!quick) writeFileSync(page, `${introduction()}\n${text}`);
const missed = [...speed, ...memory, ...graphs.flatMap(({ targets }) => targets)].filter(({ isMet }) => !isMet);
for (const { name } of missed) console.error(`Missed: ${name}`);
if (missed.length > 0) process.exitCode = 1;

function measureApplication(repository) {
  const { root: cwd, write, git } = repository;
  const count = quick ? 2_000 : 10_000;
  const rounds = quick ? 11 : 21;
  writeApplication(repository, count);

  // No import: what the other files have to say is counted apart below.
  write('src/alone.ts', longModule({ mention: false }).replace(/^import .*'\.\/.*\n/gm, ''));
  git('add', '-A');
  const hook = guard('hook, one file of 370 lines without a mention', ['--staged']);
  addSpeed(bare, hook, 2, { cwd, rounds });
  addMemory(hook, cwd, memoryLimit);
  git('commit', '-q', '-m', 'Alone');

  write('src/plain.ts', longModule({ mention: false }));
  git('add', '-A');
  const importing = guard('hook, the same with three imports to follow', ['--staged']);
  addSpeed(bare, importing, 2, { cwd, rounds });
  git('commit', '-q', '-m', 'Plain');

  write('src/hilt.ts', longModule({ mention: true }));
  git('add', '-A');
  const parsing = guard('hook, one file of 370 lines with a mention, parsed', ['--staged']);
  addSpeed(bare, parsing, 5, { cwd, rounds });
  addMemory(parsing, cwd, memoryLimit);
  git('rm', '-q', '-f', '--cached', 'src/hilt.ts');
  execFileSync('rm', [`${cwd}/src/hilt.ts`]);

  const scan = guard(`scan of ${count.toLocaleString('en')} files without a mention`, ['--no-cache']);
  const rg = { name: '`rg -l`', argv: [rgPath(), '-l', '-i', 'hk_live_|hk_sandbox_|hilt', cwd], exit: 1 };
  const few = { cwd, rounds: quick ? 5 : 11 };
  addSpeed(rg, scan, 4, few);
  addSpeed(rg, { name: 'the least in Node: the same files listed, read and searched for one word', argv: [process.execPath, fileURLToPath(new URL('read-files.cjs', import.meta.url))], exit: 0 }, undefined, few);
  addMemory(scan, cwd, memoryLimit);
}

/** Nothing but the client's code and the hand-overs to it makes these runs longer than those above: they have no target, and should fall. */
function measureNextApplication(repository) {
  const { root: cwd, write, git } = repository;
  const module = writeNextApplication(repository, 300);
  write(module, `${readFileSync(`${cwd}/${module}`, 'utf8')}export const last = 1;\n`);
  git('add', '-A');
  // The same commit is known to be clean from the second time on; each round is to be the first.
  const script = `rm -f .git/hilt-guard/state.json; exec ${process.execPath} ${bin} --staged`;
  const name = 'hook, one module of a Next application of 350, 30 of which mention Hilt';
  const rounds = quick ? 5 : 11;
  addSpeed(bare, { name, argv: ['/bin/sh', '-c', script] }, undefined, { cwd, rounds });
  rmSync(`${cwd}/.git/hilt-guard/state.json`);
  addMemory(guard(name, ['--staged']), cwd);
  addSpeed(bare, guard('scan of that application', ['--no-cache']), undefined, { cwd, rounds });
}

function measureHugeFile(repository) {
  const { root: cwd, git } = repository;
  writeHugeFile(repository, 'server.log', 90);
  git('add', '-A');
  const scan = guard('one file of 90 MB without a mention, scanned', []);
  const rg = { name: '`rg -l`', argv: [rgPath(), '-l', '-i', 'hk_live_|hk_sandbox_|hilt', cwd], exit: 1 };
  addSpeed(rg, scan, undefined, { cwd, rounds: 5 });
  addMemory(scan, cwd, memoryLimit);
  addMemory(guard('one file of 90 MB without a mention, staged', ['--staged']), cwd, memoryLimit);
}

function measureParsed({ root: cwd, write, git }, name, path, content, exit) {
  write(path, content);
  git('add', '-A');
  addMemory(guard(name, [], exit), cwd, memoryLimit);
}

/**
 * Processor time decides, not the clock: with a busy machine behind them both, a program that does the same work waits longer.
 * Against ripgrep, which uses every core, the clock must hold too.
 */
function addSpeed(base, command, limit, options) {
  const [first, second] = compare([base, command], options);
  speed.push({ name: command.name, base: base.name, first, second, limit, isMet: limit === undefined || (second.cpuRatio <= limit && (base === bare || second.wallRatio <= limit)) });
}

function addMemory(command, cwd, limit) {
  const peak = Math.max(...Array.from({ length: 3 }, () => peakOf(command, cwd)));
  memory.push({ name: command.name, peak, limit, isMet: limit === undefined || peak <= limit });
}

function describe() {
  const verdict = (isMet, limit) => (limit === undefined ? '' : isMet ? 'met' : '**missed**');
  return [
    machine(),
    '', '## Time', '',
    '| | against | at most | processor time | ratio | wall time | ratio | |',
    '|---|---|---|---|---|---|---|---|',
    ...speed.map(({ name, base, first, second, limit, isMet }) =>
      `| ${name} | ${base}, ${first.cpu.toFixed(0)} ms | ${limit === undefined ? '' : `${limit} ×`} | ${second.cpu.toFixed(0)} ms | ${second.cpuRatio.toFixed(2)} × | ${second.wall.toFixed(0)} ms | ${second.wallRatio.toFixed(2)} × | ${verdict(isMet, limit)} |`),
    '', '## Resident memory', '',
    '| | peak | at most | |', '|---|---|---|---|',
    ...memory.map(({ name, peak, limit, isMet }) => `| ${name} | ${peak.toFixed(0)} MB | ${limit === undefined ? '' : `${limit} MB`} | ${verdict(isMet, limit)} |`),
    '', '## Import graph', '',
    '| modules | `rg -l` | edges, cold | graph, cold | graph, warm | one file changed | `git status` | peak, cold |', '|---|---|---|---|---|---|---|---|',
    ...graphs.map(({ size, search, status, edges, cold, warm, changed }) =>
      `| ${[size.toLocaleString('en'), ...[search, edges.build, cold.build, warm.build, changed.build, status].map(ms)].join(' | ')} | ${cold.peak.toFixed(0)} MB |`),
    '', '| | measured | at most | |', '|---|---|---|---|',
    ...graphs.flatMap(({ targets }) => targets).map(({ name, measured, limit, isMet }) => `| ${name} | ${measured} | ${limit} | ${verdict(isMet, limit)} |`),
    '',
  ].join('\n');
}

function ms(value) {
  return `${value.toFixed(0)} ms`;
}

function machine() {
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version', 'git');
  const rg = execFileSync(rgPath(), ['--version'], { encoding: 'utf8' }).split('\n')[0].replace(/ \(.*/, '');
  const version = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
  const [cpu] = cpus();
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: hilt-guard ${version}, node ${process.versions.node}, ${git}, ${rg};`,
    `${systemType()} ${release()}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB.`,
    `The load of the machine was ${loadBefore.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after.`,
  ].join('\n');
}

function introduction() {
  return readFileSync(new URL('introduction.md', import.meta.url), 'utf8');
}
