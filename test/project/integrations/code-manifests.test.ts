import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../support/findings.ts';

function shared(files: Readonly<Record<string, string>>): string[] {
  return findingsOf('no-shared-key', files).map(({ file, line, report }) => `${file}:${line} ${report.data?.['key']}: ${report.data?.['integrations']}`);
}

describe('programs that describe deployments', () => {
  const cdk = (first: string, second: string): string => `import { aws_lambda as lambda, Stack } from 'aws-cdk-lib';
export class Shop extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new lambda.Function(this, 'TelegramFunction', {
      handler: 'bot.handler', environment: { HILT_API_KEY: ${first} },
    });
    new lambda.Function(this, 'NightlySync', {
      handler: 'sync.handler', environment: { HILT_KEY: ${second} },
    });
  }
}
`;

  it('of the CDK give one variable of the host to two functions', () => {
    expect(shared({ 'infra/shop.ts': cdk('process.env.HILT_API_KEY', 'process.env.HILT_API_KEY') })).toEqual(['infra/shop.ts:9 `HILT_API_KEY`: telegram and nightly-sync']);
  });

  it('of the CDK give a variable to each', () => {
    expect(shared({ 'infra/shop.ts': cdk('process.env.HILT_API_KEY_BOT', 'process.env.HILT_API_KEY_SYNC') })).toEqual([]);
  });

  it('of Pulumi list variables as pairs', () => {
    const pulumi = (second: string): string => `import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
const config = new pulumi.Config();
new gcp.cloudrunv2.Service('telegram', { template: { containers: [{ envs: [{ name: 'HILT_API_KEY', value: config.requireSecret('hiltKey') }] }] } });
new gcp.cloudrunv2.Service('warehouse', { template: { containers: [{ envs: [{ name: 'HILT_API_KEY', value: config.requireSecret('${second}') }] }] } });
`;
    expect(shared({ 'infra/index.ts': pulumi('hiltKey') })).toEqual(['infra/index.ts:5 `hiltKey`: telegram and warehouse']);
    expect(shared({ 'infra/index.ts': pulumi('hiltWarehouseKey') })).toEqual([]);
  });

  it('of SST name their secrets', () => {
    const sst = (second: string): string => `export default $config({ async run() {
  const hilt = new sst.Secret('HiltApiKey');
  const other = new sst.Secret('HiltApiKeySync');
  new sst.aws.Function('Telegram', { handler: 'src/bot.handler', environment: { HILT_API_KEY: hilt.value } });
  new sst.aws.Function('Warehouse', { handler: 'src/sync.handler', environment: { HILT_API_KEY: ${second}.value } });
} });
`;
    expect(shared({ 'sst.config.ts': sst('hilt') })).toEqual(['sst.config.ts:5 `HiltApiKey`: telegram and warehouse']);
    expect(shared({ 'sst.config.ts': sst('other') })).toEqual([]);
  });

  it('are PM2\'s applications', () => {
    const pm2 = (second: string): string => `module.exports = { apps: [
  { name: 'bot', script: 'bot.js', env: { HILT_API_KEY: process.env.HILT_API_KEY } },
  { name: 'sync', script: 'sync.js', env: { HILT_API_KEY: process.env.${second} } },
] };
`;
    expect(shared({ 'ecosystem.config.cjs': pm2('HILT_API_KEY') })).toEqual(['ecosystem.config.cjs:3 `HILT_API_KEY`: bot and sync']);
    expect(shared({ 'ecosystem.config.cjs': pm2('HILT_API_KEY_SYNC') })).toEqual([]);
  });
});
