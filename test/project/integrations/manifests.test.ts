import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../support/findings.ts';
import { makeKey } from '../../support/keys.ts';

/** The integrations that share a key, one line a key. */
function shared(files: Readonly<Record<string, string>>): string[] {
  return findingsOf('no-shared-key', files).map(({ report }) => `${report.data?.['key']}: ${report.data?.['integrations']}`);
}

/** Text without the indentation of the test. */
function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

const read = (name: string): string => `import { HiltClient } from '@hiltpay/sdk';\nexport const hilt = new HiltClient({ apiKey: process.env.${name} });\n`;

describe('Kubernetes', () => {
  const deployment = (name: string, secret: string, key = 'api-key'): string => lines(
    'apiVersion: apps/v1', 'kind: Deployment', 'metadata:', `  name: ${name}`, 'spec:', '  template:', '    spec:', '      containers:',
    '        - name: app', '          image: acme/app', '          env:', '            - name: HILT_API_KEY', '              valueFrom:',
    `                secretKeyRef: { name: ${secret}, key: ${key} }`,
  );

  it('finds one entry of a Secret in two workloads of one file', () => {
    expect(shared({ 'k8s/all.yaml': `${deployment('telegram-bot', 'hilt')}---\n${deployment('warehouse', 'hilt')}` })).toEqual(['`hilt/api-key`: telegram-bot and warehouse']);
  });

  it('is silent about two entries', () => {
    expect(shared({ 'k8s/all.yaml': `${deployment('telegram-bot', 'hilt', 'bot')}---\n${deployment('warehouse', 'hilt', 'warehouse')}` })).toEqual([]);
  });

  it('takes overlays for staging and production as one workload', () => {
    expect(shared({
      'k8s/overlays/staging/bot.yaml': deployment('telegram-bot', 'hilt'),
      'k8s/overlays/production/bot.yaml': deployment('telegram-bot', 'hilt'),
    })).toEqual([]);
  });

  it('follows envFrom to the keys of a ConfigMap', () => {
    const pod = (name: string): string => lines('kind: Pod', 'metadata: { name: ' + name + ' }', 'spec:', '  containers:', '    - name: main', '      envFrom:', '        - configMapRef: { name: common-hilt }');
    expect(shared({ 'k8s/a.yaml': pod('bot'), 'k8s/b.yaml': pod('report'), 'k8s/config.yaml': lines('kind: ConfigMap', 'metadata: { name: common-hilt }', 'data:', '  HILT_API_KEY: ""') })).toEqual(['`common-hilt/HILT_API_KEY`: bot and report']);
  });

  it('sees two Secrets that are filled from one entry of a store', () => {
    const external = (name: string, remote: string): string => lines('kind: ExternalSecret', `metadata: { name: ${name} }`, 'spec:', '  secretStoreRef: { name: vault }', '  data:', '    - secretKey: api-key', `      remoteRef: { key: ${remote} }`);
    const files = (first: string, second: string): Record<string, string> => ({
      'k8s/bot.yaml': deployment('telegram-bot', 'hilt-bot'), 'k8s/sync.yaml': deployment('warehouse', 'hilt-sync'),
      'k8s/secrets.yaml': `${external('hilt-bot', first)}---\n${external('hilt-sync', second)}`,
    });
    expect(shared(files('hilt/shop', 'hilt/shop'))).toEqual(['`hilt/shop`: telegram-bot and warehouse']);
    expect(shared(files('hilt/bot', 'hilt/sync'))).toEqual([]);
  });

  it('reads Helm templates around their expressions', () => {
    const template = (name: string, value: string): string => lines(
      '{{- if .Values.enabled }}', 'apiVersion: apps/v1', 'kind: Deployment', 'metadata:', `  name: {{ include "shop.fullname" . }}-${name}`, 'spec:', '  template:', '    spec:', '      containers:',
      '        - name: {{ .Chart.Name }}', '          env:', '            - name: HILT_API_KEY', `              value: {{ .Values.${value} | quote }}`, '{{- end }}',
    );
    expect(shared({ 'chart/Chart.yaml': 'name: shop\n', 'chart/values.yaml': 'hilt:\n  apiKey: ""\n', 'chart/templates/bot.yaml': template('bot', 'hilt.apiKey'), 'chart/templates/sync.yaml': template('checkout', 'hilt.apiKey') }))
      .toEqual(['`HILT_API_KEY`: bot and checkout']);
    expect(shared({ 'chart/Chart.yaml': 'name: shop\n', 'chart/templates/bot.yaml': template('bot', 'bot.apiKey'), 'chart/templates/sync.yaml': template('checkout', 'checkout.apiKey') })).toEqual([]);
  });

  it('reads the values of a chart, workload by workload', () => {
    const values = (bot: string, sync: string): string => lines('bots:', '  telegram:', '    env:', `      HILT_API_KEY: ${bot}`, 'warehouse:', '  env:', '    - name: HILT_API_KEY', `      value: ${sync}`);
    expect(shared({ 'chart/values.yaml': values('ref+vault://hilt/shop', 'ref+vault://hilt/shop') })).toEqual(['`hilt/shop`: telegram and warehouse']);
    expect(shared({ 'chart/values.yaml': values('ref+vault://hilt/bot', 'ref+vault://hilt/sync') })).toEqual([]);
  });
});

