import { describe, expect, it } from 'vitest';
import { clientFindings } from '../../support/client-findings.ts';
import { makeKey } from '../../support/keys.ts';

const vite = { 'package.json': '{"devDependencies":{"vite":"7.3.8"}}', 'index.html': '<script type="module" src="/src/main.js"></script>' };
const catalogue = Array.from({ length: 9000 }, (_, index) => `export const text${index} = 'a generated text';\n`).join('');
const request = (value: string): string => `export const call = () => fetch('https://api.hilt.so/v1/products', { headers: { 'X-Hilt-Key': ${value} } });\n`;

describe('a module that is too large to be parsed', () => {
  it('may hold what it reads', () => {
    const files = { ...vite, 'src/main.js': `import './generated.js';\n`, 'src/generated.js': catalogue + request('import.meta.env.VITE_HILT_API_KEY') };
    expect(clientFindings(files)).toEqual(['src/generated.js:9001 value?']);
  });

  it('may read what the build does not put there', () => {
    const files = { ...vite, 'src/main.js': `import './generated.js';\n`, 'src/generated.js': catalogue + request('process.env.HILT_API_KEY') };
    expect(clientFindings(files)).toEqual(['src/generated.js:9001 code?']);
  });

  it('reads nothing in its comments', () => {
    const files = { ...vite, 'src/main.js': `import './generated.js';\n`, 'src/generated.js': `${catalogue}// fetch of hilt.so: process.env.HILT_API_KEY\n` };
    expect(clientFindings(files)).toEqual([]);
  });

  it('is no matter where no client takes it', () => {
    const files = { ...vite, 'src/main.js': 'export {};\n', 'server/generated.js': catalogue + request('process.env.HILT_API_KEY') };
    expect(clientFindings(files)).toEqual([]);
  });

  it('stays on the server where it says so', () => {
    const next = (directive: string) => clientFindings({ 'package.json': '{"dependencies":{"next":"16"}}', 'app/page.jsx': `'use client';\nimport { call } from './actions';\nexport default () => <form action={call} />;\n`, 'app/actions.js': `${directive}\n${catalogue}${request('process.env.HILT_API_KEY')}` });
    expect(next(`'use server';`)).toEqual([]);
    expect(next('')).toEqual(['app/actions.js:9002 code?']);
  });

  it('may use a key that stands in it, and what it imports', () => {
    const held = { ...vite, 'src/main.js': `import { text1 } from './generated.js';\nconsole.log(text1);\n`, 'src/generated.js': `${catalogue}export const key = '${makeKey('live', 'large')}';\n` };
    expect(clientFindings(held)).toEqual(['src/generated.js:9001 value?']);
    const imported = { ...vite, 'src/main.js': `import './generated.js';\n`, 'src/generated.js': `import { call } from './pay.js';\ncall();\n${catalogue}`, 'src/pay.js': request('import.meta.env.VITE_HILT_KEY') };
    expect(clientFindings(imported)).toEqual(['src/pay.js:1 value?']);
  });

  it('is what it is where it is served as it stands', () => {
    const files = { 'package.json': '{}', 'index.html': '<script src="/generated.js"></script>', 'generated.js': `${catalogue.replaceAll('export ', '')}const key = '${makeKey('live', 'served')}';\n` };
    expect(clientFindings(files)).toEqual(['generated.js:9001 value']);
  });
});
