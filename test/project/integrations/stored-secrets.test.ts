import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../support/findings.ts';

const shared = (files: Readonly<Record<string, string>>): string[] => findingsOf('no-shared-key', { 'package.json': '{ "name": "shop" }', ...files }).map(({ file, line, report }) => `${file}:${line} ${report.data?.['integrations']}`);
const two = (first: string, second = first): string[] => shared({ 'bots/telegram.ts': first, 'jobs/nightly.ts': second });

const aws = (id: string): string => `import { SecretsManagerClient, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";\nconst answer = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: "${id}" }));\nexport const headers = { "X-Hilt-Key": answer.SecretString };\n`;

describe('an entry of a store of secrets that programs ask for', () => {
  it('is one key, whichever client asks', () => {
    expect(two(aws('prod/hilt'))).toEqual(['jobs/nightly.ts:2 telegram and nightly']);
    expect(two('const { SecretString } = await secrets.getSecretValue({ SecretId: "prod/hilt" }).promise();\nexport const headers = { "X-Hilt-Key": SecretString };\n', aws('prod/hilt'))).toEqual(['jobs/nightly.ts:2 telegram and nightly']);
  });
  it('is another key under another id', () => expect(two(aws('prod/hilt-bot'), aws('prod/hilt-job'))).toEqual([]));
  it('is the same in each of its versions', () => {
    const google = (version: string): string => `const [version] = await client.accessSecretVersion({ name: "projects/shop/secrets/hilt/versions/${version}" });\nexport const headers = { "X-Hilt-Key": version.payload.data.toString() };\n`;
    expect(two(google('latest'), google('3'))).toEqual(['jobs/nightly.ts:1 telegram and nightly']);
  });
  it('is asked for by a function of the program, or of a client', () => {
    const helper = 'import { getSecret } from "../lib/secrets.ts";\nexport const headers = { "X-Hilt-Key": await getSecret("hilt/live") };\n';
    expect(shared({ 'bots/telegram.ts': helper, 'jobs/nightly.ts': helper, 'lib/secrets.ts': 'export const getSecret = async (id: string) => (await fetch("http://vault/" + id)).text();\n' })).toEqual(['jobs/nightly.ts:2 telegram and nightly']);
    expect(two('import { createClient } from "@1password/sdk";\nconst op = await createClient({});\nexport const headers = { "X-Hilt-Key": await op.secrets.resolve("op://ops/hilt/key") };\n')).toHaveLength(1);
  });
  it('is the one that a manifest names', () => {
    const serverless = 'service: shop\nfunctions:\n  sync:\n    handler: sync.handler\n    environment:\n      HILT_API_KEY: ${ssm:/prod/hilt}\n';
    expect(shared({ 'bots/telegram.ts': aws('prod/hilt'), 'serverless.yml': serverless, 'sync.ts': 'export const handler = () => fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });\n' })).toHaveLength(1);
  });
  it('fills no other slot', () => expect(two(aws('prod/stripe').replace('X-Hilt-Key', 'X-Stripe-Key').concat('// hilt\n'))).toEqual([]));
  it('is none in a cache or a map', () => expect(two('export const headers = { "X-Hilt-Key": cache.get("hilt") };\n')).toEqual([]));
  it('is asked for in Python', () => {
    const python = 'import boto3\nkey = boto3.client("secretsmanager").get_secret_value(SecretId="prod/hilt")["SecretString"]\nheaders = {"X-Hilt-Key": key}\n';
    expect(findingsOf('no-shared-key', { 'bots/telegram.py': python, 'jobs/nightly.py': python })).toHaveLength(1);
  });
});
