import type { AppParts } from '../harness/bundler.ts';
import type { Probe } from '../harness/probe.ts';

/** Every application depends on the SDK, as a merchant's does. */
export const sdk = { '@hiltpay/sdk': '^1.4.0' } as const;

const tsconfig = { target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2022', 'DOM'], strict: true, allowImportingTsExtensions: true, noEmit: true };

/** A stand-in with the SDK's shape, so that its importers can be bundled; git ignores it, as it does any installed package. */
const sdkFiles = {
  'node_modules/@hiltpay/sdk/package.json': '{ "name": "@hiltpay/sdk", "version": "1.4.0", "type": "module", "main": "./index.js", "exports": "./index.js" }\n',
  'node_modules/@hiltpay/sdk/index.js': `export class HiltClient {
  constructor(options = {}) {
    this.options = options;
  }
  request(path) {
    return fetch('https://api.hilt.so' + path, { headers: { 'X-Hilt-Key': this.options.apiKey } });
  }
}
`,
} as const;

/** What all plain applications have: an entry that imports each probe, and the sink that the probes hand their values to. */
export function plainFiles(app: AppParts, compilerOptions: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return {
    ...sdkFiles,
    'src/main.js': app.imports.map((specifier) => `import '${specifier}';\n`).join(''),
    'src/show.js': `/** Whatever is shown is in use. */\nexport function show(value) {\n  document.body.append(String(value));\n}\n`,
    'tsconfig.json': `${JSON.stringify({ compilerOptions: { ...tsconfig, ...compilerOptions }, include: ['src'] }, null, 2)}\n`,
  };
}

/** The page that loads the entry, with what probes put into it. */
export function page(app: AppParts, entry: string): string {
  return `<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n    <title>Shop</title>\n${app.head}  </head>\n  <body>\n${app.body}    <script type="module" src="${entry}"></script>\n  </body>\n</html>\n`;
}

/** `'process.env.X': JSON.stringify(process.env.X),` a line a variable, as people write it. */
export function defineLines(variables: readonly string[], indent: string): string {
  return variables.map((name) => `${indent}'process.env.${name}': JSON.stringify(process.env.${name}),\n`).join('');
}

/** `X: process.env.X,` a line a variable: the object that `process.env` is defined as. */
export function objectLines(variables: readonly string[], indent: string): string {
  return variables.map((name) => `${indent}${name}: process.env.${name},\n`).join('');
}

export function forBundler(bundler: string, probes: readonly Probe[]): Probe[] {
  return probes.filter((probe) => !probe.except?.[bundler]);
}
