import { plainFramework, type Framework } from './framework.ts';

/** Angular (21.2 built). `environment*.ts` is ordinary code; with `fileReplacements` only the replacement ships. */
export const angular: Framework = {
  ...plainFramework,
  id: 'angular',
  title: 'Angular',
  side: 'mixed',
  detect: { dependencies: ['@angular/core'], configs: /^angular\.json$/ },
  bundler: 'angular',
  supersedes: ['esbuild', 'webpack', 'unknown-client', 'html'],
  entries: [
    { files: ['src/main.ts', 'projects/*/src/main.ts', 'apps/*/src/main.ts'], reason: 'Angular application' },
    { files: ['src/polyfills.ts', 'src/index.html', 'projects/*/src/index.html'], reason: 'Angular application' },
  ],
  serverOnly: [{ files: ['**/main.server.ts', '**/server.ts', '**/app.config.server.ts', '**/app.module.server.ts', '**/app.routes.server.ts'], effect: 'absent' }],
  // https://github.com/chihab/ngx-env: only with that builder.
  publicPrefixes: [{ prefix: 'NG_APP_', access: ['process.env', 'import.meta.env'], forms: ['dot', 'bracket', 'optional'], ships: 'read' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  deadGuards: [{ expression: 'ngServerMode', client: false }],
  injects: ['define'],
  carriers: ['public/**', 'src/assets/**'],
};
