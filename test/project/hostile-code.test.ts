import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { findSuppressions } from '../../src/engine/suppression.ts';
import { indexLines } from '../../src/engine/line-index.ts';
import { defaultKeyOptions } from '../../src/hilt/key-options.ts';
import { linkProject } from '../../src/project/link.ts';
import { summarise } from '../../src/syntax/summarise.ts';
import { foundIn } from '../support/findings.ts';
import { growth, linear } from '../support/growth.ts';
import { makeKey } from '../support/keys.ts';

const live = makeKey('live', 'hostile-code');
const body = live.slice('hk_live_'.length);
const request = 'fetch("https://api.hilt.so/v1/" + last, { headers: { "X-Hilt-Key": last } })';

/** One text for each number below `count`. */
function each(count: number, write: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => write(index)).join(separator);
}

/** What all rules say of one file that is a project of its own. */
function judge(text: string, file = 'src/hilt.ts'): void {
  const { summary } = summarise(file, text, defaultKeyOptions);
  const project = linkProject([summary], defaultKeyOptions);
  for (const rule of rules) for (const report of rule.check(summary, { project, options: {} })) expect(report.at[0]).toBeGreaterThanOrEqual(0);
}

describe('values that share what they are made of end', () => {
  it.each<[name: string, text: string]>([
    ['a text that is doubled at every step', `export function f(p) { const v0 = p; ${each(200, (i) => `const v${i + 1} = v${i} + v${i};`)} const last = v200; return ${request}; }`],
    ['a list that holds the one before twice', `export function f(p) { const v0 = [p]; ${each(200, (i) => `const v${i + 1} = [v${i}, v${i}];`)} const last = v200; return ${request}; }`],
    ['a choice between what was and more of it', `export function f(p) { const v0 = p; ${each(200, (i) => `const v${i + 1} = p ? v${i} : v${i} + "x";`)} const last = v200; return ${request}; }`],
    ['a text that grows where conditions hold', `export function f(p) { let last = "hk_" + "live_"; ${each(16, (i) => `if (p.a${i}) last += p.b${i};`)} return ${request}; }`],
    ['the same among the names of the module', `const v0 = process.env.HILT_API_KEY; ${each(200, (i) => `const v${i + 1} = globalThis.x ? v${i} : v${i} + "x";`)} const last = v200; ${request};`],
    ['variables that write each other in a loop', `export function last(x) { let ${each(30, (i) => `a${i} = 0`, ', ')}; while (x) { ${each(30, (i) => `a${i} = a${(i + 7) % 30} + a${(i * 3 + 1) % 30}; if (a${i}) a${(i * 5 + 2) % 30} = a${i} + a${(i + 11) % 30};`)} } return a3 + "hk_" + "live_"; }`],
    ['a chain of fifty thousand names', `export function f(p) { const v0 = p; ${each(50_000, (i) => `const v${i + 1} = v${i} + "a";`)} const last = v50000; return ${request}; }`],
  ])('%s', (_name, text) => judge(text));

  it('and what a few lines put together is still found', () => {
    const halves = `const half = '${body.slice(0, 8)}';\n  let key = 'hk_live_' + half;\n  if (flag) key += '${body.slice(8)}';`;
    expect(foundIn('no-hardcoded-key', { 'src/a.ts': `export function f(flag) {\n  ${halves}\n  return key;\n}\n` })).toEqual([`4: key += '${body.slice(8)}'`]);
  });
});

describe('Python is stepped through', () => {
  it('past a try, to the key behind it', () => {
    const text = `def f(codes):\n    try:\n        first = chr(104)\n    except ValueError as error:\n        first = "x"\n    else:\n        pass\n    finally:\n        done = True\n    return first + "k_live_" + "${body}"\n`;
    expect(foundIn('no-hardcoded-key', { 'hilt.py': text })).toHaveLength(1);
  });
  it('and not for ever in a loop', () => judge(`# hilt.so\nfor code in codes:\n    out += chr(code)\n`, 'hilt.py'));
});

