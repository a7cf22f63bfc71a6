import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;
const effect = `globalThis.hilt = '{{key}}';\nexport interface Payment { id: string }\nexport class Client {\n  id = 'c';\n}\n`;

/** What TypeScript leaves behind. */
export const typescript: readonly Probe[] = [
  { id: 'ts-import-type', about: '`import type` of a module that does something.', maps: true, files: { 'main.ts': `import type { Client } from './client.ts';\n${show}show((x: Client) => x);\n`, 'client.ts': effect } },
  { id: 'ts-inline-type', about: '`import { type X }`: the clause stays or goes.', files: { 'main.ts': `import { type Payment } from './client.ts';\n${show}show((x: Payment) => x);\n`, 'client.ts': effect } },
  { id: 'ts-export-type', about: '`export type { X } from`.', files: { 'main.ts': `import { used } from './index.ts';\n${show}show(used);\n`, 'index.ts': `export type { Client } from './client.ts';\nexport const used = 1;\n`, 'client.ts': effect } },
  { id: 'ts-elided', about: 'An import that is only used as a type.', files: { 'main.ts': `import { Client } from './client.ts';\n${show}show((x: Client) => x);\n`, 'client.ts': effect } },
  { id: 'ts-unused-import', about: 'An import that nobody uses.', files: { 'main.ts': `import { Client } from './client.ts';\n${show}show(1);\n`, 'client.ts': effect } },
  { id: 'ts-typeof', about: 'An import used in a type position by `typeof`.', files: { 'main.ts': `import { Client } from './client.ts';\n${show}const make: typeof Client | undefined = undefined;\nshow(make);\n`, 'client.ts': effect } },
  { id: 'ts-enum', about: 'A member of an enum, and its sibling.', bare: ['used'], files: { 'main.ts': `import { Keys } from './keys.ts';\n${show}show(Keys.Live);\n`, 'keys.ts': `export enum Keys {\n  Live = '{{key:used}}',\n  Sandbox = '{{key:sibling}}',\n}\n` } },
  { id: 'ts-enum-unused', about: 'An enum that nobody uses.', files: { 'main.ts': `import { used } from './keys.ts';\n${show}show(used);\n`, 'keys.ts': `export const used = 1;\nexport enum Keys {\n  Live = '{{key}}',\n}\n` } },
  { id: 'ts-enum-dynamic', about: 'An enum indexed at run time.', bare: ['live', 'sandbox'], files: { 'main.ts': `${show}enum Keys {\n  Live = '{{key:live}}',\n  Sandbox = '{{key:sandbox}}',\n}\nshow(Keys[location.hash as keyof typeof Keys]);\n` } },
  { id: 'ts-const-enum', about: 'A member of a const enum of the same module.', bare: ['used'], files: { 'main.ts': `${show}const enum Keys {\n  Live = '{{key:used}}',\n  Sandbox = '{{key:sibling}}',\n}\nshow(Keys.Live);\n` } },
  { id: 'ts-const-enum-imported', about: 'A member of a const enum of another module.', bare: ['used'], files: { 'main.ts': `import { Keys } from './keys.ts';\n${show}show(Keys.Live);\n`, 'keys.ts': `export const enum Keys {\n  Live = '{{key:used}}',\n  Sandbox = '{{key:sibling}}',\n}\n` } },
  { id: 'ts-as-const', about: 'An object `as const`, one property read.', bare: ['used'], files: { 'main.ts': `import { keys } from './keys.ts';\n${show}show(keys.live);\n`, 'keys.ts': `export const keys = { live: '{{key:used}}', sandbox: '{{key:sibling}}' } as const;\n` } },
  { id: 'ts-satisfies', about: 'A constant with `satisfies` and `as`.', bare: ['key', 'other'], files: { 'main.ts': `${show}const key = '{{key}}' satisfies string;\nshow(key as unknown);\nshow(<string>'{{key:other}}');\n` } },
  { id: 'ts-namespace', about: 'A namespace, one member read.', bare: ['used'], files: { 'main.ts': `import { Hilt } from './hilt.ts';\n${show}show(Hilt.live);\n`, 'hilt.ts': `export namespace Hilt {\n  export const live = '{{key:used}}';\n  export const sandbox = '{{key:sibling}}';\n}\n` }, except: { metro: 'the Babel preset refuses namespaces' } },
  { id: 'ts-parameter-property', about: 'A parameter property with a default.', bare: ['key'], files: { 'main.ts': `import { Client } from './client.ts';\n${show}show(new Client());\n`, 'client.ts': `export class Client {\n  constructor(private readonly key: string = '{{key}}') {}\n  toString() {\n    return this.key;\n  }\n}\n` } },
  { id: 'ts-declare', about: 'A declared constant and a literal type: nothing is left.', files: { 'main.ts': `${show}declare const key: '{{key:declared}}';\ntype Key = '{{key:type}}';\nshow((x: Key) => x);\n` } },
  { id: 'ts-static-readonly', about: 'A static readonly member that is used.', bare: ['used'], files: { 'main.ts': `import { Config } from './config.ts';\n${show}show(Config.live);\n`, 'config.ts': `export class Config {\n  static readonly live: string = '{{key:used}}';\n}\n` } },
  { id: 'ts-js-extension', about: 'An import of .js that is a .ts file.', bare: ['key'], files: { 'main.ts': `import { key } from './keys.js';\n${show}show(key);\n`, 'keys.ts': `export const key = '{{key}}';\n` }, except: { metro: 'Metro does not read .ts for .js', parcel: 'Parcel finds no .ts for .js', rollup: 'node-resolve finds no .ts for .js', webpack: 'needs extensionAlias', rspack: 'needs extensionAlias' } },
];

/** With `verbatimModuleSyntax`, what is not marked as a type stays an import. */
export const verbatim: readonly Probe[] = ['ts-elided', 'ts-unused-import', 'ts-inline-type', 'ts-import-type', 'ts-typeof'].map((id) => {
  const probe = typescript.find((candidate) => candidate.id === id);
  if (!probe) throw new Error(`No probe ${id}.`);
  return { ...probe, id: `verbatim-${id}`, about: `${probe.about} With verbatimModuleSyntax.`, maps: false };
});
