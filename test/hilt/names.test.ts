import { describe, expect, it } from 'vitest';
import { isKeyHeader } from '../../src/hilt/header.ts';
import { hostOf, isBaseUrlName, isHiltHost, isHiltUrl } from '../../src/hilt/hosts.ts';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { isKeyLikeName, isKeyName, isSecretName, publicPrefixOf, secretNameKind, wordsOf } from '../../src/hilt/names.ts';

describe('a key name', () => {
  it.each([
    'HILT_API_KEY', 'HILT_KEY', 'HILT_API_KEY_TELEGRAM_BOT', 'SUPPORT_HILT_KEY', 'HILT_LIVE_KEY', 'HILT_SANDBOX_API_KEY', 'NEXT_PUBLIC_HILT_API_KEY', 'VITE_HILT_KEY',
    'MY_APP_HILT_API_KEY', 'HILT_APIKEY', 'HILT_API_KEY_2', 'HILT_API_KEY_OLD', 'HILT_KEY2', 'HILT_BOT_KEY', 'HILT_PUBLIC_API_KEY', 'HILT_SECRET_KEY',
  ])('is %s', (name) => {
    expect(isKeyName(name, defaultKeyOptions)).toBe(true);
  });

  it.each([
    'HILT_KEY_ID', 'HILT_KEY_PREFIX', 'HILT_KEY_NAME', 'HILT_API_KEY_ID', 'HILT_API_KEY_BOT_ID', 'NEXT_PUBLIC_HILT_KEY_PREFIX', 'HILT_API_URL', 'HILT_WEBHOOK_SECRET', 'KEY_HILT',
    'HILT_IDEMPOTENCY_KEY', 'HILT_ENTITLEMENT_KEY', 'STRIPE_API_KEY', 'PHILTER_KEY', 'HILT_KEYBOARD', 'HILT_MONKEY', 'HILT_VIEW_MODEL_KEY', 'HiltApiKey', 'hilt-api-key', 'Hilt_MainActivity', '',
  ])('is not %s', (name) => {
    expect(isKeyName(name, defaultKeyOptions)).toBe(false);
  });

  it('is one of the options, with and without a public prefix', () => {
    const options = { names: ['PAYMENTS_TOKEN'] };
    expect(isKeyName('PAYMENTS_TOKEN', options)).toBe(true);
    expect(isKeyName('VITE_PAYMENTS_TOKEN', options)).toBe(true);
    expect(isKeyName('OTHER_TOKEN', options)).toBe(false);
  });

  it('may have any spelling where a name is no variable', () => {
    for (const name of ['hiltApiKey', 'hilt-api-key', 'hilt.api.key', 'HiltKey', 'supportHiltKey']) expect(isKeyLikeName(name, defaultKeyOptions), name).toBe(true);
    for (const name of ['hiltKeyId', 'hilt-key-prefix', 'apiKey', 'hiltClient', 'keyOfHilt']) expect(isKeyLikeName(name, defaultKeyOptions), name).toBe(false);
  });
});

