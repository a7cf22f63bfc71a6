// Before anything else: what the platform prints of an uncaught error quotes its message, which may hold a key.
let hasFailed = false;
process.on('uncaughtException', (error) => {
  process.exitCode = 2;
  if (hasFailed) return void process.stderr.write('hilt-guard failed, and so did telling why: part of it is missing. Install it again.\n');
  hasFailed = true;
  void import('./main.ts').then(({ reportFailure }) => reportFailure(error));
});

// What is thrown meanwhile becomes an uncaught exception.
void import('./main.ts').then(async ({ main }) => {
  const code = await main(process.argv.slice(2));
  // Set, not called: what is still being written gets out. An uncaught error meanwhile stays one.
  process.exitCode ??= code;
});
