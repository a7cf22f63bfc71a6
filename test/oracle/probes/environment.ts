import type { Probe } from '../harness/probe.ts';

/** A request with the given expression as the key. */
const ask = (expression: string, before = '') => ({ 'main.js': `${before}fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } });\n` });

/**
 * Every way to read a variable of which the bundler knows the value: by a define in its configuration, by its public prefix,
 * or because it inlines all. `{{env}}` is the object that holds them.
 */
export const accessForms: readonly Probe[] = [
  { id: 'access-dot', about: 'A member.', bare: [], files: ask('{{env}}.{{public}}') },
  { id: 'access-bracket', about: 'A quoted index.', files: ask(`{{env}}['{{public}}']`) },
  { id: 'access-template-index', about: 'An index in backticks.', files: ask('{{env}}[`{{public}}`]') },
  { id: 'access-template', about: 'A hole of a template.', files: ask('`${{{env}}.{{public}}}`') },
  { id: 'access-or', about: 'With fallbacks.', files: ask(`{{env}}.{{public}} ?? ''`) },
  { id: 'access-optional', about: 'An optional member.', files: ask('{{env}}?.{{public}}') },
  { id: 'access-imported', about: 'A read in another module.', files: { 'main.js': `import { key } from './env.js';\nfetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': key } });\n`, 'env.js': `export const key = {{env}}.{{public}};\n` } },
  { id: 'access-unused', about: 'An unused constant that reads it.', files: { 'main.js': `import { used } from './env.js';\nconsole.log(used);\n`, 'env.js': `export const used = 1;\nexport const key = {{env}}.{{public}};\n` } },
  { id: 'access-dead', about: 'A read in a dead branch.', files: { 'main.js': `if (false) {\n  fetch('https://api.hilt.so', { headers: { 'X-Hilt-Key': {{env}}.{{public}} } });\n}\nconsole.log('dead');\n` } },
  { id: 'access-text', about: 'The name in a text and in a comment: no read.', files: { 'main.js': `// {{env}}.{{public}} is set in CI\nconsole.log('set {{public}} first');\n` } },
  { id: 'access-member', about: 'A member of its value.', files: ask(`{{env}}.{{public}}.trim()`) },
  { id: 'access-object', about: 'A property of an object that is passed whole.', files: { 'main.js': `import { show } from '../../show.js';\nconst config = { key: {{env}}.{{public}}, mode: location.hash };\nshow(JSON.stringify(config));\n` } },
  { id: 'access-parameter', about: 'The default of a parameter.', files: { 'main.js': `function send(key = {{env}}.{{public}}) {\n  return fetch('https://api.hilt.so', { headers: { 'X-Hilt-Key': key } });\n}\nglobalThis.send = send;\n` } },
  { id: 'access-choice', about: 'One of two sides.', files: ask(`location.hash ? {{env}}.{{public}} : ''`) },
  { id: 'access-class', about: 'A field of a class that is used, of the SDK\'s client.', files: { 'main.js': `import { HiltClient } from '@hiltpay/sdk';\nclass Shop {\n  hilt = new HiltClient({ apiKey: {{env}}.{{public}} });\n}\nglobalThis.shop = new Shop();\n` } },
  { id: 'access-sdk-unused', about: 'An unused function that makes a client.', files: { 'main.js': `import { used } from './lib.js';\nconsole.log(used);\n`, 'lib.js': `import { HiltClient } from '@hiltpay/sdk';\nexport const used = 1;\nexport const connect = () => new HiltClient({ apiKey: {{env}}.{{public}} });\n` } },
  { id: 'access-lines', about: 'A read over several lines.', files: ask(`{{env}}\n  .{{public}}`) },
  { id: 'access-development', about: 'A read in development only.', files: { 'main.js': `if (process.env.NODE_ENV !== 'production') {\n  console.log({{env}}.{{public}});\n}\nconsole.log('after');\n` } },
  { id: 'access-typeof', about: 'Only its type is asked.', files: { 'main.js': `console.log(typeof {{env}}.{{public}});\n` } },
];

