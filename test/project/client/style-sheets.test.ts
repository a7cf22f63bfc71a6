import { describe, expect, it } from 'vitest';
import { clientFindings as found } from '../../support/client-findings.ts';
import { makeKey } from '../../support/keys.ts';

const vite = { 'package.json': '{"devDependencies":{"vite":"8.3.8"}}', 'index.html': '<script type="module" src="/src/main.ts"></script>' };
const rule = `.pay::after { content: '${makeKey('live', 'style')}'; }`;
const comment = `/* ${makeKey('live', 'comment')} */`;

describe('a key in a style sheet', () => {
  it.each([
    ['that code imports', { 'src/main.ts': "import './pay.css';", 'src/pay.css': rule }, 'src/pay.css:1 value'],
    ['that is a module of CSS', { 'src/main.ts': "import names from './pay.module.css';\ndocument.body.className = names.pay;", 'src/pay.module.css': rule }, 'src/pay.module.css:1 value'],
    ['that another one imports', { 'src/main.ts': "import './app.css';", 'src/app.css': "@import 'pay.css';", 'src/pay.css': rule }, 'src/pay.css:1 value'],
    ['that another one imports over a third', { 'src/main.ts': "import './app.css';", 'src/app.css': '@import url("./all.css");', 'src/all.css': "@import './pay.css' layer(shop);", 'src/pay.css': rule }, 'src/pay.css:1 value'],
    ['that a sheet of Sass uses', { 'src/main.ts': "import './app.scss';", 'src/app.scss': "@use 'pay';", 'src/_pay.scss': rule }, 'src/_pay.scss:1 value'],
    ['that a class is composed from', { 'src/main.ts': "import './app.module.css';", 'src/app.module.css': ".a { composes: pay from './pay.module.css'; }", 'src/pay.module.css': rule }, 'src/pay.module.css:1 value'],
    ['that a page links', { 'index.html': '<link rel="stylesheet" href="/src/pay.css">', 'src/pay.css': rule }, 'src/pay.css:1 value'],
    ['that the style of a component imports', { 'src/main.ts': "import './App.vue';", 'src/App.vue': "<template><b /></template>\n<style>@import './pay.css';</style>", 'src/pay.css': rule }, 'src/pay.css:1 value'],
    ['in a component', { 'src/main.ts': "import './App.vue';", 'src/App.vue': `<template><b /></template>\n<style>${rule}</style>` }, 'src/App.vue:2 value'],
    ['in a page', { 'index.html': `<style>${rule}</style>` }, 'index.html:1 value'],
  ])('ships: %s', (_, files, finding) => expect(found({ ...vite, 'src/main.ts': 'export {};', ...files })).toEqual([finding]));

  it.each([
    ['that nothing imports', { 'src/pay.css': rule }],
    ['that only a comment imports', { 'src/main.ts': "import './app.css';", 'src/app.css': "/* @import './pay.css'; */", 'src/pay.css': rule }],
    ['that a test imports', { 'src/app.test.ts': "import './pay.css';", 'src/pay.css': rule }],
    ['in a comment, which the build leaves out', { 'src/main.ts': "import './pay.css';", 'src/pay.css': comment }],
    ['in a comment of Sass', { 'src/main.ts': "import './pay.scss';", 'src/pay.scss': `// ${makeKey('live', 'line')}\n.pay { color: red; }` }],
    ['that a page names without taking it', { 'index.html': '<a href="/src/pay.css">', 'src/pay.css': rule }],
  ])('does not ship: %s', (_, files) => expect(found({ ...vite, 'src/main.ts': 'export {};', ...files })).toEqual([]));

  it('may ship in a comment that is kept', () => {
    expect(found({ ...vite, 'src/main.ts': "import './pay.css';", 'src/pay.css': comment.replace('/*', '/*!') })).toEqual(['src/pay.css:1 value?']);
  });
});
