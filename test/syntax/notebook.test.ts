import { describe, expect, it } from 'vitest';
import { findingsOf } from '../support/findings.ts';
import { makeKey, randomText } from '../support/keys.ts';

const live = makeKey('live', 'notebook');
const start = 'hk_' + 'live_';
const body = live.slice(start.length);
const random = randomText('notebook', 24);

interface Cell { readonly [field: string]: unknown }

function code(text: string, outputs: readonly object[] = []): Cell {
  return { cell_type: 'code', execution_count: 1, metadata: {}, outputs, source: text.split(/(?<=\n)/) };
}

function markdown(text: string): Cell {
  return { cell_type: 'markdown', metadata: {}, source: text.split(/(?<=\n)/) };
}

function notebook(cells: readonly Cell[], language = 'python'): string {
  return JSON.stringify({ cells, metadata: { kernelspec: { display_name: language, language, name: language } }, nbformat: 4, nbformat_minor: 5 }, null, 1);
}

/** As `line: text`, both of the file. */
function found(text: string, others: Readonly<Record<string, string>> = {}, rule = 'no-hardcoded-key'): string[] {
  return findingsOf(rule, { 'a.ipynb': text, ...others }).map((each) => `${each.file === 'a.ipynb' ? '' : `${each.file} `}${each.line}: ${each.text}`);
}

describe('a notebook', () => {
  it('is the program that its cells are, one after another', () => {
    expect(found(notebook([code(`head = "${start}"\n`), markdown('# On "quotes" \\n'), code(`if head:\n    key = head + "${body}"\n`)]))).toEqual([`26: head + \\"${body}\\"`]);
  });

  it('tells the lines that an expression goes over', () => {
    const text = notebook([code(`key = ("${start}"\n    "${body}")\n`)]);
    const [finding] = findingsOf('no-hardcoded-key', { 'a.ipynb': text });
    expect(finding?.line).toBe(9);
    expect(finding?.text).toBe(`\\"${start}\\"\\n",\n    "    \\"${body}\\"`);
  });

  it('may have its source in one text, and stand on one line', () => {
    expect(found(JSON.stringify({ cells: [{ cell_type: 'code', source: `head = '${start}'\nkey = head + '${body}'` }] }))).toEqual([`1: head + '${body}'`]);
  });

  it('is searched in its outputs and its documents', () => {
    const printed = { output_type: 'stream', name: 'stdout', text: [`${live}\n`] };
    const shown = { output_type: 'execute_result', data: { 'text/plain': [`'${live}'`] } };
    expect(found(notebook([code('key\n', [printed, shown]), markdown(`The key is ${live}.`)]))).toEqual([`12: ${live}`, `19: ${live}`, `32: ${live}`]);
  });

  it('fills slots, also in what it has the shell do', () => {
    expect(found(notebook([code(`from hilt_sdk import HiltClient\nhilt = HiltClient(api_key="${random}")\n`)]))).toEqual([`10: \\"${random}\\"`]);
    expect(found(notebook([code(`!curl -H "X-Hilt-Key: ${random}" https://api.hilt.so/v1/products\n`)]))).toEqual([`9: ${random}`]);
    expect(found(notebook([code(`%%bash\nKEY=${random}\ncurl -H "X-Hilt-Key: $KEY" https://api.hilt.so/v1/products\n`)]))).toEqual([`10: ${random}`]);
    expect(found(notebook([code(`%env HILT_API_KEY=${random}\nimport hilt_sdk\n`)]))).toEqual([`9: ${random}`]);
  });

  it('takes a piece from a module of the repository', () => {
    expect(found(notebook([code(`from config import HEAD\nkey = HEAD + "${body}"\n`)]), { 'config.py': `HEAD = "${start}"\n` })).toEqual([`10: HEAD + \\"${body}\\"`]);
  });

  it('may be in another language', () => {
    expect(found(notebook([code(`const head: string = '${start}';\nconst key = \`\${head}${body}\`;\n`)], 'typescript'))).toEqual([`10: \`\${head}${body}\``]);
    expect(found(notebook([code(`key <- paste0("${start}", "${body}")\n`)], 'R'))).toEqual([`9: \\"${start}\\", \\"${body}\\"`]);
  });

  it('is judged by the other rules too', () => {
    expect(found(notebook([code('import os\nkey = os.environ["HILT_API_KEY"]\nprint(key)\n')]), {}, 'no-key-disclosure')).toEqual(['11: key']);
  });

  it('is silent where the key is read, a placeholder, or of another product', () => {
    expect(found(notebook([code('%pip install hilt-sdk\n!ls\nimport os\nkey = os.environ["HILT_API_KEY"]\nhelp?\n')]))).toEqual([]);
    expect(found(notebook([code(`head = "${start}"\nexample = head + "replace_me_with_your_key"\n`), markdown(`\`${start}…\` or \`HILT_API_KEY\``)]))).toEqual([]);
    expect(found(notebook([code('!curl -H "X-Hilt-Key: $HILT_API_KEY" https://api.hilt.so/v1/products\n%env HILT_API_KEY={key}\n')]))).toEqual([]);
    expect(found(notebook([code(`checkout = "c${live}"\nhead = "${start}"\n`, [{ output_type: 'stream', text: [body] }])]))).toEqual([]);
  });

  it('that is no JSON is searched all the same', () => {
    expect(found(`<<<<<<< HEAD\n{"cells": [{"cell_type": "code", "source": ["key = \\"${live}\\"`)).toEqual([`2: ${live}`]);
  });
});
