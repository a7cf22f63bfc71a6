import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const postman = (request: object, more: object = {}): string => JSON.stringify({
  info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: [{ key: 'baseUrl', value: 'https://api.hilt.so' }],
  item: [{ name: 'Products', item: [{ name: 'List', request: { method: 'GET', url: { raw: '{{baseUrl}}/v1/products' }, ...request } }] }],
  ...more,
});
const told = (text: string, file = 'hilt.json'): string[] => ['no-dashboard-auth', 'require-key-header', 'no-key-disclosure'].flatMap((rule) => foundIn(rule, { [file]: text }).map((found) => `${rule} ${found}`));

describe('a collection of Postman', () => {
  it('sends a cookie', () => expect(told(postman({ header: [{ key: 'Cookie', value: 'session={{s}}' }] }))).toEqual(['no-dashboard-auth 1: "session={{s}}"']));
  it('sends a key', () => expect(told(postman({ header: [{ key: 'X-Hilt-Key', value: '{{apiKey}}' }] }))).toEqual([]));
  it('leaves out what is disabled', () => expect(told(postman({ header: [{ key: 'Cookie', value: 'a=b', disabled: true }] }))).toEqual([]));
  it('sends a session token', () => expect(told(postman({ auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{bearerToken}}' }] } }))).toEqual(['no-dashboard-auth 1: "{{bearerToken}}"']));
  it('sends a session token to the dashboard', () => expect(told(postman({ url: 'https://api.hilt.so/v1/webhooks/endpoints', auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{bearerToken}}' }] } }))).toEqual([]));
  it('sends a key as a session token', () => expect(told(postman({ auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiKey}}' }] } }))).toEqual(['require-key-header 1: "{{apiKey}}"']));
  it('has an authentication of its own kind for keys', () => expect(told(postman({ auth: { type: 'apikey', apikey: [{ key: 'key', value: 'X-Hilt-Key' }, { key: 'value', value: '{{apiKey}}' }, { key: 'in', value: 'header' }] } }))).toEqual([]));
  it('puts a key into the address', () => expect(told(postman({ auth: { type: 'apikey', apikey: [{ key: 'key', value: 'api_key' }, { key: 'value', value: '{{apiKey}}' }, { key: 'in', value: 'query' }] } }))).toEqual(['require-key-header 1: "{{apiKey}}"']));
  it('takes the authentication of what is around, unless it has none itself', () => {
    const around = { auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{t}}' }] } };
    expect(told(postman({}, around))).toEqual(['no-dashboard-auth 1: "{{t}}"']);
    expect(told(postman({ auth: { type: 'noauth' } }, around))).toEqual([]);
  });
  it('sends a key elsewhere', () => expect(told(postman({ url: 'https://evil.io/v1/products', header: [{ key: 'X-Hilt-Key', value: '{{HILT_API_KEY}}' }] }))).toEqual(['no-key-disclosure 1: "{{HILT_API_KEY}}"']));
});

describe('an export of Insomnia', () => {
  it('of version 4', () => expect(told(JSON.stringify({ _type: 'export', __export_format: 4, resources: [
    { _type: 'environment', data: { base_url: 'https://api.hilt.so' } },
    { _type: 'request', url: '{{ _.base_url }}/v1/products', method: 'GET', headers: [{ name: 'Cookie', value: 'a=b' }] },
    { _type: 'request', url: '{{ _.base_url }}/v1/receipts', method: 'GET', authentication: { type: 'bearer', token: '{{ _.token }}' } },
    { _type: 'request', url: '{{ _.base_url }}/v1/products', method: 'GET', headers: [{ name: 'X-Hilt-Key', value: '{{ _.key }}' }] },
  ] }))).toEqual(['no-dashboard-auth 1: "a=b"', 'no-dashboard-auth 1: "{{ _.token }}"']));
  it('of version 5', () => expect(told('type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://api.hilt.so/v1/products\n    method: GET\n    headers:\n      - name: Cookie\n        value: a=b\n  - url: https://api.hilt.so/v1/account/profile\n    method: GET\n    authentication:\n      type: bearer\n      token: "{{ _.token }}"\n', 'insomnia.yaml')).toEqual(['no-dashboard-auth 7: a=b']));
});

describe('a file that only looks like one', () => {
  it('asks for nothing', () => expect(told('{ "info": { "title": "hilt.so" }, "item": [{ "request": { "method": "GET", "header": [{ "key": "Cookie", "value": "a=b" }], "url": "https://api.hilt.so/v1/products" } }] }')).toEqual([]));
});
