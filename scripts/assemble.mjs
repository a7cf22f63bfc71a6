// Makes the WebAssembly of assembly/ and writes it as text into modules of src/, which are kept in the repository: who works on
// anything else needs no second compiler, and test/assembly.test.ts tells whether they are what assembly/ says.
//
//   npm run assemble

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What is made of which entry. The memory that is searched is there before anything is searched. */
const outputs = {
  'assembly/edges.ts': { file: 'src/project/graph/edges-code.ts', name: 'edgesCode', options: [] },
  'assembly/search.ts': { file: 'src/hilt/search-code.ts', name: 'searchCode', options: ['--importMemory'] },
};

/** The text of each module, by its path. Throws what the compiler says of an entry that it does not compile. */
export async function assemble() {
  const made = await Promise.all(Object.entries(outputs).map(async ([entry, { file, name, options }]) => [file, moduleText(entry, name, await compile(entry, options))]));
  return Object.fromEntries(made);
}

async function compile(entry, own) {
  let binary;
  // Nothing is freed and no object made, so no runtime is needed; SIMD is in every version of Node that we run on.
  const options = ['--runtime', 'stub', '--noAssert', '-O3', '--enable', 'simd', '--outFile', 'out.wasm', ...own];
  const { error, stderr } = await asc.main([entry, ...options, '--baseDir', root], {
    readFile: (name, base) => readOrNull(join(base, name)),
    writeFile: (_, content) => {
      binary = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${entry}: ${stderr.toString()}`, { cause: error });
  return binary;
}

function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function moduleText(entry, name, binary) {
  return `/** Made of ${entry} by \`npm run assemble\`. */\nexport const ${name} =\n  '${Buffer.from(binary).toString('base64')}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(await assemble())) writeFileSync(join(root, file), text);
}
