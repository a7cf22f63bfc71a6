import { describe, expect, it } from 'vitest';
import { foundIn } from '../support/findings.ts';

describe('what modules write to an object that another one exports', () => {
  const config = 'export const config = { port: 1, hilt: { key: undefined } }; // hilt\n';
  const show = 'import { config } from "./config"; // hilt\n';
  const disclosed = (files: Readonly<Record<string, string>>): string[] => foundIn('no-key-disclosure', files);

  it('is seen where the object is read', () => expect(disclosed({ 'src/b.ts': `${show}console.log(config);\nconsole.log(config.port);`, 'src/config.ts': config, 'src/a.ts': 'import { config } from "./config";\nconfig.hiltKey = process.env.HILT_API_KEY;' })).toEqual(['2: config']));
  it('is seen in an object inside it', () => expect(disclosed({ 'src/b.ts': `${show}console.log(config.port);\nconsole.log(config.hilt.key);`, 'src/config.ts': config, 'src/a.ts': 'import { config } from "./config";\nconfig.hilt.key = process.env.HILT_API_KEY;' })).toEqual(['3: config.hilt.key']));
  it('is seen through re-exports and CommonJS', () => {
    expect(disclosed({ 'src/b.ts': 'import { config } from "./index"; // hilt\nconsole.log(config.hiltKey);', 'src/index.ts': 'export { config } from "./config"; // hilt', 'src/config.ts': config, 'src/a.ts': 'import { config } from "./index";\nconfig.hiltKey = process.env.HILT_API_KEY;' })).toEqual(['2: config.hiltKey']);
    expect(disclosed({ 'src/b.js': 'const config = require("./config"); // hilt\nconsole.log(config.hiltKey);', 'src/config.js': 'module.exports = { port: 1 }; // hilt', 'src/a.js': 'const config = require("./config");\nconfig.hiltKey = process.env.HILT_API_KEY;' })).toEqual(['2: config.hiltKey']);
  });
  it('takes nothing away', () => expect(disclosed({ 'src/b.ts': `${show}console.log(config.key);`, 'src/config.ts': 'export const config = { key: process.env.HILT_API_KEY };', 'test/a.test.ts': 'import { config } from "../src/config"; // hilt\nconfig.key = "test-key";' })).toEqual(['2: config.key']));
  it('fills what a generated client asks with', () => {
    const generated = { 'src/core.ts': 'export const OpenAPI = { BASE: "https://api.hilt.so", TOKEN: undefined };\nexport const request = (path: string) => fetch(OpenAPI.BASE + path, { headers: { Authorization: `Bearer ${OpenAPI.TOKEN}` } });' };
    const main = (token: string): string => `import { OpenAPI, request } from "./core"; // hilt\nOpenAPI.TOKEN = process.env.${token};\nexport const list = () => request("/v1/products");`;
    expect(foundIn('require-key-header', { ...generated, 'src/main.ts': main('HILT_API_KEY') })).toHaveLength(1);
    expect(foundIn('require-key-header', { ...generated, 'src/main.ts': main('SHOP_TOKEN') })).toEqual([]);
  });
});
