import { plainFramework, script, type Framework } from './framework.ts';

const appFile = '{page,layout,template,error,global-error,global-not-found,loading,not-found,default,forbidden,unauthorized}';

/**
 * Next.js, both routers (16.4 built, with Turbopack). In `app/` only what a `"use client"` module imports is client code;
 * in `pages/` every page is.
 */
export const next: Framework = {
  ...plainFramework,
  id: 'next',
  title: 'Next.js',
  side: 'mixed',
  detect: { dependencies: ['next'], configs: /^next\.config\.[mc]?[jt]s$/ },
  bundler: 'turbopack',
  supersedes: ['vite', 'webpack', 'rspack', 'unknown-client', 'node-server', 'html', 'cra'],
  entries: [
    { files: [`{src/,}pages/**/*.${script}`], except: ['{src/,}pages/api/**', `{src/,}pages/_document.${script}`, '**/*.d.ts'], reason: 'Next.js page' },
    { files: [`{src/,}instrumentation-client.${script}`], reason: 'Next.js client instrumentation' },
  ],
  serverRoots: [`{src/,}app/**/${appFile}.${script}`, `{src/,}app/**/${appFile}.!(test|spec|stories|cy).${script}`, '{src/,}app/**/page.{md,mdx}', `{src/,}pages/_document.${script}`, `{src/,}mdx-components.${script}`],
  serverOnly: [
    { files: [`{src/,}app/**/route.${script}`, '{src/,}pages/api/**', `{src/,}{middleware,proxy}.${script}`, `{src/,}instrumentation.${script}`, `{src/,}pages/_document.${script}`], effect: 'absent' },
    // Built: a module of actions that a client component imports leaves only references in the client.
    { directive: 'use server', effect: 'absent' },
    { modules: ['server-only'], effect: 'error' },
  ],
  // Built: also `const e = process.env; e.NEXT_PUBLIC_X`, which the documentation denies; not destructuring.
  publicPrefixes: [{ prefix: 'NEXT_PUBLIC_', access: ['process.env'], forms: ['dot', 'bracket', 'optional', 'alias'], ships: 'read' }],
  inlinedForms: ['dot', 'bracket', 'optional', 'alias'],
  // Built: imports, constants and calls that only these use go with them; a top-level side effect of the page stays.
  strippedExports: [{ files: [`{src/,}pages/**/*.${script}`], names: ['getServerSideProps', 'getStaticProps', 'getStaticPaths'] }],
  // Built: Next alone decides `typeof window`, in both compilers.
  deadGuards: [{ expression: 'typeof window', client: 'object' }, { expression: 'process.browser', client: true }],
  injects: ['env', 'compiler.define', 'publicRuntimeConfig', 'DefinePlugin', 'EnvironmentPlugin'],
  handsOver: [
    { how: 'return', files: [`{src/,}pages/**/*.${script}`], exports: ['getServerSideProps', 'getStaticProps', 'getInitialProps'] },
    { how: 'props', of: 'client-component' },
  ],
  carriers: ['public/**'],
};
