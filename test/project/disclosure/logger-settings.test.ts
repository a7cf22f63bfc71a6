import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const found = (text: string, others: Readonly<Record<string, string>> = {}): string[] => foundIn('no-key-disclosure', { 'src/app.ts': text, ...others });
const key = 'const apiKey = process.env.HILT_API_KEY;\n';
const confidences = (text: string): (string | undefined)[] => findingsOf('no-key-disclosure', { 'src/app.ts': text }).map(({ confidence }) => confidence);

describe('redact of pino', () => {
  const redacting = (paths: string): string => `import pino from "pino";\n${key}const log = pino({ redact: ${paths} });\n`;
  it('takes a path out of what is logged', () => expect(found(`${redacting('["apiKey", "config.apiKey"]')}log.info({ apiKey });\nlog.info({ config: { apiKey } }, "ready");`)).toEqual([]));
  it('leaves what stands at another path', () => expect(found(`${redacting('["password", "config.apiKey"]')}log.info({ apiKey });\nlog.info({ config: { nested: { apiKey } } });`)).toEqual(['4: { apiKey }', '5: { config: { nested: { apiKey } } }']));
  it('does not take it out of a text', () => expect(found(`${redacting('["apiKey"]')}log.info(\`key \${apiKey}\`);`)).toEqual(['4: `key ${apiKey}`']));
  it('knows wildcards of one level', () => expect(found(`${redacting('["*.apiKey", "list[*].key"]')}log.info({ config: { apiKey }, list: [{ key: apiKey }] });\nlog.info({ apiKey });`)).toEqual(['5: { apiKey }']));
  it('knows names in brackets', () => expect(found(`${redacting('["headers[\\"X-Hilt-Key\\"]"]')}log.info({ headers: { "X-Hilt-Key": apiKey } });`)).toEqual([]));
  it('minds the case of names', () => expect(found(`${redacting('["apikey"]')}log.info({ apiKey });`)).toEqual(['4: { apiKey }']));
  it('is read as an object, and from another module', () => {
    expect(found(`import { log } from "./log";\nlog.child({ apiKey: process.env.HILT_API_KEY }).info("ready");`, { 'src/log.ts': 'import pino from "pino";\nimport { secrets } from "./secrets";\nexport const log = pino({ redact: { paths: [...secrets], remove: true } });', 'src/secrets.ts': 'export const secrets = ["apiKey"];' })).toEqual([]);
  });
  it('takes the key of a client and of the environment out', () => {
    expect(found(`import { HiltClient } from "@hiltpay/sdk";\n${redacting('["hilt.apiKey", "env.HILT_API_KEY"]')}log.info({ hilt: new HiltClient({ apiKey }), env: process.env });`)).toEqual([]);
    expect(found(`import { HiltClient } from "@hiltpay/sdk";\n${redacting('["hilt.token"]')}log.info({ hilt: new HiltClient({ apiKey }) });`)).toHaveLength(1);
  });
  it('may be anything where it is not written out', () => expect(confidences(`${redacting('JSON.parse(process.env.REDACTED)')}log.info({ apiKey });`)).toEqual(['possible']));
  it('counts for what Fastify logs', () => {
    const app = (paths: string): string => `import Fastify from "fastify";\n${key}const app = Fastify({ logger: { redact: ${paths} } });\napp.log.info({ apiKey });\napp.get("/", async (request) => { request.log.info({ apiKey }); return { ok: true }; });`;
    expect(found(app('["apiKey"]'))).toEqual([]);
    expect(found(app('["token"]'))).toHaveLength(2);
  });
});

describe('serialisers', () => {
  it('of pino print what they give', () => {
    const log = (serialiser: string): string => `import pino from "pino";\n${key}pino({ serializers: { config: ${serialiser} } }).info({ config: { name: "bot", apiKey } });`;
    expect(found(log('(config) => ({ name: config.name })'))).toEqual([]);
    expect(found(log('(config) => ({ key: config.apiKey })'))).toHaveLength(1);
  });
  it('of bunyan print what they give', () => expect(found(`import bunyan from "bunyan";\n${key}const log = bunyan.createLogger({ name: "bot", serializers: { apiKey: () => "***" } });\nlog.info({ apiKey }, "ready");\nlog.info({ key: apiKey }, "ready");`)).toEqual(['5: { key: apiKey }']));
});

describe('names that are masked', () => {
  it('by tslog', () => expect(found(`import { Logger } from "tslog";\n${key}const log = new Logger({ maskValuesOfKeys: ["apiKey"] });\nlog.info({ hilt: { apiKey } });\nlog.info({ key: apiKey });`)).toEqual(['5: { key: apiKey }']));
});

describe('formats of winston', () => {
  const logging = (format: string, more = ''): string => `import { createLogger, format, transports } from "winston";\n${key}${more}const logger = createLogger({ format: ${format}, transports: [new transports.Console()] });\n`;
  const scrub = (body: string): string => `const scrub = format(${body});\n`;
  it('print all that they are given', () => expect(found(`${logging('format.combine(format.timestamp(), format.json())')}logger.info("ready", { apiKey });`)).toEqual(['4: { apiKey }']));
  it('print what a format of the program leaves', () => {
    expect(found(`${logging('format.combine(scrub(), format.json())', scrub('(info) => { if (info.apiKey) info.apiKey = "***"; return info; }'))}logger.info("ready", { apiKey });`)).toEqual([]);
    expect(found(`${logging('format.combine(scrub(), format.json())', scrub('(info) => { delete info.apiKey; return info; }'))}logger.info("ready", { apiKey });\nlogger.info("ready", { key: apiKey });`)).toEqual(['6: { key: apiKey }']);
  });
  it('print what `printf` writes', () => {
    const line = format('`${info.level} ${info.message}`');
    expect(found(`${logging(line)}logger.info("ready", { apiKey });`)).toEqual([]);
    expect(found(`${logging(line)}logger.info(\`key \${apiKey}\`);`)).toEqual(['4: `key ${apiKey}`']);
    expect(found(`${logging(format('`${info.message} ${info.apiKey}`'))}logger.info("ready", { apiKey });`)).toEqual(['4: { apiKey }']);
  });
  it('of packages may take anything out', () => expect(confidences(`import { redacted } from "@acme/logging";\n${logging('format.combine(redacted(), format.json())')}logger.info("ready", { apiKey });`)).toEqual(['possible']));
  function format(text: string): string {
    return `format.combine(format.timestamp(), format.printf((info) => ${text}))`;
  }
});

describe('what is deleted before', () => {
  it('is not logged', () => expect(found(`${key}export function show(config) {\n  const copy = { ...config, apiKey, hilt: { apiKey } };\n  delete copy.apiKey;\n  delete copy.hilt["apiKey"];\n  console.log(copy);\n}`)).toEqual([]));
  it('was logged before that', () => expect(found(`${key}const copy = { apiKey };\nconsole.log(copy);\ndelete copy.apiKey;`)).toEqual(['3: copy']));
  it('leaves the rest', () => expect(found(`${key}const copy = { apiKey, key: apiKey };\ndelete copy.apiKey;\nconsole.log(copy);`)).toEqual(['4: copy']));
});

describe('a command of a workflow', () => {
  it('that hides the key shows none', () => expect(found(`${key}console.log(\`::add-mask::\${apiKey}\`);\nprocess.stdout.write("::add-mask::" + apiKey + "\\n");`)).toEqual([]));
  it('that is another one shows it', () => expect(found(`${key}console.log(\`::notice::\${apiKey}\`);`)).toHaveLength(1));
});
