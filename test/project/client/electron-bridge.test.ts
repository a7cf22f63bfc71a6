import { describe, expect, it } from 'vitest';
import { clientFindings as found, requestWith } from '../../support/client-findings.ts';

const app = {
  'package.json': '{"main":"main.js","devDependencies":{"electron":"30"}}',
  'main.js': "const { BrowserWindow } = require('electron');\nnew BrowserWindow({ webPreferences: { preload: 'preload.js' } }).loadFile('index.html');",
  'index.html': '<script src="renderer.js"></script>',
};
const preload = (api: string): Record<string, string> => ({ ...app, 'preload.js': `const { contextBridge, ipcRenderer } = require('electron');\ncontextBridge.exposeInMainWorld('shop', ${api});` });
const main = (statement: string): string => `const { ipcMain } = require('electron');\n${statement}`;

describe('what a program of Electron gives its window is one finding, where it is given', () => {
  it('by the bridge', () => expect(found({ ...preload('{ key: process.env.HILT_API_KEY }'), 'renderer.js': requestWith('window.shop.key') })).toEqual(['preload.js:2 value']));
  it('by a function of the bridge', () => expect(found({ ...preload('{ getKey: () => process.env.HILT_API_KEY }'), 'renderer.js': requestWith('shop.getKey()') })).toEqual(['preload.js:2 value']));
  it('by the answer to a call', () => expect(found({
    ...preload("{ getKey: () => ipcRenderer.invoke('key') }"), 'main.js': main("ipcMain.handle('key', async () => process.env.HILT_API_KEY);"), 'renderer.js': `window.shop.getKey().then((key) => ${requestWith('key')});`,
  })).toEqual(['main.js:2 value']));
  it('by a message', () => expect(found({ ...app, 'main.js': main("window.webContents.send('settings', { key: process.env.HILT_API_KEY });"), 'renderer.js': '' })).toEqual(['main.js:2 value']));

  it('by a program that it runs there, or the address of its page', () => expect(found({ ...app, 'main.js': "const w = new BrowserWindow();\nw.loadFile('index.html', { query: { key: process.env.HILT_API_KEY } });\nw.webContents.executeJavaScript(`window.key = '${process.env.HILT_API_KEY}'`);\nw.loadFile('index.html', { query: { live: process.env.HILT_API_KEY ? '1' : '0' } });", 'renderer.js': '' })).toEqual(['main.js:2 value', 'main.js:3 value']));

  it('is none where the program sends it to Hilt itself, or says whether it is there', () => expect(found({
    ...preload(`{ pay: () => ${requestWith('process.env.HILT_API_KEY')}, live: Boolean(process.env.HILT_API_KEY) }`),
    'main.js': main(`ipcMain.handle('pay', async () => { const answer = await ${requestWith('process.env.HILT_API_KEY')}; return answer.json(); });`), 'renderer.js': 'window.shop.pay();',
  })).toEqual([]));
  it('is found at the slot where nobody knows what is given', () => expect(found({ ...preload('{ settings: JSON.parse(readFileSync("settings.json")) }'), 'renderer.js': requestWith('window.shop.settings.key') })).toEqual(['renderer.js:1 code']));
  it('is found at the slot where something else is given', () => expect(found({ ...preload('{ key: process.env.HILT_API_KEY }'), 'renderer.js': requestWith('window.shop.other') })).toEqual(['preload.js:2 value', 'renderer.js:1 code']));
});
