import type { Probe } from '../harness/probe.ts';

type Files = Readonly<Record<string, string>>;

const ask = (expression: string): string => `fetch('https://api.hilt.so/v1/payments', { headers: { 'X-Hilt-Key': ${expression} } })`;

const page = (frontmatter: string, body: string, more: Files = {}): Files => ({
  'src/pages/{{id}}.astro': `---\n${frontmatter}---\n<html lang="en">\n  <body>\n${body}  </body>\n</html>\n`,
  ...more,
});

/** A component that asks with the given expression on a click, and ignores its props but for `title`. */
const component = (expression = `''`, imports = ''): string => `${imports}\nexport default function Pay({ title }) {\n  return <button onClick={() => ${ask(expression)}}>{title}</button>;\n}\n`;

/** A page with one island of the given attributes. */
const island = (attributes: string, text = component(), more: Files = {}, frontmatter = ''): Files =>
  page(`import Pay from '../components/{{id}}.jsx';\n${frontmatter}`, `    <Pay ${attributes} />\n`, { 'src/components/{{id}}.jsx': text, ...more });

/** What Astro ships: scripts, islands with their props, and what the template renders. */
export const astroShapes: readonly Probe[] = [
  { id: 'front-literal', about: 'A key that the frontmatter only sends.', root: page(`await ${ask(`'{{key}}'`)}.catch(() => undefined);\n`, '    <p>shop</p>\n') },
  { id: 'front-lib', about: 'A module that only the frontmatter imports.', root: page(`import { charge } from '../lib/{{id}}.js';\nawait charge().catch(() => undefined);\n`, '    <p>shop</p>\n', { 'src/lib/{{id}}.js': `globalThis.hilt = '{{key:effect}}';\nexport const charge = () => ${ask(`'{{key:body}}'`)};\n` }) },
  { id: 'front-rendered', about: 'A constant of the frontmatter as text.', root: page(`const key = '{{key}}';\n`, '    <p>{key}</p>\n') },
  { id: 'front-attribute', about: 'A constant of the frontmatter as an attribute.', root: page(`const key = '{{key}}';\n`, '    <p data-key={key}>shop</p>\n') },
  { id: 'front-derived', about: 'Only whether there is a key.', root: page(`const key = '{{key}}';\n`, `    <p>{key.startsWith('hk_live_') ? 'live' : 'sandbox'}</p>\n`) },
  { id: 'front-private', about: 'A private variable that the frontmatter only sends.', root: page(`await ${ask('import.meta.env.{{var}}')}.catch(() => undefined);\n`, '    <p>shop</p>\n') },
  { id: 'front-private-rendered', about: 'A private variable that the template renders.', root: page('', '    <p>{import.meta.env.{{var}}}</p>\n') },
  { id: 'front-public', about: 'A public variable that only the frontmatter sends.', root: page(`await ${ask('import.meta.env.{{public}}')}.catch(() => undefined);\n`, '    <p>shop</p>\n') },
  { id: 'markup-literal', about: 'A literal in the template.', root: page('', '    <p data-key="{{key}}">shop</p>\n') },
  { id: 'markup-comment', about: 'Comments: one of HTML, one of the template.', root: page('', '    <!-- {{key:html}} -->\n    {/* {{key:template}} */}\n') },
  { id: 'markup-component', about: 'A prop of an Astro component that renders it, and one that it ignores.', root: page(`import Card from '../components/{{id}}.astro';\n`, `    <Card title="{{key:shown}}" secret="{{key:ignored}}" />\n`, { 'src/components/{{id}}.astro': `---\nconst { title } = Astro.props;\n---\n<p>{title}</p>\n` }) },
  { id: 'markup-set-html', about: 'Raw HTML from the frontmatter.', root: page(`const state = { key: '{{key}}' };\n`, '    <script is:inline set:html={`window.ENV = ${JSON.stringify(state)}`}></script>\n') },
  { id: 'script-literal', about: 'A literal in a script.', bare: ['key'], root: page('', `    <script>\n      ${ask(`'{{key}}'`)};\n    </script>\n`) },
  { id: 'script-imported', about: 'A constant of a module, and its unused sibling.', bare: ['used'], root: page('', `    <script>\n      import { used } from '../lib/{{id}}.js';\n      ${ask('used')};\n    </script>\n`, { 'src/lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }) },
  { id: 'script-inline', about: 'A literal in an inline script.', bare: ['key'], root: page('', `    <script is:inline>\n      window.hilt = '{{key}}';\n    </script>\n`) },
  { id: 'script-define-vars', about: 'A variable handed to a script.', root: page(`const key = '{{key}}';\n`, `    <script define:vars={{ key }}>\n      window.hilt = key;\n    </script>\n`) },
  { id: 'script-public', about: 'A public variable in a script.', root: page('', `    <script>\n      ${ask('import.meta.env.{{public}}')};\n    </script>\n`) },
  { id: 'script-private', about: 'A private variable in a script.', root: page('', `    <script>\n      ${ask('import.meta.env.{{var}}')};\n    </script>\n`) },
  { id: 'script-foreign', about: 'The prefix of Vite in a script.', root: page('', `    <script>\n      ${ask('import.meta.env.{{var:key:VITE_}}')};\n    </script>\n`) },
  { id: 'script-window', about: '`typeof window` in a script.', bare: ['key'], root: page('', `    <script>\n      if (typeof window === 'undefined') console.log('{{key}}');\n      document.title = 'x';\n    </script>\n`) },
  { id: 'script-ssr', about: '`import.meta.env.SSR` in a script.', root: page('', `    <script>\n      if (import.meta.env.SSR) console.log('{{key}}');\n      document.title = 'y';\n    </script>\n`) },
  { id: 'island-literal', about: 'A literal in an island.', bare: ['key'], root: island('client:load title="x"', component(`'{{key}}'`)) },
  { id: 'island-visible', about: 'A literal in an island that loads late.', bare: ['key'], root: island('client:visible title="x"', component(`'{{key}}'`)) },
  { id: 'island-only', about: 'A literal in an island that only the client renders.', bare: ['key'], root: island('client:only="preact" title="x"', component(`'{{key}}'`)) },
  { id: 'island-imported', about: 'A constant of a module that an island imports, and its unused sibling.', bare: ['used'], root: island('client:load title="x"', component('used', `import { used } from '../lib/{{id}}.js';\n`), { 'src/lib/{{id}}.js': `export const used = '{{key:used}}';\nexport const unused = '{{key:unused}}';\n` }) },
  { id: 'island-none', about: 'A literal in a component that is only rendered.', root: island('title="x"', component(`'{{key}}'`)) },
  { id: 'island-public', about: 'A public variable in an island.', root: island('client:load title="x"', component('import.meta.env.{{public}}')) },
  { id: 'island-process', about: '`process.env.X` in an island.', root: island('client:load title="x"', component('globalThis.process?.env.{{var}}')) },
  { id: 'prop-used', about: 'A prop of an island.', root: island('client:load title="{{key}}"') },
  { id: 'prop-unused', about: 'A prop that the island ignores.', root: island('client:load title="x" secret="{{key}}"') },
  { id: 'prop-variable', about: 'A prop from the frontmatter.', root: island('client:load title="x" secret={key}', component(), {}, `const key = '{{key}}';\n`) },
  { id: 'prop-object', about: 'A prop that is an object with a key in it.', root: island('client:load title="x" config={config}', component(), {}, `const config = { mode: 'live', secret: '{{key}}' };\n`) },
  { id: 'prop-spread', about: 'Props spread.', root: island('client:load {...props}', component(), {}, `const props = { title: 'x', secret: '{{key}}' };\n`) },
  { id: 'prop-private', about: 'A private variable as a prop.', root: island('client:load title="x" secret={import.meta.env.{{var}}}') },
  { id: 'prop-member', about: 'One member of an object that holds a key.', root: island('client:load title={config.mode}', component(), {}, `const config = { mode: 'live', secret: '{{key}}' };\n`) },
  { id: 'prop-no-client', about: 'A prop of a component that is only rendered and ignores it.', root: island('title="x" secret="{{key}}"') },
  { id: 'endpoint', about: 'An endpoint.', root: { 'src/pages/{{id}}.txt.js': `export async function GET() {\n  await ${ask(`'{{key}}'`)}.catch(() => undefined);\n  return new Response('ok');\n}\n` } },
  { id: 'middleware', about: 'The middleware.', root: { 'src/middleware.js': `export async function onRequest(context, next) {\n  globalThis.hilt = '{{key}}';\n  return next();\n}\n` } },
  { id: 'markdown', about: 'A page in Markdown.', root: { 'src/pages/{{id}}.md': `# Shop\n\nThe key is {{key}}.\n` } },
  { id: 'public-file', about: 'A file of the public folder.', root: { 'public/config.js': `window.HILT = { key: '{{key}}' };\n` } },
];

/** `astro:env`: the schema says which name goes to the client, whatever it is called. */
export const astroEnv: readonly Probe[] = [
  { id: 'schema-client', about: 'A name that the schema gives to the client, read by a script.', root: page('', `    <script>\n      import { {{var}} } from 'astro:env/client';\n      ${ask('{{var}}')};\n    </script>\n`) },
];