describe('another secret name', () => {
  it.each([
    ['HILT_WEBHOOK_SECRET', 'webhook-secret'], ['HILT_WEBHOOK_SIGNING_SECRET', 'webhook-secret'], ['HILT_SIGNING_SECRET', 'webhook-secret'], ['NEXT_PUBLIC_HILT_WEBHOOK_SECRET', 'webhook-secret'],
    ['HILT_BEARER_TOKEN', 'bearer-token'], ['HILT_JWT', 'bearer-token'], ['HILT_SESSION_TOKEN', 'bearer-token'], ['HILT_TOKEN', 'bearer-token'],
    ['HILT_SETUP_TOKEN', 'setup-token'], ['HILT_DELIVERY_CLAIM', 'delivery-claim'],
  ])('is %s', (name, kind) => {
    expect(secretNameKind(name)).toBe(kind);
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['HILT_API_KEY', 'WEBHOOK_SECRET', 'HILT_WEBHOOK_URL', 'HILT_SIGNING_SECRET_PREVIEW', 'HILT_TOKEN_ID', 'HILT_DEMO_MODE', 'HILT_MAX_TOKENS_PER_ORDER', 'hiltToken'])('is not %s', (name) => {
    expect(secretNameKind(name)).toBeUndefined();
  });
});

describe('a name', () => {
  it('has words in any spelling', () => {
    for (const name of ['HILT_API_KEY', 'hiltApiKey', 'hilt-api-key', 'hilt.api.key', 'HiltAPIKey']) expect(wordsOf(name)).toEqual(['HILT', 'API', 'KEY']);
  });

  it('has the public prefix of a framework or none', () => {
    expect(publicPrefixOf('NEXT_PUBLIC_HILT_API_KEY')).toBe('NEXT_PUBLIC_');
    expect(publicPrefixOf('NUXT_PUBLIC_HILT_KEY')).toBe('NUXT_PUBLIC_');
    expect(publicPrefixOf('PUBLIC_HILT_KEY')).toBe('PUBLIC_');
    expect(publicPrefixOf('VITE_HILT_KEY')).toBe('VITE_');
    expect(publicPrefixOf('EXPO_PUBLIC_HILT_KEY')).toBe('EXPO_PUBLIC_');
    expect(publicPrefixOf('HILT_API_KEY')).toBeUndefined();
    expect(publicPrefixOf('MY_PUBLIC_HILT_KEY')).toBeUndefined();
    expect(publicPrefixOf('VITE_')).toBeUndefined();
  });
});

describe('a host', () => {
  it.each(['hilt.so', 'api.hilt.so', 'app.hilt.so', 'API.HILT.SO', 'api.hilt.so:443', 'api.hilt.so.'])('is Hilt\'s: %s', (host) => {
    expect(isHiltHost(host, defaultKeyOptions)).toBe(true);
  });

  it.each(['nothilt.so', 'hilt.so.evil.test', 'hilt.software', 'hilt-review.com', 'localhost', ''])('is not: %s', (host) => {
    expect(isHiltHost(host, defaultKeyOptions)).toBe(false);
  });

  it('may be an option', () => {
    const options = { hosts: ['localhost:4010', 'api.hilt.test', '*.proxy.test'] };
    expect(isHiltHost('localhost:4010', options)).toBe(true);
    expect(isHiltHost('localhost:3000', options)).toBe(false);
    expect(isHiltHost('API.hilt.test:8443', options)).toBe(true);
    expect(isHiltHost('a.proxy.test', options)).toBe(true);
    expect(isHiltHost('proxy.test', options)).toBe(false);
  });

  it('is read from a URL as a browser reads it', () => {
    expect(hostOf('https://api.hilt.so/v1/products?x=1')).toBe('api.hilt.so');
    expect(hostOf('//api.hilt.so/v1')).toBe('api.hilt.so');
    expect(hostOf('https://user:pass@api.hilt.so:8443/')).toBe('api.hilt.so:8443');
    expect(hostOf('https://api.hilt.so@evil.test/')).toBe('evil.test');
    expect(hostOf('/v1/products')).toBeUndefined();
    expect(hostOf('mailto:a@hilt.so')).toBeUndefined();
    expect(isHiltUrl('https://evil.test/?u=https://api.hilt.so', defaultKeyOptions)).toBe(false);
  });

  it('may stand in a variable', () => {
    for (const name of ['HILT_API_URL', 'HILT_BASE_URL', 'HILT_HOST', 'NEXT_PUBLIC_HILT_API_URL', 'HILT_API_BASE']) expect(isBaseUrlName(name), name).toBe(true);
    for (const name of ['HILT_WEBHOOK_URL', 'API_URL', 'HILT_API_KEY', 'HILT_RETURN_URL', 'hiltUrl']) expect(isBaseUrlName(name), name).toBe(false);
  });
});

describe('the header of a key', () => {
  it('has no case', () => {
    for (const name of ['X-Hilt-Key', 'x-hilt-key', 'X-HILT-KEY', ' X-Hilt-Key ']) expect(isKeyHeader(name)).toBe(true);
    for (const name of ['X-Hilt-Signature', 'X-Hilt-Key-Id', 'Authorization', 'X_Hilt_Key']) expect(isKeyHeader(name)).toBe(false);
  });
});
