#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Before anything else: what the platform prints of an uncaught error quotes its message, which may hold a key.
process.on('uncaughtException', (error) => {
  process.exitCode = 2;
  void import('./main.ts').then(({ reportFailure }) => reportFailure(error));
});

// Node 22 and later keep compiled code between runs, in the temporary folder.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { main } = await import('./main.ts');

// Set, not called: what is still being written gets out. An uncaught error meanwhile stays one.
const code = await main(process.argv.slice(2));
process.exitCode ??= code;
