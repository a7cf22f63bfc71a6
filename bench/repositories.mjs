// The generated repositories that are measured.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Calls `use` with an empty repository, which is removed afterwards. */
export function withRepository(use) {
  const root = mkdtempSync(join(tmpdir(), 'hilt-guard-bench-'));
  const git = (...args) => execFileSync('git', ['-C', root, '-c', 'gc.auto=0', '-c', 'maintenance.auto=false', '-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const write = (path, content) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  try {
    git('init', '-q');
    return use({ root, git, write });
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `count` committed files of an ordinary application: modules, components, JSON and prose, 4 kB on average, none of which mentions Hilt. */
export function writeApplication({ write, git }, count) {
  write('package.json', JSON.stringify({ name: 'generated', dependencies: { express: '^5.0.0' } }, undefined, 2));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext' } }, undefined, 2));
  for (let i = 0; i < count - 2; i++) write(`src/part${Math.floor(i / 50)}/${nameOf(i)}`, contentOf(i, count));
  git('add', '-A');
  git('commit', '-q', '-m', 'Generate');
}

function nameOf(i) {
  return i % 10 === 8 ? `data${i}.json` : i % 10 === 9 ? `page${i}.md` : i % 10 === 7 ? `view${i}.tsx` : `module${i}.ts`;
}

function contentOf(i, count) {
  if (i % 10 === 8) return JSON.stringify(Array.from({ length: 30 }, (_, k) => ({ id: i * 100 + k, label: `Item ${k} of list ${i}`, active: k % 3 === 0 })), undefined, 2);
  if (i % 10 === 9) return `# Page ${i}\n\n${'Some words of prose that explain what a part of this shop does, and why it does it so.\n'.repeat(40)}`;
  const target = ((i * 7 + 13) % Math.max(1, Math.floor(count / 10))) * 10;
  return `import { work0 as other } from '../part${Math.floor(target / 50)}/module${target}.js';\n${functions(24)}export const first = other(${i});\n`;
}

function functions(count) {
  return Array.from({ length: count }, (_, k) => `export function work${k}(amount: number, name = 'order'): string {\n  // Adds a number to the name, in a way.\n  const total = amount * ${k + 2} + name.length;\n  return \`\${name}: \${total}\`;\n}\n`).join('');
}

/**
 * A Next application of `count` modules, 5 kB each, with pages, components of the client and handlers; one in twenty modules uses a Hilt client.
 * Gives the path of such a module.
 */
export function writeNextApplication({ write, git }, count) {
  const folderOf = (i) => `lib/part${i % 20}/module${i}`;
  write('package.json', JSON.stringify({ name: 'generated', dependencies: { next: '16.0.0', react: '19.0.0', '@hiltpay/sdk': '1.0.0' } }, undefined, 2));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@/*': ['./*'] }, jsx: 'preserve', module: 'esnext', moduleResolution: 'bundler' } }, undefined, 2));
  write('lib/hilt.ts', "import 'server-only';\nimport { HiltClient } from '@hiltpay/sdk';\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n");
  for (let i = 0; i < count; i++) {
    const others = [1, 2, 3].map((k) => (i * 7 + k * 13) % count);
    const imports = others.map((target, k) => `import { work${k} as other${k} } from '@/${folderOf(target)}';\n`).join('');
    const use = "import { hilt } from '@/lib/hilt';\nexport const load = async (id: string) => hilt.payments.get(id);\n";
    write(`${folderOf(i)}.ts`, `${imports}${i % 20 === 0 ? use : ''}${functions(20)}export const first = other0(${i}) + other1(1) + other2(2);\n`);
  }
  for (let i = 0; i < count / 20; i++) {
    write(`app/page${i}/page.tsx`, `import { Form } from '@/components/form${i}';\nimport { work1 } from '@/${folderOf(i)}';\nexport default function Page() { return <Form title={work1(2, 'x')} />; }\n`);
    write(`components/form${i}.tsx`, `'use client';\nimport { useState } from 'react';\nexport function Form({ title }: { title: string }) { const [count, set] = useState(0); return <button onClick={() => set(count + 1)}>{title}{count}</button>; }\n`);
    write(`app/api/pay${i}/route.ts`, "import { hilt } from '@/lib/hilt';\nexport async function POST(request: Request) { const { id } = await request.json(); return Response.json(await hilt.payments.get(id)); }\n");
  }
  git('add', '-A');
  git('commit', '-q', '-m', 'Generate');
  return `${folderOf(0)}.ts`;
}

/** 370 lines of TypeScript with imports from the repository; `mention`: it uses a Hilt client as it should. */
export function longModule({ mention }) {
  const head = [
    "import express from 'express';",
    "import { work1 } from './part0/module0.js';",
    "import { work2 } from './part0/module1.js';",
    "import { work3 } from './part1/module50.js';",
    ...(mention ? ["import { HiltClient } from '@hiltpay/sdk';", 'const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });', "export const load = (id: string) => hilt.payments.get(id);"] : ['export const load = (id: string) => work1(1, id) + work2(2, id) + work3(3, id);']),
    'export const app = express();',
  ];
  const body = Array.from({ length: 72 }, (_, k) => `app.get('/orders/${k}/:id', async (request, response) => {\n  const order = await load(request.params.id);\n  const label = \`Order \${request.params.id} of list ${k}\`;\n  response.json({ order, label, paid: label.length > ${k} });\n});`);
  return `${[...head, ...body].join('\n')}\n`;
}

/** Lines of prose, `megabytes` of them, written piece by piece. */
export function writeHugeFile({ root }, path, megabytes) {
  const descriptor = openSync(join(root, path), 'w');
  const line = 'A line of a log that a program has written: request 4711 took 12 ms and gave 200.\n';
  const piece = Buffer.from(line.repeat(Math.floor((1 << 20) / line.length)));
  for (let i = 0; i < megabytes; i++) writeSync(descriptor, piece);
  closeSync(descriptor);
}

/** One line of minified JavaScript with a key in the middle. */
export function minifiedLine(megabytes) {
  const call = 'e.push((function(t,n){return t.a+n.b*2})({a:1},{b:2}));';
  const half = call.repeat(Math.floor((megabytes << 19) / call.length));
  return `var e=[];${half}e.push("${makeKey()}");${half}\n`;
}

/** A module of a little less than `bytes` that uses a Hilt client. */
export function largeModule(bytes) {
  const head = "import { HiltClient } from '@hiltpay/sdk';\nexport const hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\n";
  const part = functions(1).replace('work0', 'work_');
  let text = head;
  for (let k = 0; text.length + part.length + 12 < bytes; k++) text += part.replace('work_', `work${k}`);
  return text;
}

/** Made at run time, so that no file of ours looks as if it held one. */
export function makeKey() {
  return `${'hk_'}live_${randomBytes(32).toString('hex').slice(0, 32)}`;
}
