#!/usr/bin/env node
// Starts the command line: becomes dist/src/cli/bin.js (scripts/build.mjs, which puts the digests in), and loads main.js, late.js and
// seldom.js beside it.
//
// Most of a short run's time goes into compiling. Node 22 keeps compiled code itself, once it is told to; for Node 20 the code of
// the functions that were needed is kept beside the files: whoever can write there could as well change them. It is kept with a
// checksum: V8 looks at its length and not at what it holds, and ends the process where a disk has lost a part of it.

'use strict';

const { Script } = require('node:vm');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { crc32 } = require('node:zlib');

const digests = DIGESTS;
/** What stands before the code: its checksum, and how many runs of each kind have added their functions to it. */
const checksumSize = 4;
const kinds = 4;
/** As often a kind of run adds what it needed: another command, or a repository that is known by now, needs other functions. */
const runsThatAdd = 3;
const isCommit = process.argv.includes('--staged') || process.argv[2] === 'hook';
const loaded = new Map();
// It only has to be there.
let outliving;

// Node has a folder for it, in the temporary one.
const keepsItself = Number.parseInt(process.versions.node, 10) >= 22;
if (keepsItself) require('node:module').enableCompileCache?.();
load('main.js');

/** What a file of this folder exports. */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const own = { exports: {}, name };
  loaded.set(name, own);
  const evaluate = keepsItself ? require(`./${name}`) : compile(own);
  evaluate(own.exports, require, own, `${__dirname}/${name}`, __dirname, load);
  return own.exports;
}

/** The function that a file is written as. */
function compile(own) {
  if (own.name === 'late.js') prepareForMuch();
  const filename = `${__dirname}/${own.name}`;
  const kept = read(pathOfKept(own.name));
  const cachedData = kept?.subarray(checksumSize + kinds);
  // Latin-1, of which the files hold the first half alone, is read at once; UTF-8 would be looked through. What is read is compiled
  // as it is: a text put together from this one would be copied, and such a copy makes V8 collect garbage.
  own.script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData && { cachedData }) });
  own.runs = own.script.cachedDataRejected === false ? kept.subarray(checksumSize, checksumSize + kinds) : Buffer.alloc(kinds);
  process.once('exit', () => keep(own));
  return own.script.runInThisContext();
}

/**
 * V8 optimises what runs often, in threads of their own, and collects garbage before it takes more memory; in a run of a tenth of a
 * second both cost more than they give. It takes more once enough has outlived a collection: one list that is large and young is
 * enough of it, and is not copied. Kept code is only taken by a run with the settings that it was made with.
 */
function prepareForMuch() {
  keep(loaded.get('main.js'), true);
  outliving = new Array(60_000);
  require('node:v8').setFlagsFromString('--interrupt-budget=1000000 --semi-space-growth-factor=16 --no-minor-gc-task');
}

function pathOfKept(name) {
  return `${__dirname}/${name}-${digests[name]}-${process.versions.v8}-${process.arch}.bin`;
}

function read(path) {
  try {
    const bytes = readFileSync(path);
    return bytes.length > checksumSize + kinds && crc32(bytes.subarray(checksumSize)) === bytes.readUInt32LE(0) ? bytes : undefined;
  } catch {
    // There is none yet.
    return undefined;
  }
}

/** Moved into place at once: another run may read it meanwhile. A folder that cannot be written only costs time. */
function keep(own, hasMuch = loaded.size > 1) {
  if (own.isKept) return;
  own.isKept = true;
  const kind = (isCommit ? 2 : 0) + (hasMuch ? 1 : 0);
  if (own.runs[kind] >= runsThatAdd) return;
  const path = pathOfKept(own.name);
  const fresh = `${path}.${process.pid}`;
  try {
    const bytes = Buffer.concat([Buffer.alloc(checksumSize), own.runs, own.script.createCachedData()]);
    bytes[checksumSize + kind] += 1;
    bytes.writeUInt32LE(crc32(bytes.subarray(checksumSize)), 0);
    writeFileSync(fresh, bytes);
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
