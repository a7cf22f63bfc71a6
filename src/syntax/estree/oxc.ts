import { createRequire } from 'node:module';

export type OxcParser = typeof import('oxc-parser');

const require = createRequire(import.meta.url);

/** The fast parser, loaded on first use. In the command line it is part of the one file (scripts/build.mjs). */
export function loadOxc(): OxcParser {
  return require('oxc-parser') as OxcParser;
}
