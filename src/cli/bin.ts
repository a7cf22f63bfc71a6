#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22 and later keep compiled code between runs, in the temporary folder.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { main, reportFailure } = await import('./main.ts');

process.on('uncaughtException', (error) => {
  process.exitCode = 2;
  void reportFailure(error);
});

// Set, not called: what is still being written gets out.
process.exitCode = await main(process.argv.slice(2));
