import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { tanStackErrors, tanStackShapes } from '../probes/tanstack-start.ts';
import { sdk } from './plain.ts';

export const tanStackStart: Bundler = {
  name: 'tanstack-start',
  tier: 'heavy',
  environment: { publicPrefix: 'VITE_', object: 'import.meta.env' },
  scenes: [scene('main', tanStackShapes), ...tanStackErrors.map((probe) => ({ ...scene(probe.id, [probe]), failsWith: /import-protection|Import denied|\.server/i }))],
};

function scene(name: string, probes: readonly Probe[]): Scene {
  const pages = probes.flatMap((probe) => (probe.root?.['src/routes/{{id}}.tsx']?.includes('component: Page') ? [probe.id] : []));
  return {
    name,
    probes,
    manifest: { type: 'module', scripts: { build: 'vite build' }, dependencies: { ...sdk, '@tanstack/react-start': '^1.169.5', '@tanstack/react-router': '^1.169.2', react: '^19.0.0', 'react-dom': '^19.0.0' }, devDependencies: { '@vitejs/plugin-react': '^6.0.0', vite: '^8.3.8' } },
    files: () => ({
      'vite.config.ts': `import { tanstackStart } from '@tanstack/react-start/plugin/vite';\nimport react from '@vitejs/plugin-react';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [tanstackStart({ pages: [${pages.map((id) => `{ path: '/${id}' }`).join(', ')}], prerender: { enabled: true, crawlLinks: false } }), react()],\n});\n`,
      'tsconfig.json': `${JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', jsx: 'react-jsx', strict: true, noEmit: true, types: ['vite/client'] }, include: ['src'] }, null, 2)}\n`,
      'src/router.tsx': `import { createRouter } from '@tanstack/react-router';\nimport { routeTree } from './routeTree.gen';\n\nexport function getRouter() {\n  return createRouter({ routeTree });\n}\n`,
      'src/routes/__root.tsx': `import { createRootRoute, HeadContent, Outlet, Scripts } from '@tanstack/react-router';\n\nexport const Route = createRootRoute({ component: Root });\n\nfunction Root() {\n  return <html lang="en"><head><HeadContent /></head><body><Outlet /><Scripts /></body></html>;\n}\n`,
      'src/routes/index.tsx': `import { createFileRoute } from '@tanstack/react-router';\n\nexport const Route = createFileRoute('/')({ component: () => <h1>Shop</h1> });\n`,
    }),
    output: ['dist/client', 'public'],
  };
}
