import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository, type Repository } from '../../support/repository.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const count = 2_600;

let repository: Repository;
let outside: Repository;
let installed: string;

beforeAll(() => {
  repository = createRepository();
  outside = createRepository({ git: false });
  for (let i = 0; i < count; i++) repository.write(`src/d${Math.floor(i / 100)}/m${i}.ts`, `import { a } from './m${i + 1}';\nimport type { T } from '../t${i % 7}';\nexport * from "@/all";\n`);
  repository.write('src/d0/unicode.ts', "import './straße';\n");
  repository.write('src/d19/unicode.ts', "import './größe';\nimport './straße';\n");
  repository.write('src/d19/wide.ts', Buffer.from("\ufeffimport './wide';\n", 'utf16le'));
  repository.write('src/d19/empty.ts', '');
  repository.write('src/d19/glob.ts', "import.meta.glob(['./*.ts', '!./glob.ts']);\nnew Worker('worker.js');\n");
  repository.write('src/d19/page.html', '<script type="module" src="./m1999.ts"></script>\n');
  repository.write('src/d19/site.astro', '---\nimport x from "./m1";\n---\n<script>import "./m2";</script>\n');
  repository.write('src/z/late.ts', "import './gone';\n");
  repository.link('src/d19/link.ts', 'm1998.ts');
  repository.commit();
  repository.remove('src/d19/m1950.ts');
  repository.remove('src/z');
  outside.write('late.ts', "import './elsewhere';\n");
  repository.link('src/z', outside.root);

  installed = realpathSync(mkdtempSync(join(tmpdir(), 'hilt-guard-installed-')));
  cpSync(join(root, 'dist/src'), join(installed, 'dist/src'), { recursive: true });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
});
afterAll(() => {
  rmSync(installed, { recursive: true, force: true });
  repository.cleanup();
  outside.cleanup();
});

describe('import edges that two threads read', () => {
  it('are those that one reads', () => {
    const edges = collect();
    expect(edges).toEqual(collect({ processors: 1 }));
    expect(edges['src/d0/m0.ts']).toEqual(['import ./m1', 'type import ../t0', 'reexport @/all']);
    expect(edges['src/d19/m1999.ts']).toEqual(['import ./m2000', 'type import ../t4', 'reexport @/all']);
    expect(edges['src/d0/unicode.ts']).toEqual(['import ./straße']);
    expect(edges['src/d19/unicode.ts']).toEqual(['import ./größe', 'import ./straße']);
    expect(edges['src/d19/wide.ts']).toEqual(['import ./wide']);
    expect(edges['src/d19/empty.ts']).toEqual([]);
    expect(edges['src/d19/glob.ts']).toEqual(['glob ./*.ts !./glob.ts', 'worker ./worker.js']);
    expect(edges['src/d19/page.html']).toEqual(['import ./m1999.ts']);
    expect(edges['src/d19/site.astro']).toEqual(['import ./m1', 'script import ./m2']);
    expect(edges['src/d19/m1950.ts']).toEqual([]);
  });

  it('are not read outside the repository, behind a folder that has become a link', () => {
    expect(collect()['src/z/late.ts']).toEqual([]);
  });

  it.each([
    ['throws', "throw new Error('broken');"],
    ['does not compile', 'this is no program'],
    ['answers nothing', `
      import { workerData } from 'node:worker_threads';
      new Int32Array(workerData.memory, 0, 30).fill(3);
      Atomics.store(new Int32Array(workerData.sent), 0, 1);`],
  ])('are the same where the second thread %s', (_what, code) => {
    const expected = collect({ processors: 1 });
    writeFileSync(join(installed, 'dist/src/project/graph/edge-thread.js'), code);
    expect(collect()).toEqual(expected);
  });
});

/** Each file's edges, in order. */
function collect({ processors = 2 } = {}): Record<string, string[]> {
  const at = (file: string): string => JSON.stringify(pathToFileURL(join(installed, 'dist/src', file)).href);
  const program = `
    import os from 'node:os';
    import { syncBuiltinESMExports } from 'node:module';
    os.availableParallelism = () => ${processors};
    os.loadavg = () => [0, 0, 0];
    syncBuiltinESMExports();
    const { openWorkingTree } = await import(${at('sources/working-tree.js')});
    const { beginEdges } = await import(${at('project/graph/raw-graph.js')});
    const { exceptOf, howOf, isScript, isTypeOnly, specifierOf } = await import(${at('project/graph/edge-table.js')});
    const begun = (source) => beginEdges(source)(source);
    const { files, offsets, words, specifiers } = begun(openWorkingTree({ cwd: ${JSON.stringify(repository.root)} }));
    const told = (word) => [isScript(word) && 'script', isTypeOnly(word) && 'type', howOf(word), specifierOf(word, specifiers), ...exceptOf(word, specifiers).map((each) => '!' + each)].filter(Boolean).join(' ');
    console.log(JSON.stringify(Object.fromEntries(files.map((file, i) => [file, [...words.subarray(offsets[i], offsets[i + 1])].map(told)]))));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { env: repository.env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, string[]>;
}
