import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;
const send = (expression: string): string => `await ${ask(expression)}.catch(() => undefined);`;

interface Parts { readonly before?: string; readonly options?: string; readonly body?: string; readonly more?: Files }

/** A route file: code above the route, further options of it, the body of its component. */
function route({ before = '', options = '', body = '  return <p>shop</p>;\n', more = {} }: Parts): Files {
  return {
    'src/routes/{{id}}.tsx': `import { createFileRoute } from '@tanstack/react-router';\n${before}\nexport const Route = createFileRoute('/{{id}}')({\n${options}  component: Page,\n});\n\nfunction Page() {\n${body}}\n`,
    ...more,
  };
}

const button = (expression: string): string => `  return <button onClick={() => ${ask(expression)}}>Pay</button>;\n`;
const serverFn = (body: string, name = 'charge'): string => `\nconst ${name} = createServerFn().handler(async () => {\n${body}});\n`;
const withServerFn = `import { createServerFn } from '@tanstack/react-start';\n`;

/** What TanStack Start ships: routes with their loaders, less the bodies of server functions. */
export const tanStackShapes: readonly Probe[] = [
  { id: 'route-literal', about: 'A literal in a component.', bare: ['key'], root: route({ body: button(`'{{key}}'`) }) },
  { id: 'route-const', about: 'A constant of the route.', bare: ['key'], root: route({ before: `\nconst key = '{{key}}';\n`, body: button('key') }) },
  { id: 'route-imported', about: 'A constant of a module, and its unused sibling.', bare: ['used'], root: route({ before: `import { used } from '../lib/{{id}}';\n`, body: button('used'), more: { 'src/lib/{{id}}.ts': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` } }) },
  { id: 'route-lib-new', about: 'A module that makes a client object when it loads.', root: route({ before: `import { format } from '../lib/{{id}}';\n`, body: '  return <p>{format(1)}</p>;\n', more: { 'src/lib/{{id}}.ts': `class Client {\n  key: string;\n  constructor(key: string) {\n    this.key = key;\n  }\n}\nexport const client = new Client('{{key}}');\nexport function format(amount: number) {\n  return amount.toFixed(2);\n}\n` } }) },
  { id: 'loader-literal', about: 'A literal in a loader: it runs in the browser too.', bare: ['key'], root: route({ options: `  loader: async () => {\n    ${send(`'{{key}}'`)}\n    return { title: 'x' };\n  },\n` }) },
  { id: 'before-load', about: 'A literal in beforeLoad.', bare: ['key'], root: route({ options: `  beforeLoad: async () => {\n    ${send(`'{{key}}'`)}\n  },\n` }) },
  { id: 'head-meta', about: 'A literal in the head of a route.', bare: ['key'], root: route({ options: `  head: () => ({ meta: [{ name: 'hilt', content: '{{key}}' }] }),\n` }) },
  { id: 'loader-process', about: '`process.env.X` in a loader.', root: route({ options: `  loader: async () => {\n    ${send('process.env.{{var}} ?? \'\'')}\n    return { title: 'x' };\n  },\n` }) },
  { id: 'loader-process-returned', about: '`process.env.X` that a loader returns: the server renders it into the page.', root: route({ options: `  loader: async () => ({ secret: process.env.{{var}} }),\n` }) },
  { id: 'server-fn-body', about: 'A literal in a server function.', root: route({ before: `${withServerFn}${serverFn(`  ${send(`'{{key}}'`)}\n  return 'ok';\n`)}`, options: '  loader: () => charge(),\n' }) },
  { id: 'server-fn-const', about: 'A constant that only a server function reads.', root: route({ before: `${withServerFn}\nconst key = '{{key}}';\n${serverFn(`  ${send('key')}\n  return 'ok';\n`)}`, options: '  loader: () => charge(),\n' }) },
  { id: 'server-fn-import', about: 'A module that only a server function uses.', root: route({ before: `${withServerFn}import { pay } from '../lib/{{id}}';\n${serverFn(`  await pay().catch(() => undefined);\n  return 'ok';\n`)}`, options: '  loader: () => charge(),\n', more: { 'src/lib/{{id}}.ts': `(globalThis as Record<string, unknown>).hilt = '{{key:effect}}';\nexport const pay = () => ${ask(`'{{key:body}}'`)};\n` } }) },
  { id: 'server-fn-environment', about: 'A private variable in a server function.', root: route({ before: `${withServerFn}${serverFn(`  ${send('process.env.{{var}} ?? \'\'')}\n  return 'ok';\n`)}`, options: '  loader: () => charge(),\n' }) },
  { id: 'server-fn-shared', about: 'A constant that a server function and the component read.', bare: ['key'], root: route({ before: `${withServerFn}\nconst key = '{{key}}';\n${serverFn(`  ${send('key')}\n  return 'ok';\n`)}`, options: '  loader: () => charge(),\n', body: button('key') }) },
  { id: 'server-fn-file', about: 'A server function in a module of its own.', root: route({ before: `import { charge } from '../lib/{{id}}';\n`, options: '  loader: () => charge(),\n', more: { 'src/lib/{{id}}.ts': `${withServerFn}\nexport const charge = createServerFn().handler(async () => {\n  ${send(`'{{key}}'`)}\n  return 'ok';\n});\n` } }) },
  { id: 'server-fn-returned', about: 'A value that a server function returns to a loader.', root: route({ before: `${withServerFn}${serverFn(`  return { secret: '{{key}}' };\n`)}`, options: '  loader: () => charge(),\n' }) },
  { id: 'server-fn-returned-environment', about: 'A private variable that a server function returns to a loader.', root: route({ before: `${withServerFn}${serverFn(`  return { secret: process.env.{{var}} };\n`)}`, options: '  loader: () => charge(),\n' }) },
  { id: 'server-fn-returned-derived', about: 'Only whether there is a key.', root: route({ before: `${withServerFn}${serverFn(`  return { live: Boolean(process.env.{{var}}) };\n`)}`, options: '  loader: () => charge(),\n' }) },
  { id: 'server-only-fn', about: 'A function that is only the server\'s.', root: route({ before: `import { createServerOnlyFn } from '@tanstack/react-start';\n\nconst charge = createServerOnlyFn(() => ${ask(`'{{key}}'`)});\n`, body: `  return <button onClick={() => charge()}>Pay</button>;\n` }) },
  { id: 'isomorphic-fn', about: 'The two halves of an isomorphic function.', bare: ['client'], root: route({ before: `import { createIsomorphicFn } from '@tanstack/react-start';\n\nconst charge = createIsomorphicFn()\n  .server(() => ${ask(`'{{key:server}}'`)})\n  .client(() => ${ask(`'{{key:client}}'`)});\n`, body: `  return <button onClick={() => charge()}>Pay</button>;\n` }) },
  { id: 'server-handlers', about: 'The handlers of a server route.', root: { 'src/routes/{{id}}.tsx': `import { createFileRoute } from '@tanstack/react-router';\n\nexport const Route = createFileRoute('/{{id}}')({\n  server: {\n    handlers: {\n      POST: async () => {\n        ${send(`'{{key}}'`)}\n        return new Response('ok');\n      },\n    },\n  },\n});\n` } },
  { id: 'plain-server-folder', about: 'A `server` folder.', bare: ['key'], root: route({ before: `import { key } from '../server/{{id}}';\n`, body: button('key'), more: { 'src/server/{{id}}.ts': `export const key = '{{key}}';\n` } }) },
  { id: 'guard-window', about: '`typeof window`.', bare: ['key'], root: route({ body: `  if (typeof window === 'undefined') {\n    console.log('{{key}}');\n  }\n  return <p>shop</p>;\n` }) },
  { id: 'guard-ssr', about: '`import.meta.env.SSR`.', root: route({ body: `  if (import.meta.env.SSR) {\n    console.log('{{key}}');\n  }\n  return <p>shop</p>;\n` }) },
  { id: 'env-vite', about: 'A public variable.', root: route({ body: button('import.meta.env.{{public}}') }) },
  { id: 'env-process', about: '`process.env.X` in a handler of a component.', root: route({ body: button('process.env.{{var}} ?? \'\'') }) },
  { id: 'rendered-text', about: 'A literal in the markup.', bare: ['key'], root: route({ body: '  return <p data-key="{{key}}">shop</p>;\n' }) },
  { id: 'public-file', about: 'A file of the public folder.', root: { 'public/config.js': `window.HILT = { key: '{{key}}' };\n` } },
];

/** Builds that fail: nothing ships. */
export const tanStackErrors: readonly Probe[] = [
  { id: 'error-server-file', about: 'A component uses a `.server` module.', root: route({ before: `import { key } from '../lib/{{id}}.server';\n`, body: button('key'), more: { 'src/lib/{{id}}.server.ts': `export const key = '{{key}}';\n` } }) },
];
