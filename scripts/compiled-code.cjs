// Loads main.js and late.js, the two files of the command line. Copied beside them by scripts/build.mjs, with their digests.
//
// Most of a short run's time goes into compiling. Node 22 keeps compiled code itself, once it is told to; for Node 20 the
// code of the functions that the first run needed is kept beside the files: whoever can write there could as well change them.
// It is kept twice: V8 looks at its length and not at what it holds, and ends the process where a disk has lost a part of it.
// To compare two copies takes a tenth of what loading a checksum would.

'use strict';

const { Script } = require('node:vm');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const digests = DIGESTS;
const keepsCodeItself = Number.parseInt(process.versions.node, 10) >= 22;
const loaded = new Map();

// Node 22 has a folder for it, in the temporary one.
if (keepsCodeItself) require('node:module').enableCompileCache?.();
// V8 optimises what runs often, in threads of their own, and collects garbage before it takes more memory; in a run of a tenth of a
// second both cost more than they give. Kept code is only taken by a run with the same settings, so this comes first.
else require('node:v8').setFlagsFromString('--interrupt-budget=1000000 --semi-space-growth-factor=16');

/** What a file of this folder exports. */
module.exports = (name) => {
  if (!loaded.has(name)) loaded.set(name, keepsCodeItself ? require(`./${name}`) : load(name));
  return loaded.get(name);
};

function load(name) {
  // Latin-1, of which the files hold the first half alone, is read at once; UTF-8 would be looked through.
  const file = join(__dirname, name);
  const kept = join(__dirname, `${name}-${digests[name]}-${process.versions.v8}-${process.arch}.bin`);
  const cachedData = read(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`, { filename: file, ...(cachedData && { cachedData }) });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(kept, script));
  const own = { exports: {} };
  script.runInThisContext()(own.exports, require, own, file, __dirname);
  return own.exports;
}

function read(path) {
  try {
    const twice = readFileSync(path);
    const code = twice.subarray(0, twice.length / 2);
    return code.equals(twice.subarray(twice.length / 2)) ? code : undefined;
  } catch {
    // There is none yet.
    return undefined;
  }
}

/** Moved into place at once: another run may read it meanwhile. A folder that cannot be written only costs time. */
function keep(path, script) {
  const fresh = `${path}.${process.pid}`;
  try {
    const code = script.createCachedData();
    writeFileSync(fresh, Buffer.concat([code, code]));
    renameSync(fresh, path);
  } catch {
    // Installed where this user may not write, or the disk is full.
    discard(fresh);
  }
}

function discard(path) {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is in nobody's way.
  }
}
