import { plainFramework, type Framework } from './framework.ts';

/**
 * Parcel (2.16 built). In code for browsers it puts every variable of the environment in its place, whatever its name
 * (`@parcel/transformer-js/lib/JSTransformer.js`; https://parceljs.org/features/node-emulation).
 */
export const parcel: Framework = {
  ...plainFramework,
  id: 'parcel',
  title: 'Parcel',
  side: 'client',
  detect: { dependencies: ['parcel', 'parcel-bundler'], configs: /^\.parcelrc$/ },
  bundler: 'parcel',
  supersedes: ['unknown-client', 'html'],
  entries: [{ files: ['index.html', 'src/index.html'], reason: 'Parcel entry page' }],
  publicPrefixes: [{ prefix: '', access: ['process.env'], forms: ['dot', 'bracket', 'destructured'], ships: 'read' }],
  inlinedForms: ['dot', 'bracket', 'destructured'],
  deadGuards: [{ expression: 'module.hot', client: false }, { expression: 'process.browser', client: true }, { expression: 'typeof process', client: false }],
  injects: ['@parcel/transformer-js.inlineEnvironment'],
};