describe('functions', () => {
  const serverless = (more: readonly string[] = []): string => lines(
    'service: shop', 'provider:', '  name: aws', '  environment:', '    HILT_API_KEY: ${ssm:/hilt/key}', 'functions:', '  telegram:', '    handler: src/telegram.handler', '  nightlySync:', '    handler: src/sync.handler', ...more,
  );

  it('of a serverless file share what the provider gives them', () => {
    expect(shared({ 'serverless.yml': serverless() })).toEqual(['`hilt/key`: telegram and nightly-sync']);
  });

  it('of a serverless file have their own', () => {
    expect(shared({ 'serverless.yml': serverless(['    environment:', '      HILT_API_KEY: ${ssm:/hilt/sync}']) })).toEqual([]);
  });

  it('of SAM share what Globals give them', () => {
    const template = (own: readonly string[]): string => lines(
      'Transform: AWS::Serverless-2016-10-31', 'Globals:', '  Function:', '    Environment:', '      Variables:', "        HILT_API_KEY: '{{resolve:secretsmanager:hilt/shop:SecretString:key}}'",
      'Resources:', '  TelegramFunction:', '    Type: AWS::Serverless::Function', '    Properties:', '      Handler: bot.handler', '  SyncFunction:', '    Type: AWS::Serverless::Function', '    Properties:', '      Handler: sync.handler', ...own,
    );
    expect(shared({ 'template.yaml': template([]) })).toEqual(['`hilt/shop`: telegram and sync']);
    expect(shared({ 'template.yaml': template(['      Environment:', '        Variables:', '          HILT_API_KEY: !Ref SyncKey']) })).toEqual([]);
  });
});

describe('Terraform', () => {
  const lambda = (name: string, value: string): string => lines(`resource "aws_lambda_function" "${name}" {`, '  environment {', '    variables = {', `      HILT_API_KEY = ${value}`, '    }', '  }', '}');

  it('finds one variable in two functions', () => {
    expect(shared({ 'infra/main.tf': lambda('telegram', 'var.hilt_api_key') + lambda('warehouse', 'var.hilt_api_key') })).toEqual(['`HILT_API_KEY`: telegram and warehouse']);
  });

  it('is silent about two variables', () => {
    expect(shared({ 'infra/main.tf': lambda('telegram', 'var.hilt_api_key_bot') + lambda('warehouse', 'var.hilt_api_key_sync') })).toEqual([]);
  });

  it('finds one secret that two Cloud Run services mount', () => {
    const service = (name: string, secret: string): string => lines(`resource "google_cloud_run_v2_service" "${name}" {`, '  template {', '    containers {', '      env {', '        name = "HILT_API_KEY"', '        value_source {', '          secret_key_ref {', `            secret = "${secret}"`, '          }', '        }', '      }', '    }', '  }', '}');
    expect(shared({ 'main.tf': service('telegram', 'hilt') + service('warehouse', 'hilt') })).toEqual(['`hilt`: telegram and warehouse']);
    expect(shared({ 'main.tf': service('telegram', 'hilt-bot') + service('warehouse', 'hilt-sync') })).toEqual([]);
  });

  it('finds one value that is given to two modules', () => {
    const use = (name: string, value: string): string => lines(`module "${name}" {`, '  source = "./service"', `  hilt_api_key = ${value}`, '}');
    expect(shared({ 'main.tf': use('bot', 'var.hilt_key') + use('checkout', 'var.hilt_key') })).toEqual(['`hilt_api_key`: bot and checkout']);
    expect(shared({ 'main.tf': use('bot', 'var.hilt_key_bot') + use('checkout', 'var.hilt_key_checkout') })).toEqual([]);
  });
});

