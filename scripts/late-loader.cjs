// Loads late.js, which is only needed where a file mentions Hilt. Copied beside it by scripts/build.mjs, which writes the digest of late.js into it.
//
// Most of a short run's time goes into compiling. Node 22 keeps compiled code itself, once it is told to (bin.ts); for Node 20 the
// code of the functions that the first run needed is kept beside late.js: whoever can write there could as well change late.js.

'use strict';

const { Script } = require('node:vm');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const file = require.resolve('./late.js');
const keepsCodeItself = Number.parseInt(process.versions.node, 10) >= 22;
let table;

module.exports = (name) => {
  table ??= keepsCodeItself ? require('./late.js') : load();
  return table(name);
};

function load() {
  // V8 optimises what runs often, in threads of their own; in a run of a tenth of a second that costs more than it gives.
  require('node:v8').setFlagsFromString('--interrupt-budget=1000000');
  const source = readFileSync(file, 'utf8');
  const kept = join(__dirname, `late-DIGEST-${process.versions.v8}-${process.arch}.bin`);
  const cachedData = read(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, { filename: file, ...(cachedData && { cachedData }) });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(kept, script));
  const own = { exports: {} };
  script.runInThisContext()(own.exports, require, own, file, __dirname);
  return own.exports;
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    // There is none yet.
    return undefined;
  }
}

/** Moved into place at once: another run may read it meanwhile. A folder that cannot be written only costs time. */
function keep(path, script) {
  try {
    writeFileSync(`${path}.${process.pid}`, script.createCachedData());
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // Installed where this user may not write.
  }
}
