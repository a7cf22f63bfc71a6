import { everyForm, plainFramework, script, type Framework } from './framework.ts';

/** React Router 7 as a framework, and Remix, which it grew out of (7.18 built). */
export const reactRouter: Framework = {
  ...plainFramework,
  id: 'react-router',
  title: 'React Router',
  side: 'mixed',
  detect: { dependencies: ['@react-router/dev', '@remix-run/dev'], configs: /^react-router\.config\.[mc]?[jt]s$/ },
  bundler: 'vite',
  supersedes: ['vite', 'esbuild', 'unknown-client', 'node-server', 'html'],
  entries: [
    { files: [`app/root.${script}`], reason: 'React Router root' },
    // https://reactrouter.com/how-to/file-route-conventions: a file, or the `route` file of a folder; what lies beside it is no route.
    { files: [`app/routes/*.${script}`, `app/routes/*/{route,index}.${script}`, 'app/routes/*.{md,mdx}'], except: ['**/*.server.*'], reason: 'React Router route' },
    { files: [`app/routes/**/*.${script}`], except: ['**/*.server.*'], reason: 'Remix route', majors: [1] },
    { files: [`app/entry.client.${script}`], reason: 'React Router client entry' },
  ],
  serverOnly: [
    // Built: a plain `server/` folder protects nothing.
    { files: ['**/*.server.*', '**/.server/**'], effect: 'error' },
    { files: [`app/entry.server.${script}`, `app/routes.${script}`], effect: 'absent' },
  ],
  publicPrefixes: [{ prefix: 'VITE_', access: ['import.meta.env'], forms: everyForm, ships: 'object' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  strippedExports: [
    {
      files: [`app/**/*.${script}`],
      except: [`app/entry.client.${script}`],
      names: ['loader', 'action', 'headers', 'middleware', 'unstable_middleware'],
      // https://reactrouter.com/start/framework/route-module; built: exports of other names go unless something imports them.
      takes: ['default', 'clientLoader', 'clientAction', 'clientMiddleware', 'unstable_clientMiddleware', 'ErrorBoundary', 'CatchBoundary', 'HydrateFallback', 'Layout', 'handle', 'links', 'meta', 'shouldRevalidate'],
    },
  ],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }],
  injects: ['define', 'envPrefix'],
  handsOver: [{ how: 'return', files: [`app/**/*.${script}`], exports: ['loader', 'action'] }],
  carriers: ['public/**'],
  aliases: { '~': 'app' },
};