describe('process managers', () => {
  const programs = { 'package.json': '{"name":"shop"}', 'src/hilt.js': read('HILT_API_KEY'), 'src/bot.js': `import { hilt } from './hilt.js';\n`, 'src/sync.js': `import { hilt } from './hilt.js';\n` };
  const apart = { 'package.json': '{"name":"shop"}', 'src/bot.js': read('HILT_API_KEY_BOT'), 'src/sync.js': read('HILT_API_KEY_SYNC') };

  it('read a Procfile', () => {
    const Procfile = lines('bot: node src/bot.js', 'sync: node src/sync.js', 'release: node src/migrate.js');
    expect(shared({ ...programs, Procfile })).toEqual(['`HILT_API_KEY`: bot and sync']);
    expect(shared({ ...apart, Procfile })).toEqual([]);
  });

  it('read a crontab', () => {
    const crontab = lines('MAILTO=ops@example.com', '*/5 * * * * cd /srv/shop && node src/bot.js', '@daily /usr/bin/node /srv/shop/src/sync.js');
    expect(shared({ ...programs, 'ops/crontab': crontab })).toEqual(['`HILT_API_KEY`: bot and sync']);
    expect(shared({ ...apart, 'ops/crontab': crontab })).toEqual([]);
  });

  it('read systemd services with one environment file', () => {
    const service = (program: string, file: string): string => lines('[Service]', `EnvironmentFile=${file}`, 'WorkingDirectory=/opt/shop', `ExecStart=/usr/bin/node /opt/shop/src/${program}.js`);
    const both = { 'package.json': '{"name":"shop"}', 'src/bot.js': read('HILT_API_KEY'), 'src/sync.js': read('HILT_API_KEY') };
    expect(shared({ ...both, 'ops/bot.service': service('bot', '/etc/shop/env'), 'ops/sync.service': service('sync', '/etc/shop/env') })).toEqual(['`HILT_API_KEY`: bot and sync']);
    expect(shared({ ...both, 'ops/bot.service': service('bot', '/etc/shop/bot.env'), 'ops/sync.service': service('sync', '/etc/shop/sync.env') })).toEqual([]);
  });

  it('read PM2 and supervisord', () => {
    const pm2 = JSON.stringify({ apps: [{ name: 'bot', script: 'src/bot.js' }, { name: 'sync', script: 'src/sync.js' }] });
    expect(shared({ ...programs, 'ecosystem.config.json': pm2 })).toEqual(['`HILT_API_KEY`: bot and sync']);
    expect(shared({ ...apart, 'ecosystem.config.json': pm2 })).toEqual([]);
    const supervisor = (first: string, second: string): string => lines('[program:bot]', 'command=node src/bot.js', `environment=HILT_API_KEY="${first}"`, '', '[program:sync]', 'command=node src/sync.js', `environment=HILT_API_KEY="${second}"`);
    expect(shared({ 'supervisord.conf': supervisor('${HILT_API_KEY}', '${HILT_API_KEY}') })).toEqual(['`HILT_API_KEY`: bot and sync']);
    expect(shared({ 'supervisord.conf': supervisor('${HILT_API_KEY_BOT}', '${HILT_API_KEY_SYNC}') })).toEqual([]);
  });
});

