// Import edges and the module graph on a generated repository, as ratios to ripgrep and git on the same files. `npm run bench` runs it too.
// Usage: node bench/graph.mjs [modules …]   (default: 10000; `npm run build` first)
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rgPath } from './ripgrep.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
delete process.env.NODE_EXTRA_CA_CERTS;

if (isProgram && process.argv[2] === '--measure') await measure(process.argv[3], process.argv[4]);
else if (isProgram) for (const size of sizesOf(process.argv.slice(2))) print(measureGraph(size, 5));

function sizesOf(args) {
  return args.length === 0 ? [10_000] : args.map(Number);
}

/** One run in a process of its own, so that it is as cold as a user's; prints milliseconds and the peak of resident memory. */
async function measure(root, mode) {
  const dist = join(here, '..', 'dist', 'src');
  const { openWorkingTree } = await import(join(dist, 'sources', 'working-tree.js'));
  const { buildModuleGraph } = await import(join(dist, 'project', 'graph', 'build.js'));
  const { collectEdges } = await import(join(dist, 'project', 'graph', 'raw-graph.js'));
  const { keptGraph } = await import(join(dist, 'project', 'cache', 'kept-graph.js'));
  // The scan lists the files before anything asks for the graph.
  const source = openWorkingTree({ cwd: root });
  source.paths();
  const start = performance.now();
  const result = {};
  if (mode === 'edges') {
    const raw = collectEdges(source);
    Object.assign(result, { modules: raw.files.length, edges: raw.words.length });
  } else {
    const { graph } = mode === 'cached' ? keptGraph(source, 'bench').built : buildModuleGraph(source);
    // A graph that works nothing out before it is asked has to be asked.
    const importers = graph.importersOf('src/d0/m1.ts').length;
    const chain = graph.shortestPath([{ file: 'index.html' }], 'src/d0/m1.ts')?.length;
    Object.assign(result, { modules: graph.size, edges: graph.edges, importers, chain });
  }
  const done = performance.now();
  console.log(JSON.stringify({ ...result, build: done - start, peak: process.resourceUsage().maxRSS / 1024 }));
}

/** Milliseconds, the best of `rounds`, and the targets at this size. */
export function measureGraph(size, rounds) {
  const root = mkdtempSync(join(tmpdir(), 'hilt-guard-graph-'));
  try {
    generate(root, size);
    const rg = rgPath();
    const times = { search: [], status: [], edges: [], cold: [] };
    for (let round = 0; round < rounds; round++) {
      times.search.push(timed(() => execFileSync(rg, ['-l', 'hk_live_', join(root, 'src')], { stdio: ['ignore', 'pipe', 'ignore'] })));
      times.edges.push(run(root, 'edges'));
      times.cold.push(run(root, 'cold'));
    }
    run(root, 'cached');
    const warmRuns = [];
    for (let round = 0; round < rounds; round++) {
      times.status.push(timed(() => execFileSync('git', ['-C', root, 'status', '--porcelain'])));
      warmRuns.push(run(root, 'cached'));
    }
    const changedRuns = Array.from({ length: rounds }, (_, round) => {
      writeFileSync(join(root, 'src/d0/m1.ts'), `import './m0';\nexport const round = ${round};\n`);
      return run(root, 'cached');
    });
    const result = {
      size, search: Math.min(...times.search), status: Math.min(...times.status),
      edges: best(times.edges, 'build'), cold: best(times.cold, 'build'), warm: best(warmRuns, 'build'), changed: best(changedRuns, 'build'),
    };
    return { ...result, targets: targetsOf(result) };
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Speed is promised at 10,000 modules, memory at 100,000; at other sizes the figures show how both grow. */
function targetsOf({ size, search, status, edges, cold, warm, changed }) {
  const count = `${size.toLocaleString('en')} modules`;
  const target = (name, value, limit, unit) => ({ name: `${count}: ${name}`, measured: `${value.toFixed(unit === 'MB' ? 0 : 2)} ${unit}`, limit: `${limit} ${unit}`, isMet: value <= limit });
  return [
    ...(size <= 10_000 ? [
      target('import edges, cold, to `rg -l`', edges.build / search, 3, '×'),
      target('graph, warm, to `git status`', warm.build / status, 2, '×'),
      target('one file changed, to a warm graph', changed.build / warm.build, 1.5, '×'),
    ] : []),
    ...(size >= 100_000 ? [target('peak of memory, cold', cold.peak, 600, 'MB')] : []),
  ];
}

function best(runs, key) {
  return runs.reduce((left, right) => (right[key] < left[key] ? right : left));
}

function print({ size, search, status, edges, cold, warm, changed }) {
  console.log(`${size} modules, ${cold.edges} edges (best of the rounds, milliseconds)`);
  line('rg -l', search);
  line('git status', status);
  line('import edges, cold', edges.build, `${ratio(edges.build, search)} x rg -l (at most 3)`);
  line('module graph, cold', cold.build, `resolution ${(cold.build - edges.build).toFixed(0)} ms`);
  line('module graph, warm', warm.build, `${ratio(warm.build, status)} x git status (at most 2)`);
  line('one file changed', changed.build, `${ratio(changed.build, status)} x git status`);
  line('peak memory, cold', cold.peak, 'MB resident (at most 600 at 100,000 modules)');
}

function line(name, value, note = '') {
  console.log(`  ${name.padEnd(22)}${value.toFixed(0).padStart(7)}  ${note}`);
}

function ratio(value, base) {
  return (value / base).toFixed(1);
}

function timed(work) {
  const start = performance.now();
  try {
    work();
  } catch (error) {
    // ripgrep exits 1 where it finds nothing, as it should here.
    if (error.status !== 1) throw error;
  }
  return performance.now() - start;
}

function run(root, mode) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--measure', root, mode], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A monorepo of one Vite application: relative imports, an alias, a package of the workspace, a package of the registry. */
function generate(root, size) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', JSON.stringify({ name: 'generated', workspaces: ['packages/*'], dependencies: { vite: '^8.0.0', react: '^19.0.0', '@generated/ui': '*' } }));
  write('packages/ui/package.json', JSON.stringify({ name: '@generated/ui', exports: { '.': './src/index.ts' } }));
  write('packages/ui/src/index.ts', 'export const ui = 1;\n');
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@/*': ['./src/*'] } } }));
  write('index.html', '<script type="module" src="/src/d0/m0.ts"></script>\n');
  const body = Array.from({ length: 24 }, (_, i) => `export function f${i}(a: number, b: string): string {\n  // Adds them up, in a way.\n  const value = a * ${i} + b.length;\n  return \`\${value}:\${b}\`;\n}\n`).join('');
  const folderOf = (i) => `d${Math.floor(i / 50)}`;
  for (let i = 0; i < size; i++) {
    const imports = [`import React from 'react';`, `import { ui } from '@generated/ui';`];
    for (let k = 1; k <= 5; k++) {
      const target = (i * 7 + k * 131) % size;
      imports.push(`import { f${k} } from '${k % 2 ? '../' : '@/'}${folderOf(target)}/m${target}';`);
    }
    write(`src/${folderOf(i)}/m${i}.ts`, `${imports.join('\n')}\n${body}`);
  }
  const git = (...args) => execFileSync('git', ['-C', root, '-c', 'gc.auto=0', '-c', 'maintenance.auto=false', '-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'Generate');
}
