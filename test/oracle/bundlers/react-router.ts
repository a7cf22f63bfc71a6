import type { Bundler, Scene } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';
import { reactRouter as shapes, reactRouterErrors, resourceRoutes } from '../probes/react-router.ts';
import { sdk } from './plain.ts';

export const reactRouter: Bundler = {
  name: 'react-router',
  tier: 'heavy',
  environment: { publicPrefix: 'VITE_', object: 'import.meta.env' },
  scenes: [
    scene('main', [...shapes, ...resourceRoutes]),
    scene('maps', shapes.filter((probe) => probe.maps || probe.id === 'route-imported'), '  build: { sourcemap: true },\n'),
    ...reactRouterErrors.map((probe) => ({ ...scene(probe.id, [probe]), failsWith: /Server-only module referenced by client/ })),
  ],
};

function scene(name: string, probes: readonly Probe[], options = ''): Scene {
  const routes = probes.flatMap((probe) => (probe.root?.['app/routes/{{id}}.jsx'] === undefined ? [] : [probe.id]));
  const pages = routes.filter((id) => !resourceRoutes.some((probe) => probe.id === id));
  return {
    name,
    probes,
    manifest: { type: 'module', scripts: { build: 'react-router build' }, dependencies: { ...sdk, 'react-router': '^7.18.4', '@react-router/node': '^7.18.4', '@react-router/serve': '^7.18.4', isbot: '^5.0.0', react: '^19.0.0', 'react-dom': '^19.0.0' }, devDependencies: { '@react-router/dev': '^7.18.4', vite: '^7.3.8' } },
    files: () => ({
      'vite.config.js': `import { reactRouter } from '@react-router/dev/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [reactRouter()],\n${options}});\n`,
      'react-router.config.js': `export default {\n  ssr: true,\n  prerender: ${JSON.stringify(['/', ...pages.map((id) => `/${id}`)])},\n};\n`,
      'app/root.jsx': `import { Links, Meta, Outlet, Scripts } from 'react-router';\n\nexport default function App() {\n  return <html lang="en"><head><Meta /><Links /></head><body><Outlet /><Scripts /></body></html>;\n}\n`,
      'app/routes.js': `import { index, route } from '@react-router/dev/routes';\n\nexport default [\n  index('home.jsx'),\n${routes.map((id) => `  route('${id}', 'routes/${id}.jsx'),\n`).join('')}];\n`,
      'app/home.jsx': `export default function Home() {\n  return <h1>Shop</h1>;\n}\n`,
    }),
    output: ['build/client', 'public'],
  };
}