describe('names that every object of JavaScript has', () => {
  it.each<[file: string, text: string]>([
    ['hilt.py', '# hilt.so\nfrom constructor import toString\ndfa.toString(a).constructor(toString())\nconstructor(valueOf(x))\n'],
    ['hilt.ts', '// hilt.so\nimport run from "constructor";\nrun("a");\nconstructor(process.env.constructor, toString.constructor(hasOwnProperty));\n'],
    ['run', '#!/usr/bin/env constructor\n# hilt.so\n'],
    ['page.html', '<!-- hilt.so --><p>&constructor;&toString;</p>'],
    ['run.sh', 'constructor -H "X-Hilt-Key: $HILT_API_KEY" https://api.hilt.so/v1/products\n'],
  ])('mean nothing in %s', (file, text) => judge(text, file));
});

describe('code that is nested deeper than the stack goes', () => {
  it.each<[file: string, text: string]>([
    ['loops.ts', `let s = ""; ${'for (const a of ["x","y"]) '.repeat(3000)} s += a; f(s + "hk_" + "live_");`],
    ['indexes.ts', `// hilt.so\nexport const a = x${'[0]'.repeat(10_000)};`],
    ['branches.py', `# hilt.so\ndef f(x):\n    if x: pass\n${each(5000, (i) => `    elif x == ${i}: y = "${i}"`)}\n`],
  ])('is searched as text: %s', (file, text) => {
    judge(text, file);
    expect(foundIn('no-hardcoded-key', { [file]: `${text}\n# ${live}\n` })).toHaveLength(1);
  });
});

describe('large files take time in proportion to their length', () => {
  it.each<[name: string, file: string, make: (size: number) => string]>([
    ['functions of Python that call each other', 'a.py', (size) => `# hilt.so\n${each(size, (i) => `def f${i}(a):\n    return f${i + 1}(a + "x") + f${i + 2}(a)`)}\nf0("hk_" + "live_")\n`],
    ['methods of a class', 'a.py', (size) => `# hilt.so\nclass A:\n${each(size, (i) => `    def m${i}(self):\n        return self.m${(i + 1) % size}()`)}\nA().m0()\n`],
    ['what is put into an object', 'a.ts', (size) => `const h = {}; ${each(size, (i) => `h.a.b.c${i % 50}.d${i} = "b";`)}\nfetch("https://api.hilt.so/v1/products", { headers: h });`],
  ])('%s', (_name, file, make) => expect(growth(2000, make, (text) => judge(text, file))).toBeLessThan(linear));
});

describe('comments that suppress', () => {
  it('are read in proportion to their number, however many stand above each other', () => {
    const make = (size: number): string => '// hilt-guard-ignore-next-line no-hardcoded-key -- because\n'.repeat(size);
    const read = (text: string): void => {
      findSuppressions(summarise('a.yaml', text.replaceAll('//', '#'), defaultKeyOptions).summary, text.replaceAll('//', '#'), indexLines(text.replaceAll('//', '#')));
    };
    expect(growth(12_000, make, read)).toBeLessThan(linear);
  });
});

describe('where steps end', () => {
  const plain = 'export const plain = "https://api.hilt.so/v1/products";\nfetch(plain, { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });\n';
  const endless = `const v0 = process.env.HILT_API_KEY; ${each(400, (i) => `const v${i + 1} = v${i};`)} const last = v400; ${request};`;

  /** The files that notices name, after all rules have judged the first one. */
  function namedAfterJudgingFirst(files: Readonly<Record<string, string>>): readonly string[] {
    const modules = Object.entries(files).map(([file, text]) => summarise(file, text, defaultKeyOptions).summary);
    const project = linkProject(modules, defaultKeyOptions);
    for (const rule of rules) {
      project.evaluator.renewBudget(modules[0]?.file ?? '');
      for (const report of rule.check(modules[0] as (typeof modules)[0], { project, options: {} })) expect(report.at[0]).toBeGreaterThanOrEqual(0);
    }
    return project.evaluator.takeExhausted();
  }

  it('names the module that is not followed to its end, not the one that was judged when a pass over all came to it', () => {
    expect(namedAfterJudgingFirst({ 'src/a.ts': plain, 'src/z.ts': endless })).toEqual(['src/z.ts']);
  });
  it('names nothing where all is followed', () => {
    expect(namedAfterJudgingFirst({ 'src/a.ts': plain, 'src/z.ts': plain })).toEqual([]);
  });
});
