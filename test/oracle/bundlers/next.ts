import type { Bundler, Request, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { nextApp, nextConfigEnv, nextErrors, nextMapped, nextPublic } from '../probes/next-app.ts';
import { nextPages } from '../probes/next-pages.ts';
import { sdk } from './plain.ts';

const environment = { publicPrefix: 'NEXT_PUBLIC_', object: 'process.env' };
/** Static output, the pages that were rendered at build time with their data, and the public folder. */
const output = ['.next/static', '.next/server/app', '.next/server/pages', 'public'];
const serverOutput = /^\.next\/server\/.*(?:\.js|\.map|\.meta|\.nft\.json|manifest\.json)$/;

export const nextAppRouter: Bundler = {
  name: 'next-app',
  tier: 'heavy',
  app: 'next',
  environment,
  scenes: [
    scene('main', [...nextApp, ...nextPublic]),
    scene('config', nextConfigEnv, { config: (variables) => `  env: {\n${variables.map((name) => `    ${name}: process.env.${name},\n`).join('')}  },\n` }),
    scene('maps', nextMapped, { config: () => '  productionBrowserSourceMaps: true,\n' }),
    ...nextErrors.map((probe) => ({ ...scene(probe.id, [probe]), failsWith: /server-only/ })),
  ],
};

export const nextPagesRouter: Bundler = {
  name: 'next-pages',
  tier: 'heavy',
  app: 'next',
  environment,
  scenes: [
    scene('main', nextPages, { router: 'pages', requests: nextPages.filter((probe) => probe.id.startsWith('request-') || probe.id.startsWith('initial-')).map((probe) => ({ path: `/${probe.id}` })) }),
    scene('maps', nextPages.filter((probe) => probe.maps), { router: 'pages', config: () => '  productionBrowserSourceMaps: true,\n' }),
  ],
};

interface Options { readonly router?: 'app' | 'pages'; readonly config?: (variables: readonly string[]) => string; readonly requests?: readonly Request[] }

function scene(name: string, probes: readonly Probe[], { router = 'app', config = () => '', requests = [] }: Options = {}): Scene {
  const frame: Record<string, string> = router === 'app'
    ? { 'app/layout.jsx': `export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n`, 'app/page.jsx': `export default function Home() {\n  return <main>Shop</main>;\n}\n` }
    : { 'pages/index.jsx': `export default function Home() {\n  return <main>Shop</main>;\n}\n` };
  return {
    name,
    probes,
    manifest: { scripts: { build: 'next build' }, dependencies: { ...sdk, next: '^16.4.6', react: '^19.0.0', 'react-dom': '^19.0.0', 'server-only': '^0.0.1' } },
    files: (app) => ({
      ...frame,
      'next.config.mjs': `import path from 'node:path';\n\n/** @type {import('next').NextConfig} */\nexport default {\n${config(app.variables)}  turbopack: { root: path.join(import.meta.dirname, '../../..') },\n};\n`,
    }),
    output,
    serverOutput,
    ...(requests.length > 0 ? { serve: { command: 'next start', requests } } : {}),
  };
}
