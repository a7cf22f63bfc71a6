import { describe, expect, it } from 'vitest';
import { dependencies, handOversOf, key } from '../../support/hand-overs.ts';

describe('templates', () => {
  const view = (code: string, template: string) => handOversOf({ 'package.json': dependencies('express'), 'server.js': code, 'views/pay.ejs': template });
  it('show what they are given', () => expect(view('app.get("/", (request, response) => response.render("pay", { title: "x", key: process.env.HILT_API_KEY }))', '<script>window.key = "<%= key %>"</script>')).toEqual(['server.js: process.env.HILT_API_KEY: what a template is given']));
  it('show what the application gives all of them', () => expect(view('app.locals.hilt = { key: process.env.HILT_API_KEY }', '<%- JSON.stringify(hilt) %>')).toEqual(['server.js: process.env.HILT_API_KEY: what a template is given']));
  it('may show it where they are not in the repository', () => expect(view('export const pay = (reply) => reply.viewAsync("other", { key: process.env.HILT_API_KEY })', '')).toEqual(['server.js: process.env.HILT_API_KEY: what a template is given?']));
  it('are an answer where they are not in the repository', () => expect(view('export const pay = (response) => response.render("other", { key: process.env.HILT_API_KEY })', '')).toEqual([]));
  it('take it from the environment themselves', () => expect(view('', `<%= process.env.HILT_API_KEY %><p>${key}</p>`)).toEqual(['views/pay.ejs: process.env.HILT_API_KEY: a page that the server fills in', 'views/pay.ejs: KEY: a page that the server fills in']));
  it('of Rails and Blade do, too', () => expect(handOversOf({ 'app/a.html.erb': '<meta content="<%= ENV["HILT_API_KEY"] %>">', 'resources/a.blade.php': '<meta content="{{ config(\'services.hilt.key\') }}">' })).toEqual(['app/a.html.erb: ENV["HILT_API_KEY"]: a page that the server fills in', "resources/a.blade.php: config('services.hilt.key'): a page that the server fills in"]));
  it('of WordPress get it by wp_localize_script', () => expect(handOversOf({ 'plugin.php': `<?php\n$key = get_option('hilt_api_key');\nwp_localize_script('pay', 'pay', array('key' => $key, 'other' => getenv('HILT_API_KEY'), 'has' => !empty(getenv('HILT_API_KEY'))));` })).toEqual(["plugin.php: getenv('HILT_API_KEY'): a page that the server fills in", 'plugin.php: $key: a page that the server fills in']));

  it('of Flask, Django and FastAPI show what they are given', () => expect(handOversOf({
    'shop/a.py': "def a():\n    return render_template('pay.html', key=os.environ['HILT_API_KEY'])",
    'shop/b.py': "def b(request):\n    return render(request, 'pay.html', {'key': os.environ['HILT_API_KEY']})",
    'shop/c.py': "def c(request):\n    return templates.TemplateResponse(request=request, name='pay.html', context={'key': os.environ['HILT_API_KEY']})",
    'shop/d.py': "def d():\n    return render_template('quiet.html', key=os.environ['HILT_API_KEY'])",
    'templates/pay.html': '<script>const key = "{{ key }}";</script>',
    'templates/quiet.html': '<p>paid</p>',
  })).toEqual(["shop/a.py: os.environ['HILT_API_KEY']: what a template is given", "shop/b.py: os.environ['HILT_API_KEY']: what a template is given", "shop/c.py: {'key': os.environ['HILT_API_KEY']}: what a template is given"]));
  it('show what those that they take in show, and no others', () => {
    const files = { 'package.json': dependencies('express'), 'views/pay.ejs': "<%- include('parts/head') %>", 'views/parts/head.ejs': '<script>window.key = "<%= key %>"</script>', 'views/quiet.ejs': '<p>paid</p>' };
    expect(handOversOf({ ...files, 'server.js': 'app.get("/", (request, response) => response.render("pay", { key: process.env.HILT_API_KEY }))' })).toEqual(['server.js: process.env.HILT_API_KEY: what a template is given']);
    expect(handOversOf({ ...files, 'server.js': 'app.get("/", (request, response) => response.render("quiet", { key: process.env.HILT_API_KEY }))' })).toEqual([]);
  });
  it('of PHP show constants and variables', () => expect(handOversOf({ 'page.php': `<?php $key = getenv('HILT_API_KEY'); ?>\n<script>window.key = "<?= $key ?>";</script>`, 'plugin.php': `<?php\ndefine('HILT_API_KEY', 'x');\nwp_localize_script('pay', 'Pay', ['key' => HILT_API_KEY, 'name' => 'HILT_API_KEY']);` })).toEqual(['page.php: $key: a page that the server fills in', 'plugin.php: HILT_API_KEY: a page that the server fills in']));
  it('written as text show what is put into them', () => {
    expect(handOversOf({ 'server.js': 'app.get("/", (request, response) => response.send(`<script>window.__ENV__ = ${JSON.stringify({ key: process.env.HILT_API_KEY })}</script>`))' })).toEqual(['server.js: process.env.HILT_API_KEY: a page that the server writes']);
    expect(handOversOf({ 'server.js': 'app.get("/", (request, response) => response.send(`<script>window.live = ${Boolean(process.env.HILT_API_KEY)}</script>`))' })).toEqual([]);
  });
  it('are not what SvelteKit and Astro keep in locals', () => {
    expect(handOversOf({ 'package.json': dependencies('@sveltejs/kit'), 'src/hooks.server.js': 'export const handle = ({ event, resolve }) => { event.locals.key = process.env.HILT_API_KEY; return resolve(event) }' })).toEqual([]);
    expect(handOversOf({ 'package.json': dependencies('express'), 'server.js': 'app.use((request, response, next) => { response.locals.key = process.env.HILT_API_KEY; next() })', 'views/pay.ejs': '<%= key %>' })).toEqual(['server.js: process.env.HILT_API_KEY: what a template is given']);
  });

  it('that do not show it keep it', () => expect(view('app.get("/", (request, response) => response.render("pay", { key: process.env.HILT_API_KEY }))', '<% if (key) { %>live<% } %><%= key ? "live" : "none" %>')).toEqual([]));
  it('are not asked of other calls of that name', () => expect(view('root.render(<App hilt={process.env.HILT_API_KEY} />)\nlist.view(1, { key: process.env.HILT_API_KEY })', '<%= key %>')).toEqual([]));
  it('keep their code and comments', () => expect(view('', `<% const key = process.env.HILT_API_KEY %><%# ${key} %>`)).toEqual([]));
  it('of PHP keep what is only sent', () => expect(handOversOf({ 'pay.php': `<?php\n$key = getenv('HILT_API_KEY');\ncurl_setopt($c, CURLOPT_HTTPHEADER, ["X-Hilt-Key: " . $key]);\n// ${key}\n?><p>paid</p>` })).toEqual([]));
});

