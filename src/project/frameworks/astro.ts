import { everyForm, plainFramework, type Framework } from './framework.ts';

/**
 * Astro (5.18 built). The frontmatter runs on the server; `<script>` elements and components with a `client:` directive go to the client.
 */
export const astro: Framework = {
  ...plainFramework,
  id: 'astro',
  linksByName: true,
  title: 'Astro',
  side: 'mixed',
  detect: { dependencies: ['astro'], configs: /^astro\.config\.[mc]?[jt]s$/ },
  bundler: 'vite',
  bundlerMajors: { 4: 5, 5: 6 },
  supersedes: ['vite', 'unknown-client', 'node-server', 'html'],
  entries: [{ files: ['src/**/*.astro'], reason: 'script of an Astro component', part: 'script' }],
  serverOnly: [
    { files: ['src/pages/**/*.{js,ts}', 'src/middleware.{js,ts}', 'src/middleware/index.{js,ts}', 'src/actions/**'], effect: 'absent' },
    { modules: ['astro:env/server'], effect: 'error' },
  ],
  // Read in `astro/dist/core/create-vite.js`, and built: Astro replaces Vite's prefix, so `VITE_` ships nothing.
  publicPrefixes: [
    { prefix: 'PUBLIC_', access: ['import.meta.env'], forms: everyForm, ships: 'object' },
    { prefix: '', access: ['module'], modules: ['astro:env/client'], forms: everyForm, ships: 'read' },
  ],
  inlinedForms: ['dot', 'bracket', 'optional', 'parenthesised'],
  deadGuards: [{ expression: 'import.meta.env.SSR', client: false }],
  injects: ['env.schema', 'vite.define', 'vite.envPrefix'],
  handsOver: [{ how: 'props', of: 'island' }],
  carriers: ['public/**'],
};
