import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const env = 'process.env.HILT_API_KEY';
const header = (text: string, file: string): string[] => foundIn('require-key-header', { [file]: text });
const disclosed = (text: string, file: string): string[] => foundIn('no-key-disclosure', { [file]: text });

describe('a proxy of a configuration', () => {
  const vite = (proxy: string): string => `import { defineConfig } from "vite";\nexport default defineConfig(() => ({\n  server: { proxy: { "/hilt": ${proxy} } },\n}));`;
  it('may attach the key for Hilt', () => {
    const good = vite(`{ target: "https://api.hilt.so", changeOrigin: true, headers: { "X-Hilt-Key": ${env} } }`);
    expect(header(good, 'vite.config.ts')).toEqual([]);
    expect(disclosed(good, 'vite.config.ts')).toEqual([]);
  });
  it('attaches it in the wrong header', () => expect(header(vite(`{ target: "https://api.hilt.so", headers: { Authorization: \`Bearer \${${env}}\` } }`), 'vite.config.ts')).toEqual([`3: Authorization: \`Bearer \${${env}}\``]));
  it('attaches it in a hook', () => {
    const hooked = (name: string): string => vite(`{ target: "https://api.hilt.so", configure: (proxy) => { proxy.on("proxyReq", (proxyReq) => { proxyReq.setHeader("${name}", ${env}); }); } }`);
    expect(header(hooked('Authorization'), 'vite.config.ts')).toHaveLength(1);
    expect(header(hooked('X-Hilt-Key'), 'vite.config.ts')).toEqual([]);
  });
  it('attaches it for another host', () => {
    expect(disclosed(vite(`{ target: "https://staging.acme.io", headers: { "X-Hilt-Key": ${env} } }`), 'vite.config.ts')).toEqual([`3: "X-Hilt-Key": ${env}`]);
    expect(disclosed(vite(`{ target: "http://localhost:4000", headers: { "X-Hilt-Key": ${env} } }`), 'vite.config.ts')).toEqual([]);
  });
  it('of webpack and of Nuxt', () => {
    expect(disclosed(`module.exports = { devServer: { proxy: [{ context: ["/hilt"], target: "https://staging.acme.io", headers: { "X-Hilt-Key": ${env} } }] } };`, 'webpack.dev.js')).toHaveLength(1);
    expect(header(`export default defineNuxtConfig({ routeRules: { "/hilt/**": { proxy: { to: "https://api.hilt.so/**", headers: { Authorization: \`Bearer \${${env}}\` } } } } });`, 'nuxt.config.ts')).toHaveLength(1);
  });
  it('of Next has no place for headers, but a query', () => {
    const next = (destination: string): string => `module.exports = {\n  async rewrites() {\n    return [{ source: "/hilt/:path*", destination: \`${destination}\` }];\n  },\n};`;
    expect(header(next(`https://api.hilt.so/:path*?api_key=\${${env}}`), 'next.config.js')).toHaveLength(1);
    expect(disclosed(next(`https://collect.acme.io/:path*?k=\${${env}}`), 'next.config.js')).toHaveLength(1);
    expect(header(next('https://api.hilt.so/:path*'), 'next.config.js')).toEqual([]);
  });
  it('may send the cookies of a dashboard session', () => {
    const [finding] = findingsOf('no-dashboard-auth', { 'vite.config.ts': vite('{ target: "https://api.hilt.so", headers: { Cookie: process.env.DASHBOARD_COOKIE } }') });
    expect(finding).toMatchObject({ messageId: 'possibleCookie', text: 'Cookie: process.env.DASHBOARD_COOKIE', report: { data: { route: 'api.hilt.so' } } });
  });
  it('is no object of another file', () => expect(disclosed(`// hilt\nexport default { target: "https://staging.acme.io", headers: { "X-Hilt-Key": ${env} } };`, 'src/options.ts')).toEqual([]));
});

describe('a proxy of a server', () => {
  const middleware = (options: string): string => `import { createProxyMiddleware } from "http-proxy-middleware";\napp.use("/hilt", createProxyMiddleware(${options}));`;
  it('may attach the key for Hilt', () => expect(disclosed(middleware(`{ target: "https://api.hilt.so", headers: { "X-Hilt-Key": ${env} } }`), 'src/a.ts')).toEqual([]));
  it('attaches it for another host', () => expect(disclosed(middleware(`{ target: "https://proxy.acme.io", headers: { "X-Hilt-Key": ${env} } }`), 'src/a.ts')).toEqual([`2: "X-Hilt-Key": ${env}`]));
  it('attaches it in a hook of either version', () => {
    const set = `(proxyReq, req, res) => { proxyReq.setHeader("Authorization", \`Bearer \${${env}}\`); }`;
    expect(header(middleware(`{ target: "https://api.hilt.so", on: { proxyReq: ${set} } }`), 'src/a.ts')).toHaveLength(1);
    expect(header(middleware(`{ target: "https://api.hilt.so", onProxyReq: ${set} }`), 'src/a.ts')).toHaveLength(1);
  });
  it('sets headers of the answer besides', () => expect(header(middleware('{ target: "https://api.hilt.so", onProxyReq: (proxyReq, req, res) => { res.setHeader("Authorization", process.env.HILT_API_KEY); } }'), 'src/a.ts')).toEqual([]));
  it('of http-proxy, express-http-proxy and h3', () => {
    expect(disclosed(`import httpProxy from "http-proxy";\nconst proxy = httpProxy.createProxyServer({});\nproxy.web(req, res, { target: "https://proxy.acme.io", headers: { "X-Hilt-Key": ${env} } });`, 'src/a.ts')).toHaveLength(1);
    expect(disclosed(`import proxy from "express-http-proxy";\napp.use("/x", proxy("https://proxy.acme.io", { proxyReqOptDecorator(options) { options.headers["X-Hilt-Key"] = ${env}; return options; } }));`, 'src/a.ts')).toHaveLength(1);
    expect(header(`export default defineEventHandler((event) => proxyRequest(event, "https://api.hilt.so/v1/products", { headers: { Authorization: \`Bearer \${${env}}\` } }));`, 'server/api/a.ts')).toHaveLength(1);
  });
});