describe('what a template shows', () => {
  /** Whether `views/pay.<ending>` shows what the server gives it: `certain`, `possible` or nothing. */
  const shown = (ending: string, template: string, given = '{ key: process.env.HILT_API_KEY }') => {
    const found = handOversOf({ 'package.json': dependencies('express'), 'server.js': `app.get("/", (request, response) => response.render("pay", ${given}))`, [`views/pay.${ending}`]: template });
    return found.length === 0 ? undefined : found.some((each) => each.endsWith('?')) ? 'possible' : 'certain';
  };
  const nested = '{ config: { hilt: { apiKey: process.env.HILT_API_KEY, mode: "live" }, title: "x" } }';

  it.each([
    ['code behind a tag', 'script= key'],
    ['code that is not escaped', 'p!= key'],
    ['an attribute', 'div(data-key=key)'],
    ['an attribute on a line of its own', 'input(\n  type="hidden"\n  value=key\n)'],
    ['an interpolation', 'p Your key is #{key}.'],
    ['an interpolation in a script', 'script.\n  window.key = "!{key}"'],
    ['attributes of an object', 'div&attributes({ "data-key": key })'],
    ['a block expansion', 'ul\n  li: a(href=key)'],
    ['a variable of the template', '- const shown = key\np= shown'],
    ['a mixin', 'mixin card(title, value)\n  p= value\n+card("x", key)'],
    ['a text of JavaScript', 'meta(content=`key ${key}`)'],
  ])('of Pug: %s', (_what, template) => expect(shown('pug', template)).toBe('certain'));
  it.each([
    ['a comment', '//- #{key}\n//-\n  p= key\np paid'],
    ['a condition', 'if key\n  p live\nelse\n  p none'],
    ['text that has the word', 'a(href="/key" title="key") key'],
    ['a choice', 'a(class=key ? "live" : "none")'],
    ['whether there is one', 'p= Boolean(key)'],
    ['its end', 'p= key.slice(-4)'],
    ['another name', 'p= keyName\np= other.key'],
  ])('of Pug not: %s', (_what, template) => expect(shown('pug', template)).toBeUndefined());

  it('of Eta by the name of all that it is given', () => expect([shown('eta', '<b><%= it.key %></b>'), shown('eta', '<%~ JSON.stringify(it) %>'), shown('eta', '<% if (it.key) { %>live<% } %>')]).toEqual(['certain', 'certain', undefined]));
  it('of EJS through an object, but no other property of it', () => expect([shown('ejs', '<%- JSON.stringify(config) %>', nested), shown('ejs', '<%= config.hilt["apiKey"] %>', nested), shown('ejs', '<%= locals.config.hilt.apiKey %>', nested), shown('ejs', '<%= config.title %><%= config.hilt.mode %>', nested)]).toEqual(['certain', 'certain', 'certain', undefined]));
  it('of EJS in code that takes it along', () => expect([shown('ejs', '<% const { hilt } = config; const k = config.hilt %><%= k.apiKey %>', nested), shown('ejs', '<% const client = new Hilt(key) %><%= client.name %>')]).toEqual(['certain', undefined]));
  it('of EJS: what a function makes of it is not certain, a mask hides it', () => expect([shown('ejs', '<%= t("pay", key) %>'), shown('ejs', '<%= mask(key) %>'), shown('ejs', '<%= new Hilt(key).plan %>')]).toEqual(['possible', undefined, undefined]));
  it('of Handlebars in partials, by any name', () => expect([
    handOversOf({ 'package.json': dependencies('express'), 'server.js': `app.get("/", (request, response) => response.render("pay", ${nested}))`, 'views/pay.hbs': '{{> box cfg=config.hilt}}', 'views/partials/box.hbs': '<i data-key="{{cfg.apiKey}}"></i>' }),
    handOversOf({ 'package.json': dependencies('express'), 'server.js': `app.get("/", (request, response) => response.render("pay", ${nested}))`, 'views/pay.hbs': '{{> box cfg=config.hilt}}', 'views/partials/box.hbs': '<i data-mode="{{cfg.mode}}"></i>' }),
  ]).toEqual([['server.js: { hilt: { apiKey: process.env.HILT_API_KEY, mode: "live" }, title: "x" }: what a template is given'], []]));
  it('of Handlebars', () => expect([shown('hbs', '{{#with config.hilt}}{{apiKey}}{{/with}}', nested), shown('hbs', '{{json this}}', nested), shown('hbs', '{{#if key}}live{{/if}}{{!-- {{key}} --}}'), shown('hbs', '{{mask key}}')]).toEqual(['certain', 'certain', undefined, undefined]));
  it('of Nunjucks, Twig and Jinja', () => expect([shown('njk', '{% set k = key %}<b>{{ k | safe }}</b>'), shown('twig', '{{ key|e("js") }}'), shown('njk', '{# {{ key }} #}{{ key | length }}{{ "live" if key else "none" }}'), shown('twig', '{{ key is defined ? "live" : "none" }}')]).toEqual(['certain', 'certain', undefined, undefined]));
  it('of a whole environment only the keys', () => expect([shown('ejs', '<%= env.HILT_API_KEY %>', '{ env: process.env, name: "HILT_API_KEY" }'), shown('ejs', '<%- JSON.stringify(env) %>', '{ env: process.env, name: "HILT_API_KEY" }'), shown('ejs', '<%= env.NODE_ENV %>', '{ env: process.env, name: "HILT_API_KEY" }')]).toEqual(['certain', 'certain', undefined]));

  it('that is compiled from a file or a text', () => expect(handOversOf({
    'mail.js': 'const mail = Handlebars.compile(fs.readFileSync(path.join(__dirname, "views/mail.hbs"), "utf8"))\nmail({ key: process.env.HILT_API_KEY })',
    'text.js': 'Mustache.render("<b>{{key}}</b>", { key: process.env.HILT_API_KEY })',
    'other.js': 'Mustache.render("<b>{{title}}</b>", { key: process.env.HILT_API_KEY })',
    'schema.js': 'const validate = ajv.compile(schema)\nvalidate({ key: process.env.HILT_API_KEY })',
    'views/mail.hbs': '<p>{{{key}}}</p>',
  })).toEqual(['mail.js: process.env.HILT_API_KEY: what a template is given', 'text.js: process.env.HILT_API_KEY: what a template is given']));
  it('that every template is given', () => expect(handOversOf({
    'a.js': 'nunjucks.configure("views", { express: app }).addGlobal("hiltKey", process.env.HILT_API_KEY)',
    'b.js': 'app.use(async (ctx, next) => { ctx.state.other = process.env.HILT_API_KEY; await next() })',
    'c.js': 'Object.assign(app.locals, { hiltKey: process.env.HILT_API_KEY })',
    'd.py': "@app.context_processor\ndef shared():\n    return {'hiltKey': os.environ['HILT_API_KEY']}\n",
    'e.py': "environment.globals['hiltKey'] = os.environ['HILT_API_KEY']\n",
    'f.py': "def shared():\n    return {'hiltKey': os.environ['HILT_API_KEY']}\n",
    'views/layout.njk': '<meta content="{{ hiltKey }}">',
  })).toEqual(['a.js: process.env.HILT_API_KEY: what a template is given', 'c.js: process.env.HILT_API_KEY: what a template is given', "d.py: os.environ['HILT_API_KEY']: what a template is given", "e.py: os.environ['HILT_API_KEY']: what a template is given"]));
});

