import { plainFramework, type Framework } from './framework.ts';

/** Programs that run on a server: nothing of them reaches a client unless another framework of the package ships it. */
const server = { ...plainFramework, side: 'server' } as const;

export const nodeServer: Framework = {
  ...server,
  id: 'node-server',
  title: 'Node.js server',
  // By custom what `express.static` and its like serve.
  carriers: ['public/**', 'static/**'],
  detect: { dependencies: ['express', 'fastify', 'koa', '@hapi/hapi', 'hono', '@nestjs/core', 'h3', 'nitropack', 'elysia', '@trpc/server', 'restify', 'polka', 'micro', '@adonisjs/core', '@feathersjs/feathers', 'moleculer'], configs: /^(?:nest-cli\.json|nitro\.config\.[mc]?[jt]s)$/ },
};

/**
 * Cloudflare Workers are servers in spite of their name; `main` of wrangler's configuration begins one
 * (https://developers.cloudflare.com/workers/wrangler/configuration/). Its `assets` are public.
 */
export const cloudflareWorkers: Framework = {
  ...server,
  id: 'cloudflare-workers',
  title: 'Cloudflare Workers',
  detect: { dependencies: ['wrangler', '@cloudflare/workers-types'], configs: /^wrangler\.(?:toml|jsonc?)$/ },
};

export const deno: Framework = {
  ...server,
  id: 'deno',
  title: 'Deno',
  detect: { dependencies: [], configs: /^deno\.jsonc?$/ },
  bundler: 'esbuild',
  // Fresh, the framework of Deno, bundles these for the browser, and nothing else (https://fresh.deno.dev/docs/concepts/islands).
  entries: [{ files: ['{src/,}islands/**/*.{tsx,jsx,ts,js}', '{src/,}routes/**/(_islands)/**/*.{tsx,jsx,ts,js}'], reason: 'island of Fresh', confidence: 'possible' }],
};

export const lambda: Framework = {
  ...server,
  id: 'lambda',
  title: 'serverless functions',
  detect: { dependencies: ['serverless', '@types/aws-lambda', 'aws-cdk-lib', 'sst', '@google-cloud/functions-framework', 'firebase-functions', '@azure/functions', '@netlify/functions'], configs: /^(?:serverless\.(?:ya?ml|json|[mc]?[jt]s)|samconfig\.toml|sst\.config\.ts)$/ },
};

export const bot: Framework = {
  ...server,
  id: 'bot',
  title: 'bot',
  detect: { dependencies: ['discord.js', 'telegraf', 'grammy', 'node-telegram-bot-api', '@slack/bolt', 'eris', 'botbuilder', 'whatsapp-web.js', 'twitter-api-v2'], configs: undefined },
};
