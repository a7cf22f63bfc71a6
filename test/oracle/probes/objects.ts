import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;
/** A module with one object of two keys, and an entry that does something with it. */
const config = (use: string, text = `export const config = { shown: '{{key:used}}', hidden: '{{key:sibling}}' };\n`, importing = '{ config }') => ({ 'main.js': `import ${importing} from './config.js';\n${show}${use}\n`, 'config.js': text });

/** Objects of which a part is read: who looks into them, and how far. */
export const objects: readonly Probe[] = [
  { id: 'object-renamed', about: 'A second name for the object.', bare: ['used'], files: config('const other = config;\nshow(other.shown);') },
  { id: 'object-optional', about: 'An optional member of an imported object.', bare: ['used'], files: config('show(config?.shown);') },
  { id: 'object-quoted', about: 'A quoted index.', bare: ['used'], files: config(`show(config['shown']);`) },
  { id: 'object-const-index', about: 'An index that is a constant.', bare: ['used'], files: config(`const name = 'shown';\nshow(config[name]);`) },
  { id: 'object-dynamic', about: 'An index known at run time only.', bare: ['used', 'sibling'], files: config('show(config[location.hash]);') },
  { id: 'object-rest', about: 'The rest of a destructuring.', bare: ['sibling'], files: config('const { shown, ...rest } = config;\nshow(rest);') },
  { id: 'object-default', about: 'A destructured property with a fallback.', bare: ['used'], files: config(`const { shown = 'none' } = config;\nshow(shown);`) },
  { id: 'object-values', about: 'All values.', bare: ['used', 'sibling'], files: config('show(Object.values(config));') },
  { id: 'object-stringified', about: 'The object as JSON.', bare: ['used', 'sibling'], files: config('show(JSON.stringify(config));') },
  { id: 'object-spread-out', about: 'The object spread into another.', bare: ['used', 'sibling'], files: config('show({ ...config, mode: location.hash });') },
  { id: 'object-passed', about: 'The object handed to a function that reads one property.', bare: ['used'], files: { ...config('ask(config);'), 'main.js': `import { ask } from './ask.js';\nimport { config } from './config.js';\nask(config);\n`, 'ask.js': `${show}export function ask(options) {\n  show(options.shown);\n  globalThis.asked = ask;\n}\n` } },
  { id: 'object-exported-list', about: 'Declared first, exported by a list.', bare: ['used'], files: config('show(config.shown);', `const config = { shown: '{{key:used}}', hidden: '{{key:sibling}}' };\nexport { config };\n`) },
  { id: 'object-exported-default', about: 'Declared first, exported as the default.', bare: ['used'], files: config('show(config.shown);', `const config = { shown: '{{key:used}}', hidden: '{{key:sibling}}' };\nexport default config;\n`, 'config') },
  { id: 'object-exported-as-default', about: '`export { x as default }`.', bare: ['used'], files: config('show(config.shown);', `const config = { shown: '{{key:used}}', hidden: '{{key:sibling}}' };\nexport { config as default };\n`, 'config') },
  { id: 'object-default-named', about: '`import { default as config }`.', bare: ['used'], files: config('show(config.shown);', `export default { shown: '{{key:used}}', hidden: '{{key:sibling}}' };\n`, '{ default as config }') },
  { id: 'object-reexported', about: 'The object through a barrel.', bare: ['used'], files: { ...config('show(config.shown);'), 'main.js': `import { config } from './index.js';\n${show}show(config.shown);\n`, 'index.js': `export { config } from './config.js';\n` } },
  { id: 'object-namespace', about: 'A property of an object of a namespace import.', bare: ['used'], files: config('show(all.config.shown);', undefined, '* as all') },
  { id: 'object-namespace-optional', about: 'An optional member of a namespace import, beside an unused export.', bare: ['used'], files: config('show(all?.used);', `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n`, '* as all') },
  { id: 'object-nested-whole', about: 'A nested object that is passed whole, and its cousin.', bare: ['used'], files: config('show(config.live);', `export const config = { live: { shown: '{{key:used}}' }, sandbox: { hidden: '{{key:sibling}}' } };\n`) },
  { id: 'object-nested-sibling', about: 'One property of a nested object.', bare: ['used'], files: config('show(config.live.shown);', `export const config = { live: { shown: '{{key:used}}', hidden: '{{key:sibling}}' } };\n`) },
  { id: 'object-sealed', about: 'The object is sealed.', bare: ['used', 'sibling'], files: config('show(config.shown);', `export const config = Object.seal({ shown: '{{key:used}}', hidden: '{{key:sibling}}' });\n`) },
  { id: 'object-assigned', about: 'The object made by `Object.assign`.', bare: ['used', 'sibling'], files: config('show(config.shown);', `export const config = Object.assign({}, { shown: '{{key:used}}' }, { hidden: '{{key:sibling}}' });\n`) },
  { id: 'object-spread-in', about: 'The object takes in another one.', bare: ['used'], files: config('show(config.shown);', `const base = { hidden: '{{key:sibling}}' };\nexport const config = { ...base, shown: '{{key:used}}' };\n`) },
  { id: 'object-mutated', about: 'A property is written from outside.', bare: ['used'], files: config('config.extra = location.hash;\nshow(config.shown);\nshow(config.extra);') },
  { id: 'object-filled', about: 'Properties are written one by one, and the object passed whole.', bare: ['used'], files: config('show(config);', `export const config = {};\nconfig.shown = '{{key:used}}';\n`) },
  { id: 'object-method', about: 'One method is called, another holds a key.', bare: ['used'], files: config('show(config.ask());', `export const config = {\n  ask() {\n    return '{{key:used}}';\n  },\n  spare() {\n    return '{{key:unused}}';\n  },\n};\n`) },
  { id: 'object-method-this', about: 'A method reads a property of its object.', bare: ['used'], files: config('show(config.ask());', `export const config = {\n  key: '{{key:used}}',\n  ask() {\n    return this.key;\n  },\n};\n`) },
  { id: 'object-getter', about: 'A getter that is read, and one that is not.', bare: ['used'], files: config('show(config.shown);', `export const config = {\n  get shown() {\n    return '{{key:used}}';\n  },\n  get hidden() {\n    return '{{key:sibling}}';\n  },\n};\n`) },
  { id: 'object-returned', about: 'One property of what a function returns.', bare: ['used'], files: config('show(config().shown);', `export const config = () => ({ shown: location.hash || '{{key:used}}', hidden: '{{key:sibling}}' });\n`) },
  { id: 'object-condition', about: 'The key is only tested.', files: config(`if (!config.shown) throw new Error('no key');\nshow('ok');`, `export const config = { shown: '{{key}}' };\n`) },
  { id: 'object-compared', about: 'The key is compared with something.', bare: ['key'], files: config('show(config.shown === location.hash);', `export const config = { shown: '{{key}}' };\n`) },
  { id: 'object-array-nested', about: 'One item of a list of objects.', bare: ['used'], files: config('show(config[0].shown);', `export const config = [{ shown: '{{key:used}}' }, { shown: '{{key:sibling}}' }];\n`) },
  { id: 'object-array-destructured', about: 'The first item of a list by destructuring.', bare: ['used'], files: config('const [first] = config;\nshow(first);', `export const config = ['{{key:used}}', '{{key:sibling}}'];\n`) },
  { id: 'object-array-spread', about: 'A list spread into an argument list.', bare: ['used'], files: config('show(...config);', `export const config = ['{{key:used}}', '{{key:sibling}}'];\n`) },
  { id: 'object-array-find', about: 'A list searched at run time.', bare: ['used', 'sibling'], files: config('show(config.find((item) => item.id === location.hash));', `export const config = [{ id: 'a', key: '{{key:used}}' }, { id: 'b', key: '{{key:sibling}}' }];\n`) },
  { id: 'object-unused-import', about: 'An import that nobody reads.', files: config(`show('nothing');`) },
  { id: 'object-let', about: 'A variable that is written at run time, and one that is overwritten.', bare: ['first'], files: { 'main.js': `${show}let key = '{{key:first}}';\ndocument.addEventListener('click', () => show(key));\ndocument.addEventListener('blur', () => {\n  key = location.hash;\n});\n` } },
];