describe('templates of other languages', () => {
  const rails = (view: string, template: string) => handOversOf({ 'app/controllers/pay.rb': 'class Pay\n  def show\n    @key = ENV["HILT_API_KEY"]\n    @live = ENV["HILT_API_KEY"].present?\n  end\nend', [view]: template });
  it('of Rails show what a controller sets', () => expect([rails('app/views/pay.html.erb', '<i data-key="<%= @key %>"></i>'), rails('app/views/pay.html.haml', '%i{data: {key: @key}}'), rails('app/views/pay.html.slim', 'i data-key=@key')]).toEqual(Array.from({ length: 3 }, () => ['app/controllers/pay.rb: ENV["HILT_API_KEY"]: what a template is given'])));
  it('of Rails keep what they only ask for', () => expect([rails('app/views/pay.html.erb', '<% if @key %>live<% end %><%= @live %>'), rails('app/views/pay.html.haml', '- if @key\n  %p live\n-# #{@key}')]).toEqual([[], []]));
  it('of Rails take it themselves', () => expect(handOversOf({
    'app/views/a.html.erb': '<%= raw Rails.application.credentials.dig(:hilt, :api_key).to_json %><%= ENV["HILT_API_KEY"].present? ? "live" : "none" %>',
    'app/views/b.html.haml': ':javascript\n  window.key = "#{ENV["HILT_API_KEY"]}"\n= ENV["HILT_API_KEY"]\n- Hilt.new(ENV["HILT_API_KEY"])',
  })).toEqual(['app/views/a.html.erb: credentials.dig(:hilt, :api_key): a page that the server fills in', 'app/views/b.html.haml: ENV["HILT_API_KEY"]: a page that the server fills in', 'app/views/b.html.haml: ENV["HILT_API_KEY"]: a page that the server fills in']));
  it('of Flask know its configuration', () => expect(handOversOf({ 'templates/pay.html': '<i data-key="{{ config.HILT_API_KEY }}">{{ config["HILT_API_KEY"] is defined }}</i>' })).toEqual(['templates/pay.html: config.HILT_API_KEY: a page that the server fills in']));
  it('of Laravel and Symfony show what they are given', () => expect(handOversOf({
    'app/Pay.php': "<?php\nreturn view('shop.pay', ['key' => config('services.hilt.key')]);",
    'app/Quiet.php': "<?php\nreturn view('shop.quiet', ['key' => config('services.hilt.key')]);",
    'app/Props.php': "<?php\nreturn Inertia::render('Pay', ['key' => config('services.hilt.key')]);",
    'src/Pay.php': "<?php\nreturn $this->render('pay.html.twig', ['key' => $_ENV['HILT_API_KEY']]);",
    'config/packages/twig.yaml': "twig:\n  globals:\n    hilt_key: '%env(HILT_API_KEY)%'\n    other_key: '%env(HILT_API_KEY)%'\n",
    'resources/views/shop/pay.blade.php': '@json($key)',
    'resources/views/shop/quiet.blade.php': '{{ $title }}',
    'templates/pay.html.twig': '{{ key }}{{ hilt_key }}',
  })).toEqual(["app/Pay.php: config('services.hilt.key'): what a template is given", "app/Props.php: config('services.hilt.key'): what a template is given", 'config/packages/twig.yaml: %env(HILT_API_KEY)%: what a template is given', "src/Pay.php: $_ENV['HILT_API_KEY']: what a template is given"]));
  it('survives templates without end', () => expect(['#{'.repeat(5_000), 'a('.repeat(5_000), '{{ key | '.repeat(5_000), '<%= f('.repeat(5_000), '{# '.repeat(5_000)].flatMap((template) => ['pug', 'haml', 'slim', 'njk', 'ejs'].flatMap((ending) => handOversOf({ [`views/a.${ending}`]: `HILT_API_KEY ${template}` })))).toEqual([]));
});