describe('hosting platforms', () => {
  it('read wrangler, fly, vercel and their kin as the one deployment of a folder', () => {
    const key = makeKey('sandbox', 'platforms');
    const other = makeKey('sandbox', 'platforms-other');
    expect(shared({
      'workers/telegram/wrangler.toml': lines('name = "telegram"', 'main = "src/index.ts"', '[vars]', `HILT_API_KEY = "${key}"`, '[env.staging.vars]', `HILT_API_KEY = "${key}"`),
      'sites/shop/fly.toml': lines('app = "shop"', '[env]', `HILT_API_KEY = "${key}"`),
    })).toEqual([expect.stringMatching(/^The sandbox Hilt key `hk_sandbox_.{4}…`: shop and telegram$/)]);
    expect(shared({
      'workers/telegram/wrangler.toml': lines('name = "telegram"', '[vars]', `HILT_API_KEY = "${key}"`),
      'sites/shop/vercel.json': JSON.stringify({ name: 'shop', env: { HILT_API_KEY: other } }),
    })).toEqual([]);
  });

  it('read Render\'s services with one group of variables', () => {
    const render = (first: string, second: string): string => lines(
      'services:', '  - type: worker', '    name: bot', '    envVars:', `      - fromGroup: ${first}`, '  - type: web', '    name: storefront', '    envVars:', `      - fromGroup: ${second}`,
      'envVarGroups:', '  - name: a', '    envVars:', '      - { key: HILT_API_KEY, sync: false }', '  - name: b', '    envVars:', '      - { key: HILT_API_KEY, sync: false }',
    );
    expect(shared({ 'render.yaml': render('a', 'a') })).toEqual(['`a/HILT_API_KEY`: bot and storefront']);
    expect(shared({ 'render.yaml': render('a', 'b') })).toEqual([]);
  });
});

describe('GitLab', () => {
  const job = (name: string, key: string): readonly string[] => [`${name}:`, '  stage: deploy', '  script:', `    - 'curl -H "X-Hilt-Key: $${key}" https://api.hilt.so/v1/products'`];

  it('gives its variables to every job', () => {
    expect(shared({ '.gitlab-ci.yml': lines(...job('deploy-bot', 'HILT_API_KEY'), ...job('deploy-shop', 'HILT_API_KEY')) })).toEqual(['`HILT_API_KEY`: bot and shop']);
    expect(shared({ '.gitlab-ci.yml': lines(...job('deploy-bot', 'HILT_API_KEY_BOT'), ...job('deploy-shop', 'HILT_API_KEY_SHOP')) })).toEqual([]);
  });
});

describe('stores of secrets', () => {
  const compose = (first: string, second: string): Record<string, string> => ({
    'compose.yaml': lines('services:', '  bot:', '    image: acme/bot', '    environment:', `      HILT_API_KEY: "${first}"`, '  shop:', '    image: acme/shop', '    environment:', `      HILT_KEY: "${second}"`),
  });

  it.each([
    ['1Password', 'op://ops/hilt/key', 'op://ops/hilt/key?attribute=otp', 'op://ops/hilt-shop/key'],
    ['Vault', 'vault:secret/data/hilt#key', 'vault:secret/data/hilt#key', 'vault:secret/data/hilt#shop'],
    ['AWS', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt/shop-AbCdEf', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt/shop', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hilt/bot-AbCdEf'],
    ['Google', 'projects/shop/secrets/hilt/versions/3', 'projects/shop/secrets/hilt/versions/latest', 'projects/shop/secrets/hilt-bot/versions/latest'],
    ['Azure', 'https://shop.vault.azure.net/secrets/hilt', 'https://shop.vault.azure.net/secrets/hilt/', 'https://shop.vault.azure.net/secrets/hilt-bot'],
    ['Doppler', 'doppler://shop/prd/HILT_API_KEY', 'doppler://shop/prd/HILT_API_KEY', 'doppler://bot/prd/HILT_API_KEY'],
    ['Infisical', 'infisical://shop/HILT_API_KEY', 'infisical://shop/HILT_API_KEY', 'infisical://bot/HILT_API_KEY'],
  ])('%s: one entry however it is written, and another', (_store, one, same, other) => {
    expect(shared(compose(one, same))).toHaveLength(1);
    expect(shared(compose(one, other))).toEqual([]);
  });
});
