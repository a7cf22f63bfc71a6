/** Loggers, by package. Whatever is called on them, or on what they make, writes what it is given. */
export const logPackages: ReadonlySet<string> = new Set([
  'pino', 'winston', 'bunyan', 'debug', 'consola', 'loglevel', 'signale', 'log4js', 'tslog', 'roarr', 'npmlog', 'electron-log', 'fancy-log', 'tracer', 'ololog', 'diary',
  '@logtape/logtape', '@nestjs/common', '@actions/core', 'pino-http', 'console', 'node:console', 'logging', 'loguru', 'structlog', 'pprint', 'warnings', 'click', 'typer', 'rich', 'rich.console', 'rich.pretty', 'icecream', 'absl.logging', 'logbook', 'eliot', 'django.contrib.messages', 'streamlit',
]);

/** What a logger that is made writes with every message: winston, pino, roarr; bunyan writes every field that it is given. */
export const logDefaults = /^(?:defaultMeta|base|bindings|defaultFields|fields)$/;
export const fieldLogger = 'bunyan';

/** Methods that write, on a thing that is named like a logger. */
export const logLevels: ReadonlySet<string> = new Set([
  'log', 'info', 'warn', 'warning', 'error', 'debug', 'trace', 'fatal', 'silly', 'verbose', 'http', 'notice', 'critical', 'alert', 'success', 'dir', 'table', 'exception', 'write', 'print', 'box', 'start', 'ready', 'note', 'setFailed', 'pprint', 'pp', 'echo', 'secho', 'ic', 'inspect', 'msg', 'bind', 'contextualize', 'bind_contextvars', 'child',
]);

/** Error trackers and analytics, by package. */
export const trackerPackage =
  /^(?:@sentry\/|posthog(?:-|$)|@posthog\/|@segment\/|analytics-node$|@datadog\/|dd-trace$|hot-shots$|mixpanel|@amplitude\/|amplitude-js$|logrocket|@bugsnag\/|bugsnag|rollbar|@intercom\/|intercom-client$|newrelic$|@honeybadger-io\/|react-ga4?$|@vercel\/analytics|@google-analytics\/|applicationinsights|@microsoft\/applicationinsights|raygun|@airbrake\/|@elastic\/apm|elastic-apm-node$|@rudderstack\/|rudder-sdk|@opentelemetry\/api$|@fullstory\/|@hotjar\/|sentry_sdk|segment|plausible-tracker$|@june-so\/|customerio-node$|@highlight-run\/)/;

/** The same as globals that their scripts make. */
export const trackerGlobals: ReadonlySet<string> = new Set([
  'gtag', 'ga', 'dataLayer', 'Intercom', 'analytics', 'mixpanel', 'amplitude', 'Sentry', 'posthog', 'LogRocket', 'DD_RUM', 'DD_LOGS', 'Rollbar', 'Bugsnag', 'fbq', '_paq', 'heap', 'hj', 'plausible',
  'newrelic', 'rudderanalytics', 'FS', 'clarity', '_hsq', 'Crisp', '$crisp', 'zE', 'Tawk_API', 'drift', 'HubSpotConversations', 'ttq', 'twq', 'lintrk',
]);

/** Ways of Python to start a program or become one, in modules that do other things too. */
export const pythonProcesses: ReadonlyMap<string, RegExp> = new Map<string, RegExp>(Object.entries({
  os: /^(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)$/,
  asyncio: /^(?:subprocess\.)?create_subprocess_(?:exec|shell)$/,
  'asyncio.subprocess': /^create_subprocess_(?:exec|shell)$/,
}));

/** Functions of Node that write what they are given to a log. */
export const logGlobals: ReadonlySet<string> = new Set(['process.stdout.write', 'process.stderr.write', 'process.emitWarning']);
/** The same of PowerShell. */
export const powerShellLogs = /^(?:Write-(?:Host|Output|Verbose|Debug|Warning|Error|Information)|Out-Host|write|echo)$/i;

/** Chats, mail and sockets, by package, and the methods by which they send. */
export const messagePackage =
  /^(?:socket\.io(?:-client)?|ws|discord\.js|eris|oceanic\.js|telegraf|grammy|node-telegram-bot-api|@slack\/(?:bolt|web-api|webhook)|nodemailer|twilio|resend|@sendgrid\/mail|postmark|mailgun\.js|tmi\.js|@twurple\/chat|whatsapp-web\.js|botbuilder)$/;
export const messageMethods =
  /^(?:emit|send|reply|replyWith\w+|sendMessage|sendText|sendMail|sendEmail|sendDocument|editMessageText|editText|editReply|edit|followUp|postMessage|postEphemeral|say|respond|answer|broadcast|create|update)$/;

/** Libraries that colour a text, and show it. */
export const styling: ReadonlySet<string> = new Set(['chalk', 'kleur', 'kleur/colors', 'picocolors', 'ansis', 'colorette', 'yoctocolors', 'ansi-colors', 'cli-color', 'boxen']);

/** Functions that throw with a message, and which argument it is. */
export const assertions: readonly { readonly specifier: RegExp; readonly names: RegExp; readonly message: number }[] = [
  { specifier: /^(?:node:)?assert(?:\/strict)?$/, names: /^(?:strict\.|assert\.)?(?:|ok|assert|strict|ifError)$/, message: 1 },
  { specifier: /^(?:node:)?assert(?:\/strict)?$/, names: /(?:^|\.)(?:equal|strictEqual|deepEqual|deepStrictEqual|notEqual|notStrictEqual|match|doesNotMatch)$/, message: 2 },
  { specifier: /^(?:node:)?assert(?:\/strict)?$/, names: /(?:^|\.)fail$/, message: 0 },
  { specifier: /^(?:tiny-invariant|invariant|ts-invariant)$/, names: /^(?:|invariant)$/, message: 1 },
];