describe('pages that a program writes', () => {
  const server = (code: string) => handOversOf({ 'server.js': code });
  it('by a function, or from a file that it fills in', () => expect([
    server('const page = ({ key }) => `<html><body data-key="${key}"></body></html>`\napp.get("/", (request, response) => response.send(page({ key: process.env.HILT_API_KEY })))'),
    server('const page = fs.readFileSync("index.html", "utf8")\napp.get("/", (request, response) => response.send(page.replace("__KEY__", process.env.HILT_API_KEY)))'),
  ]).toEqual([['server.js: process.env.HILT_API_KEY: a page that the server writes'], ['server.js: process.env.HILT_API_KEY: a page that the server writes']]));
  it('and that show no key', () => expect([
    server('const page = ({ key }) => `<html><body data-live="${key ? 1 : 0}"></body></html>`\napp.get("/", (request, response) => response.send(page({ key: process.env.HILT_API_KEY })))'),
    server('const page = fs.readFileSync("index.html", "utf8")\napp.get("/", (request, response) => response.send(page.replace("__LIVE__", Boolean(process.env.HILT_API_KEY))))'),
  ]).toEqual([[], []]));
});

describe('pages that a handler returns', () => {
  const fastify = (code: string) => handOversOf({ 'server.js': `import Fastify from 'fastify';\nconst app = Fastify();\n${code}` });
  const flask = (code: string) => handOversOf({ 'app.py': `import os\nfrom flask import Flask\napp = Flask(__name__)\n@app.get("/")\ndef index():\n    ${code}\n` });
  it('hand over what Koa answers, unless it is data', () => expect([
    handOversOf({ 'server.js': "import Koa from 'koa';\nnew Koa().use(async (ctx) => { ctx.body = `<script>window.state = ${JSON.stringify({ key: process.env.HILT_API_KEY })}</script>`; });" }),
    handOversOf({ 'server.js': "import Koa from 'koa';\nnew Koa().use(async (ctx) => { ctx.body = { key: process.env.HILT_API_KEY }; });" }),
  ]).toEqual([['server.js: process.env.HILT_API_KEY: a page that the server writes'], []]));
  it('hand over what stands in them', () => expect([
    fastify('app.get("/", async () => `<html>${process.env.HILT_API_KEY}</html>`);'),
    fastify('const page = () => `<html>${process.env.HILT_API_KEY}</html>`;\napp.get("/", async () => page());'),
    flask(`return f"<script>k = '{os.environ['HILT_API_KEY']}'</script>"`),
  ]).toEqual([['server.js: process.env.HILT_API_KEY: a page that the server writes'], ['server.js: process.env.HILT_API_KEY: a page that the server writes'], ["app.py: os.environ['HILT_API_KEY']: a page that the server writes"]]));
  it('are none where no handler returns them, or where they are no pages', () => expect([
    fastify('const page = () => `<html>${process.env.HILT_API_KEY}</html>`;'),
    fastify('app.get("/", async () => `key ${process.env.HILT_API_KEY}`);'),
    fastify('app.get("/", async () => `<html>${process.env.HILT_API_KEY ? "live" : "none"}</html>`);'),
    flask(`return f"key {os.environ['HILT_API_KEY']}"`),
  ]).toEqual([[], [], [], []]));
});

