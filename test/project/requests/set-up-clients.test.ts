import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const made = (options: string): string => `import axios from "axios";\nexport const api = axios.create(${options});`;
const bearer = '{ baseURL: "https://api.hilt.so/v1", headers: { Authorization: `Bearer ${process.env.HILT_API_KEY}` } }';

describe('a client that nobody in view uses', () => {
  it('sends its key in the wrong header all the same', () => expect(foundIn('require-key-header', { 'src/api.ts': made(bearer) })).toEqual(['2: Authorization: `Bearer ${process.env.HILT_API_KEY}`']));
  it('sends it in the right one', () => expect(foundIn('require-key-header', { 'src/api.ts': made('{ baseURL: "https://api.hilt.so/v1", headers: { "X-Hilt-Key": process.env.HILT_API_KEY } }') })).toEqual([]));
  it('is given its header by an interceptor', () => {
    expect(foundIn('require-key-header', { 'src/api.ts': `${made('{ baseURL: "https://api.hilt.so" }')}\napi.interceptors.request.use((config) => { config.headers.Authorization = \`Bearer \${process.env.HILT_API_KEY}\`; return config; });` })).toHaveLength(1);
  });
  it('sends it to another host', () => {
    const other = 'import ky from "ky";\nexport const api = ky.create({ prefixUrl: "https://proxy.acme.io", headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });';
    expect(foundIn('no-key-disclosure', { 'src/api.ts': other })).toEqual(['2: "X-Hilt-Key": process.env.HILT_API_KEY']);
    expect(foundIn('no-key-disclosure', { 'src/api.ts': other.replace('https://proxy.acme.io', 'http://localhost:3000') })).toEqual([]);
  });
  it('has no host of its own, and says nothing', () => expect(foundIn('no-key-disclosure', { 'src/api.ts': made('{ headers: { "X-Hilt-Key": process.env.HILT_API_KEY } }') })).toEqual([]));
  it('may send cookies to a route that takes a key', () => {
    const [finding] = findingsOf('no-dashboard-auth', { 'src/api.ts': made('{ baseURL: "https://api.hilt.so", withCredentials: true }') });
    expect(finding).toMatchObject({ messageId: 'possibleCookie', text: 'withCredentials: true', report: { data: { name: 'withCredentials', route: 'api.hilt.so' } } });
  });
  it('is for routes of the dashboard by its base', () => expect(foundIn('no-dashboard-auth', { 'src/api.ts': made('{ baseURL: "https://api.hilt.so/v1/webhooks", withCredentials: true }') })).toEqual([]));
});

describe('a client that is used elsewhere', () => {
  const files = (path: string): Record<string, string> => ({ 'src/api.ts': made('{ baseURL: "https://api.hilt.so/v1", withCredentials: true }'), 'src/use.ts': `import { api } from "./api";\nexport const read = () => api.get("${path}");` });
  it('is judged by what it is used for', () => {
    expect(foundIn('no-dashboard-auth', files('/products'))).toEqual(['2: withCredentials: true']);
    expect(foundIn('no-dashboard-auth', files('/account'))).toEqual([]);
  });
});
