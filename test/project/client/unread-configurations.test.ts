import { describe, expect, it } from 'vitest';
import { clientFindings, requestWith } from '../../support/client-findings.ts';

const vite = { 'package.json': '{"devDependencies":{"vite":"7.3.8"}}', 'index.html': '<script type="module" src="/src/main.js"></script>' };
const next = (config: string, read: string) => clientFindings({ 'package.json': '{"dependencies":{"next":"16"}}', 'next.config.js': config, 'app/page.jsx': `'use client';\nexport default () => <a onClick={() => ${requestWith(read)}}>x</a>;\n` });

describe('a configuration with syntax errors', () => {
  it('may inject what client code reads', () => {
    const files = { ...vite, 'src/main.js': requestWith('process.env.HILT_API_KEY') };
    expect(clientFindings({ ...files, 'vite.config.js': 'export default { define: ' })).toEqual(['src/main.js:1 value?']);
    expect(clientFindings({ ...files, 'vite.config.js': 'export default { plugins: [] }' })).toEqual(['src/main.js:1 code']);
  });

  it('may open other prefixes where a configuration can', () => {
    const files = { ...vite, 'src/main.js': requestWith('import.meta.env.VITE_HILT_KEY') };
    expect(clientFindings({ ...files, 'vite.config.js': 'export default { envPrefix: ' })).toEqual(['src/main.js:1 value?']);
    expect(clientFindings({ ...files, 'vite.config.js': 'export default { envPrefix: prefixes() }' })).toEqual(['src/main.js:1 value?']);
    expect(clientFindings({ ...files, 'vite.config.js': 'export default {}' })).toEqual(['src/main.js:1 value']);
    expect(next('module.exports = { env: ', 'process.env.NEXT_PUBLIC_HILT_KEY')).toEqual(['app/page.jsx:2 value']);
  });

  it('may say what it seems to say', () => {
    expect(next('module.exports = { env: { HILT_API_KEY: process.env.HILT_API_KEY };', 'process.env.HILT_API_KEY')).toEqual(['app/page.jsx:2 value?', 'next.config.js:1 value?']);
    expect(next('module.exports = { env: { HILT_API_KEY: process.env. };', 'process.env.HILT_API_KEY')).toEqual(['app/page.jsx:2 value?', 'next.config.js:1 value?']);
  });

  it('says nothing where no client code reads a key', () => {
    expect(clientFindings({ ...vite, 'vite.config.js': 'export default { define: ', 'src/main.js': 'fetch("/api/hilt")', 'server.js': requestWith('process.env.HILT_API_KEY') })).toEqual([]);
  });
});