describe('elements that a server renders', () => {
  const hono = (route: string) => handOversOf({ 'package.json': dependencies('hono'), 'src/index.tsx': `import { Hono } from 'hono'\nimport { html } from 'hono/html'\nimport { Page, Quiet } from './page'\nconst app = new Hono()\napp.get('/', (c) => ${route})`, 'src/page.tsx': 'export function Page({ token }) { return <b data-token={token}>x</b> }\nexport async function Quiet({ token }) { await fetch("https://api.hilt.so", { headers: { "X-Hilt-Key": token } }); return <b>paid</b> }' });
  it('as an answer of Hono', () => expect([hono('c.html(<p data-key={c.env.HILT_API_KEY}>x</p>)'), hono('c.render(<p>{process.env.HILT_API_KEY}</p>)')]).toEqual([['src/index.tsx: {c.env.HILT_API_KEY}: what a server component renders'], ['src/index.tsx: {process.env.HILT_API_KEY}: what a server component renders']]));
  it('by a component', () => expect(hono('c.html(<Page token={process.env.HILT_API_KEY} />)')).toEqual(['src/page.tsx: {token}: what a server component renders']));
  it('in a module that takes the key from another one', () => expect(handOversOf({
    'package.json': dependencies('hono'), 'src/settings.ts': 'export const token = process.env.HILT_API_KEY',
    'src/index.ts': "import { Hono } from 'hono'\nimport { html } from 'hono/html'\nimport { token } from './settings'\nconst app = new Hono()\napp.get('/', (c) => c.html(html`<p>${token}</p>`))",
  })).toEqual(['src/index.ts: html`<p>${token}</p>`: a page that the server writes']));
  it('as a template of Hono', () => expect(hono('c.html(html`<script>window.key = "${process.env.HILT_API_KEY}"</script>`)')).toEqual(['src/index.tsx: process.env.HILT_API_KEY: a page that the server writes']));
  it('as text of React', () => expect(handOversOf({ 'package.json': dependencies('express', 'react'), 'server.jsx': 'import { renderToString } from "react-dom/server"\napp.get("/", (request, response) => response.send(renderToString(<main data-key={process.env.HILT_API_KEY} />)))' })).toEqual(['server.jsx: {process.env.HILT_API_KEY}: what a server component renders']));
  it('and that show no key', () => expect([hono('c.html(<Quiet token={process.env.HILT_API_KEY} />)'), hono('c.html(<p>{process.env.HILT_API_KEY ? "live" : "none"}</p>)'), hono('c.json({ live: true }, await pay(process.env.HILT_API_KEY))')]).toEqual([[], [], []]));
});
