import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;
const guarded = (guard: string) => ({ 'main.js': `import { key } from './keys.js';\n${show}if (${guard}) {\n  show('{{key:literal}}');\n  show(key);\n}\nshow('after');\n`, 'keys.js': `export const key = '{{key:imported}}';\n` });

/** Branches that cannot run: who finds out differs from guard to guard. */
export const branches: readonly Probe[] = [
  { id: 'dead-false', about: '`if (false)`.', maps: true, files: guarded('false') },
  { id: 'dead-and', about: '`false && …`, and a choice with a constant condition.', files: { 'main.js': `${show}false && show('{{key:and}}');\nshow(true ? 1 : '{{key:choice}}');\n` } },
  { id: 'dead-while', about: '`while (false)`.', files: { 'main.js': `${show}while (false) {\n  show('{{key}}');\n}\n` } },
  { id: 'dead-after-return', about: 'After a return.', files: { 'main.js': `${show}function run() {\n  show(1);\n  return;\n  show('{{key}}');\n}\nrun();\n` } },
  { id: 'dead-after-throw', about: 'After a throw.', files: { 'main.js': `${show}function run() {\n  throw new Error('no');\n  show('{{key}}');\n}\ndocument.addEventListener('click', run);\n` } },
  { id: 'dead-const-flag', about: 'A constant of the same module.', files: { 'main.js': `${show}const debug = false;\nif (debug) {\n  show('{{key}}');\n}\n` } },
  { id: 'dead-imported-flag', about: 'A constant of another module.', files: { 'main.js': `import { debug } from './flags.js';\n${show}if (debug) {\n  show('{{key}}');\n}\n`, 'flags.js': `export const debug = false;\n` } },
  { id: 'dead-object-flag', about: 'A property of a constant object.', files: { 'main.js': `${show}const flags = { debug: false };\nif (flags.debug) {\n  show('{{key}}');\n}\n` } },
  { id: 'dead-compare', about: 'Two constants compared.', files: { 'main.js': `${show}if ('live' === 'sandbox') {\n  show('{{key}}');\n}\n` } },
  { id: 'dead-node-env', about: '`process.env.NODE_ENV !== "production"`.', maps: true, files: guarded(`process.env.NODE_ENV !== 'production'`) },
  { id: 'dead-node-env-choice', about: 'A choice by `process.env.NODE_ENV`.', files: { 'main.js': `${show}show(process.env.NODE_ENV === 'production' ? '{{key:live}}' : '{{key:sandbox}}');\n` }, bare: ['live'] },
  { id: 'dead-node-env-const', about: 'A constant made from `process.env.NODE_ENV`.', files: { 'main.js': `${show}const isDev = process.env.NODE_ENV === 'development';\nif (isDev) {\n  show('{{key}}');\n}\n` } },
  { id: 'guard-window', about: '`typeof window === "undefined"`.', files: guarded(`typeof window === 'undefined'`) },
  { id: 'guard-window-const', about: 'A constant made from `typeof window`.', files: { 'main.js': `${show}const isServer = typeof window === 'undefined';\nif (isServer) {\n  show('{{key}}');\n}\n` } },
  { id: 'guard-window-choice', about: 'A choice by `typeof window`.', bare: ['client'], files: { 'main.js': `${show}show(typeof window !== 'undefined' ? '{{key:client}}' : '{{key:server}}');\n` } },
  { id: 'guard-window-return', about: 'An early return where there is a window.', files: { 'main.js': `${show}export function run() {\n  if (typeof window !== 'undefined') return;\n  show('{{key}}');\n}\nrun();\n` } },
  { id: 'guard-document', about: '`typeof document === "undefined"`.', files: guarded(`typeof document === 'undefined'`) },
  { id: 'guard-process', about: '`typeof process !== "undefined"`.', files: guarded(`typeof process !== 'undefined'`) },
  { id: 'guard-global-window', about: '`globalThis.window`.', files: guarded(`!globalThis.window`) },
  { id: 'guard-process-browser', about: '`process.browser`.', files: guarded(`!process.browser`) },
  { id: 'guard-ssr', about: '`import.meta.env.SSR`.', except: { metro: 'import.meta is a syntax error' }, files: guarded('import.meta.env.SSR') },
  { id: 'guard-dev', about: '`import.meta.env.DEV`, and the mode.', except: { metro: 'import.meta is a syntax error' }, files: { 'main.js': `${show}if (import.meta.env.DEV) {\n  show('{{key:dev}}');\n}\nif (import.meta.env.MODE === 'development') {\n  show('{{key:mode}}');\n}\nif (import.meta.env.PROD) {\n  show('{{key:prod}}');\n}\n` } },
  { id: 'guard-dev-global', about: '`__DEV__`.', files: guarded(`typeof __DEV__ !== 'undefined' && __DEV__`) },
  { id: 'guard-unknown', about: 'A condition that is known at run time only.', bare: ['literal', 'imported'], files: guarded(`location.hash === '#admin'`) },
  { id: 'guard-env-flag', about: 'A variable of the environment that no bundler knows.', bare: ['literal', 'imported'], files: guarded(`globalThis.flags?.admin`) },
  { id: 'guard-try', about: 'The handler of an error.', bare: ['key'], files: { 'main.js': `${show}try {\n  show(JSON.parse(location.hash));\n} catch {\n  show('{{key}}');\n}\n` } },
  { id: 'guard-switch', about: 'A case that cannot be reached, and one that can.', bare: ['live'], files: { 'main.js': `${show}switch (location.hash) {\n  case '#live':\n    show('{{key:live}}');\n    break;\n  default:\n    show(0);\n}\nswitch ('a') {\n  case 'b':\n    show('{{key:dead}}');\n}\n` } },
];
