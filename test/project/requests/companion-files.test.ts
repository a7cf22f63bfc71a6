import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const bru = (...lines: string[]): string => `${lines.join('\n')}\n`;
const request = (auth: string, url = 'https://api.hilt.so/v1/products'): string => bru('get {', `  url: ${url}`, `  auth: ${auth}`, '}');
const bearer = (token: string): string => bru('auth {', '  mode: bearer', '}', 'auth:bearer {', `  token: ${token}`, '}');

describe('a request of Bruno', () => {
  it('inherits the authentication of its collection', () => {
    expect(foundIn('require-key-header', { 'hilt/collection.bru': bearer('{{HILT_API_KEY}}'), 'hilt/products.bru': request('inherit') })).toEqual(['5: token: {{HILT_API_KEY}}']);
  });
  it('has none where it says so', () => expect(foundIn('require-key-header', { 'hilt/collection.bru': bearer('{{HILT_API_KEY}}'), 'hilt/products.bru': request('none') })).toEqual([]));
  it('inherits that of the nearest folder', () => {
    const files = { 'hilt/collection.bru': bru('auth {', '  mode: none', '}'), 'hilt/shop/folder.bru': `${bearer('{{session}}')}docs {\n  hilt\n}\n`, 'hilt/shop/products.bru': request('inherit') };
    expect(foundIn('no-dashboard-auth', files)).toEqual(['hilt/shop/folder.bru 5: token: {{session}}']);
  });
  it('takes only the authentication that is switched on', () => {
    const other = bru('auth {', '  mode: apikey', '}', 'auth:bearer {', '  token: {{HILT_API_KEY}}', '}', 'auth:apikey {', '  key: X-Hilt-Key', '  value: {{HILT_API_KEY}}', '  placement: header', '}');
    expect(foundIn('require-key-header', { 'hilt/collection.bru': other, 'hilt/products.bru': request('inherit') })).toEqual([]);
  });
  it('has the headers of its folders', () => {
    expect(foundIn('no-dashboard-auth', { 'hilt/collection.bru': bru('headers {', '  Cookie: hilt={{session}}', '}'), 'hilt/products.bru': request('none') })).toEqual(['2: Cookie: hilt={{session}}']);
  });
});

describe('an environment beside a collection', () => {
  const cookie = (url: string): string => `# hilt\nGET ${url}/v1/products\nCookie: s={{session}}\n`;
  it('says where a request of a .http file goes', () => {
    expect(foundIn('no-dashboard-auth', { 'api/a.http': cookie('{{host}}'), 'api/http-client.env.json': '{ "dev": { "host": "https://api.hilt.so" } }' })).toEqual(['3: Cookie: s={{session}}']);
    expect(foundIn('no-dashboard-auth', { 'api/a.http': cookie('{{host}}'), 'api/http-client.env.json': '{ "dev": { "host": "https://api.acme.io" } }' })).toEqual([]);
    expect(foundIn('no-dashboard-auth', { 'api/a.http': cookie('{{host}}') })).toEqual([]);
  });
  it('of Bruno', () => {
    expect(foundIn('require-key-header', { 'hilt/products.bru': `${request('bearer', '{{baseUrl}}/v1/products')}auth:bearer {\n  token: {{HILT_API_KEY}}\n}\n`, 'hilt/environments/live.bru': bru('vars {', '  baseUrl: https://api.hilt.so', '}') })).toEqual(['6: token: {{HILT_API_KEY}}']);
  });
  it('of Postman', () => {
    const item = (header: string, url: string): unknown => ({ name: 'p', request: { method: 'GET', header: [{ key: header, value: header === 'Authorization' ? 'Bearer {{hiltApiKey}}' : '{{hiltApiKey}}' }], url: { raw: `${url}/v1/products` } } });
    const collection = JSON.stringify({ info: { name: 'Hilt', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' }, item: [item('Authorization', '{{baseUrl}}'), item('X-Hilt-Key', '{{baseUrl}}'), item('X-Hilt-Key', '{{otherUrl}}')] }, null, 1);
    const environment = JSON.stringify({ values: [{ key: 'baseUrl', value: 'https://api.hilt.so' }, { key: 'otherUrl', value: 'https://collect.acme.io' }, { key: 'hiltApiKey', value: '' }], _postman_variable_scope: 'environment' });
    const files = { 'hilt.postman_collection.json': collection, 'hilt.postman_environment.json': environment };
    expect(foundIn('require-key-header', files)).toHaveLength(1);
    expect(foundIn('no-key-disclosure', files)).toHaveLength(1);
    // Without it nobody knows.
    expect(foundIn('require-key-header', { 'hilt.postman_collection.json': collection })).toEqual([expect.stringContaining(' ?')]);
    expect(foundIn('no-key-disclosure', { 'hilt.postman_collection.json': collection })).toEqual([]);
  });
});
