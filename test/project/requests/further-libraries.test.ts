import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const rulesIn = (text: string, file = 'src/a.ts'): string[] => ['no-dashboard-auth', 'no-key-disclosure', 'require-key-header'].filter((rule) => findingsOf(rule, { [file]: text }).length > 0);

describe('a proxy of Fastify', () => {
  const proxy = (upstream: string, headers: string): string => `import proxy from "@fastify/http-proxy";\napp.register(proxy, { upstream: "${upstream}", replyOptions: { rewriteRequestHeaders: (request, headers) => ({ ...headers, ${headers} }) } });`;
  it('sends the key as a bearer', () => expect(rulesIn(proxy('https://api.hilt.so', 'authorization: `Bearer ${process.env.HILT_API_KEY}`'))).toEqual(['require-key-header']));
  it('sends it elsewhere', () => expect(rulesIn(proxy('https://pay.acme.io', '"x-hilt-key": process.env.HILT_API_KEY'))).toEqual(['no-key-disclosure']));
  it('sends it as Hilt wants it', () => expect(rulesIn(proxy('https://api.hilt.so', '"x-hilt-key": process.env.HILT_API_KEY'))).toEqual([]));
});

describe('a link of Apollo', () => {
  const link = (uri: string, headers: string): string => `import { ApolloClient, HttpLink } from "@apollo/client";\n// hilt\nexport const client = new ApolloClient({ link: new HttpLink({ uri: "${uri}", headers: { ${headers} } }) });`;
  it('takes the key elsewhere', () => expect(rulesIn(link('https://graph.acme.io', '"X-Hilt-Key": process.env.HILT_API_KEY'))).toEqual(['no-key-disclosure']));
  it('may take a key of its own', () => expect(rulesIn(link('https://graph.acme.io', 'Authorization: `Bearer ${process.env.ACME_KEY}`'))).toEqual([]));
});

describe('a schema of convict', () => {
  const config = 'import convict from "convict";\nconst config = convict({ hilt: { key: { format: String, default: "", env: "HILT_API_KEY" } }, port: { default: 1, env: "PORT" } });\n';
  it('says which variable a setting is', () => expect(foundIn('no-key-disclosure', { 'src/a.ts': `${config}console.log(config.get("hilt.key"));\nconsole.log(config.get("port"));` })).toEqual(['3: config.get("hilt.key")']));
  it('gives all of them', () => expect(foundIn('no-key-disclosure', { 'src/a.ts': `${config}config.validate();\nconsole.log(config.getProperties());\nconsole.log(config.getProperties().port);` })).toEqual(['4: config.getProperties()']));
  it('gives a key where it belongs', () => expect(rulesIn(`${config}await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": config.get("hilt.key") } });`)).toEqual([]));
  it('gives a key that is sent amiss', () => expect(rulesIn(`${config}await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: \`Bearer \${config.get("hilt.key")}\` } });`)).toEqual(['require-key-header']));
});

describe('options of curl in a heredoc', () => {
  const script = (option: string): string => `curl -K - <<END\nurl = "https://api.hilt.so/v1/products"\n${option}\nEND\n`;
  it('hold a bearer', () => expect(foundIn('require-key-header', { 'a.sh': script('header = "Authorization: Bearer $HILT_API_KEY"') })).toHaveLength(1));
  it('hold a cookie', () => expect(foundIn('no-dashboard-auth', { 'a.sh': script('cookie = "session=$DASHBOARD"') })).toHaveLength(1));
  it('hold the key where it belongs', () => expect(rulesIn(script('header = "X-Hilt-Key: $HILT_API_KEY"'), 'a.sh')).toEqual([]));
});