/** The same where only `process.env` has such forms (a define of `process.env.X`). */
export const defineForms: readonly Probe[] = [
  { id: 'access-process-optional', about: '`process?.env?.X`.', files: ask('process?.env?.{{public}}') },
  { id: 'access-parenthesis', about: '`(process.env).X`.', files: ask('(process.env).{{public}}') },
  { id: 'access-destructured', about: 'Destructured.', files: ask('{{public}}', 'const { {{public}} } = process.env;\n') },
  { id: 'access-destructured-renamed', about: 'Destructured with another name.', files: ask('key', 'const { {{public}}: key } = process.env;\n') },
  { id: 'access-alias', about: 'Through a constant that stands for `process.env`.', files: ask('env.{{public}}', 'const env = process.env;\n') },
  { id: 'access-env-destructured', about: '`const { env } = process`.', files: ask('env.{{public}}', 'const { env } = process;\n') },
  { id: 'access-global-this', about: '`globalThis.process.env.X`.', except: { rollup: 'the replacement breaks the build' }, files: ask('globalThis.process.env.{{public}}') },
  { id: 'access-destructured-default', about: 'Destructured with a fallback.', files: ask('{{public}}', `const { {{public}} = 'none' } = process.env;\n`) },
  { id: 'access-destructured-nested', about: 'Destructured from `process`.', files: ask('{{public}}', 'const { env: { {{public}} } } = process;\n') },
  { id: 'access-quoted-env', about: '`process["env"].X`.', files: ask(`process['env'].{{public}}`) },
  { id: 'access-shadowed', about: 'A `process` of the module\'s own.', files: { 'main.js': `import { show } from '../../show.js';\nfunction run(process) {\n  show(process.env.{{public}});\n}\nrun({ env: { {{public}}: location.hash } });\nglobalThis.run = run;\n` } },
  { id: 'access-const-index', about: 'An index that is a constant.', files: ask('process.env[name]', `const name = '{{public}}';\n`) },
];

/** Reads of the whole object, each in an application of its own: public variables ship that nobody names. */
export const wholeReads: readonly Probe[] = [
  { id: 'whole-alias', about: 'A constant that stands for the object.', files: ask('env.{{public:read}}', 'const env = {{env}};\n'), at: { read: 'const env = ' } },
  { id: 'whole-destructured', about: 'The object destructured.', files: ask('{{public:read}}', 'const { {{public:read}} } = {{env}};\n') },
  { id: 'whole-passed', about: 'The object handed to a function.', files: { 'main.js': `import { show } from '../../show.js';\nshow(JSON.stringify({{env}}));\n` }, root: { '.env.production': `{{public:named}}={{key:named}}\n` } },
  { id: 'whole-index', about: 'The object indexed at run time.', files: { 'main.js': `import { show } from '../../show.js';\nshow({{env}}[location.hash]);\n` }, root: { '.env.production': `{{public:named}}={{key:named}}\n` } },
];

/** `process.env` defined as an object: every form is served, and what nobody names ships where the object stays whole. */
export const definedObject: readonly Probe[] = [
  { id: 'object-dot', about: 'A member.', files: ask('process.env.{{var}}') },
  { id: 'object-destructured', about: 'Destructured.', files: ask('{{var}}', 'const { {{var}} } = process.env;\n') },
  { id: 'object-index', about: 'The object indexed at run time; a variable that nobody names.', files: { 'main.js': `import { show } from '../../show.js';\nshow(process.env[location.hash]);\n` }, root: { 'docs/variables.txt': `{{var:unnamed}}\n` } },
];

/** A variable without a public prefix and without a define: the code asks for it, the bundler has no value. */
export const privateReads: readonly Probe[] = [
  { id: 'private-process', about: '`process.env.X`.', files: ask('process.env.{{var}}') },
  { id: 'private-bracket', about: '`process.env["X"]`.', files: ask(`process.env['{{var}}']`) },
  { id: 'private-destructured', about: 'Destructured from `process.env`.', files: ask('{{var}}', 'const { {{var}} } = process.env;\n') },
  { id: 'private-alias', about: 'Through a constant that stands for `process.env`.', files: ask('env.{{var}}', 'const env = process.env;\n') },
  { id: 'private-unused', about: 'Read by a function that nobody calls.', files: { 'main.js': `import { used } from './env.js';\nconsole.log(used);\n`, 'env.js': `export const used = 1;\nexport function key() {\n  return process.env.{{var}};\n}\n` } },
  { id: 'private-window', about: 'Behind `typeof window`.', files: { 'main.js': `if (typeof window === 'undefined') {\n  console.log(process.env.{{var}});\n}\n` } },
];

/** `import.meta.env`: a syntax error in Metro, undefined in most. */
export const privateMeta: readonly Probe[] = [
  { id: 'private-meta', about: '`import.meta.env.X` without a prefix.', files: ask('import.meta.env.{{var}}') },
];
