// `require` as oxc-parser has it, for its loader where that is part of dist/src/cli/late.js: the native part may be installed where
// only the parser finds it. The parser's folder is looked for by hand, since to resolve a package with `exports` Node loads its
// second resolver, which takes longer than the parser.

'use strict';

const { existsSync, realpathSync } = require('node:fs');
const { join } = require('node:path');

const parser = findParser();
const resolve = (name) => require.resolve(name, { paths: [parser] });

module.exports = Object.assign((name) => require(resolve(name)), { resolve });

function findParser() {
  const folder = (require.resolve.paths('oxc-parser') ?? []).map((each) => join(each, 'oxc-parser')).find((each) => existsSync(join(each, 'package.json')));
  // Yarn's Plug'n'Play has no such folders.
  return folder === undefined ? require.resolve('oxc-parser') : realpathSync(folder);
}