/** Programs that a process starts, by package or global, and the names of theirs that do it. */
export const processPackages: ReadonlySet<string> = new Set(['child_process', 'node:child_process', 'execa', 'cross-spawn', 'zx', 'shelljs', 'spawn-command', 'tinyexec', 'nano-spawn', 'subprocess', 'promisify-child-process', 'bun', 'pexpect', 'invoke', 'fabric', '@modelcontextprotocol/sdk/client/stdio.js', '@ai-sdk/mcp/mcp-stdio', 'ai/mcp-stdio']);
export const processGlobals: ReadonlySet<string> = new Set(['Bun.spawn', 'Bun.spawnSync', 'Bun.$', 'Deno.Command', 'Deno.run', 'os.system', 'os.popen']);

/** Methods of a response that send what they are given. */
export const sendingMethods: ReadonlySet<string> = new Set(['json', 'jsonp', 'send', 'end', 'write', 'render', 'html', 'text', 'body', 'redirect', 'sendStatus', 'view', 'set_cookie', 'response']);
/** Methods of a response that set a header of it; the value follows the name. */
export const headerMethods: ReadonlySet<string> = new Set(['setHeader', 'set', 'header', 'append', 'appendHeader', 'headers', 'cookie', 'setCookie', 'writeHead', 'links', 'location']);
/** How a response is called where a handler takes it. */
export const responseName = /^(?:res|resp|response|reply|rep)$/;

/** Functions that make a response, by package; `Response` is a global of its own. */
export const responseMakers: readonly { readonly specifier: RegExp; readonly names: RegExp }[] = [
  { specifier: /^next\/server$/, names: /^NextResponse(?:\.(?:json|redirect))?$/ },
  { specifier: /^@sveltejs\/kit$/, names: /^(?:json|text|error|redirect)$/ },
  { specifier: /^(?:h3|#imports|nitropack(?:\/.*)?|vinxi\/http)$/, names: /^(?:send|createError|sendError)$/ },
  { specifier: /^next\/navigation$/, names: /^(?:redirect|permanentRedirect)$/ },
  { specifier: /^elysia$/, names: /^(?:error|status)$/ },
  {
    specifier: /^(?:flask|quart|sanic(?:\..*)?|fastapi(?:\..*)?|starlette(?:\..*)?|django\.(?:http|shortcuts|template\.response)|rest_framework\.response|ninja\.responses|bottle|litestar(?:\..*)?|falcon|aiohttp(?:\.web)?|tornado\.web|markupsafe)$/,
    names: /^(?:web\.|responses?\.)?(?:jsonify|make_response|Response|json_response|JSONResponse|ORJSONResponse|UJSONResponse|HTMLResponse|PlainTextResponse|StreamingResponse|RedirectResponse|HttpResponse\w*|JsonResponse|StreamingHttpResponse|TemplateResponse|HTTPResponse|json|text|html|raw|render|render_template(?:_string)?|template|redirect|abort|HTTP(?:BadRequest|Forbidden|Unauthorized|InternalServerError|Ok))$/,
  },
];

/** The same of Remix and React Router. What a route with a page answers is handed to that page, which `no-client-key` judges. */
export const routeAnswers = { specifier: /^(?:@remix-run\/[\w-]+|react-router|@react-router\/[\w-]+)$/, names: /^(?:json|data|redirect|replace|defer)$/ };

/** Decorators of a method whose return value is the response: NestJS, routing-controllers, tsoa, its GraphQL and message handlers. */
export const routeDecorators = /^(?:Get|Post|Put|Patch|Delete|Head|Options|All|Sse|Render|Query|Mutation|ResolveField|Subscription|MessagePattern|SubscribeMessage)$/;
/** tRPC's procedures. */
export const procedurePackage = '@trpc/server';
export const procedureMethods: ReadonlySet<string> = new Set(['query', 'mutation', 'subscription']);

/** Functions that take a handler whose return value is the response. */
export const handlerTakers = /^(?:defineEventHandler|eventHandler|defineCachedEventHandler|cachedEventHandler|defineNitroHandler|lazyEventHandler)$/;
export const handlerPackages: ReadonlySet<string> = new Set(['fastify', 'elysia', 'restify', '@elysiajs/node', 'h3', 'polka', '@hapi/hapi', 'itty-router', 'fastapi', 'flask', 'quart', 'sanic', 'litestar', 'robyn']);
/** Servers of GraphQL, and what makes their schemas. */
export const graphqlPackages: ReadonlySet<string> = new Set(['@apollo/server', 'apollo-server', 'apollo-server-express', 'graphql-yoga', '@graphql-tools/schema', 'graphql-tools']);
export const routeMethods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'route', 'use']);

/** Folders whose files a server hands to anyone. */
export const publicFolder = /(?:^|[\\/])(?:public|static|www|wwwroot|htdocs|public_html|dist|build|out|_site)[\\/]/;
/** Methods of Python's files and paths that write. */
export const fileMethods = /^(?:write|writelines|write_text|write_bytes)$/;
export const fileWriters = /^(?:promises\.)?(?:writeFile|writeFileSync|appendFile|appendFileSync|outputFile|outputFileSync|writeJson|writeJsonSync|outputJson|outputJsonSync|writeJSON)$/;
export const filePackages: ReadonlySet<string> = new Set(['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'fs-extra', 'graceful-fs']);
