import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const inFile = (text: string, file = 'src/a.ts'): string[] => foundIn('no-key-disclosure', { [file]: text });

describe('a checked environment', () => {
  it('holds the key that its schema names', () => {
    expect(inFile('import { z } from "zod";\nconst env = z.object({ HILT_API_KEY: z.string(), PORT: z.string() }).parse(process.env);\nconsole.log(env);\nconsole.log(env.PORT, Object.keys(env));')).toEqual(['3: env']);
    expect(inFile('import * as v from "valibot";\nconst env = v.parse(v.object({ HILT_API_KEY: v.string() }), process.env);\nconsole.log(env);')).toEqual(['3: env']);
    expect(inFile('import { cleanEnv, str } from "envalid";\nconst env = cleanEnv(process.env, { HILT_API_KEY: str() });\nconsole.log(env);')).toEqual(['3: env']);
  });
  it('holds none where the schema names none', () => expect(inFile('import { z } from "zod";\n// hilt\nconst env = z.object({ PORT: z.string() }).parse(process.env);\nconsole.log(env);')).toEqual([]));
  it('is behind data of safeParse', () => {
    expect(inFile('import { z } from "zod";\nconst parsed = z.object({ HILT_API_KEY: z.string() }).safeParse(process.env);\nconsole.log(parsed.data.HILT_API_KEY);\nconsole.log(parsed.data);\nconsole.log(parsed.success, parsed.error);')).toEqual(['3: parsed.data.HILT_API_KEY', '4: parsed.data']);
  });
  it('is no answer that is checked', () => expect(inFile('import { z } from "zod";\nconst body = z.object({ HILT_API_KEY: z.boolean() }).parse(await response.json());\nconsole.log(body);')).toEqual([]));
});

describe('other ways to settings', () => {
  it('dotenv', () => expect(inFile('import dotenv from "dotenv";\nconst { parsed } = dotenv.config();\nconsole.log(parsed.HILT_API_KEY);\nconsole.log(parsed.PORT);')).toEqual(['3: parsed.HILT_API_KEY']));
  it('env-var', () => expect(inFile('import env from "env-var";\nconst key = env.get("HILT_API_KEY").required().asString();\nconsole.log(key);\nconsole.log(env.get("PORT").asPortNumber());')).toEqual(['3: key']));
  it('the runtime configuration of Nuxt', () => {
    expect(inFile('export default defineEventHandler((event) => {\n  const config = useRuntimeConfig(event);\n  console.log(config.hiltApiKey);\n  console.log(config.hiltApiUrl, Boolean(config.hiltApiKey));\n});', 'server/api/a.ts')).toEqual(['3: config.hiltApiKey']);
  });
  it('an environment without the key', () => {
    expect(inFile('const { HILT_API_KEY, ...rest } = process.env;\nconsole.log(rest);')).toEqual([]);
    expect(inFile('// hilt\nconst { NODE_ENV, ...rest } = process.env;\nconsole.log(rest);')).toEqual(['3: rest']);
  });
});

describe('a template of the repository', () => {
  const route = 'import express from "express";\nexpress().get("/", (req, res) => { res.render("pay", { key: process.env.HILT_API_KEY }); });';
  it('is told by no-client-key, which knows what it shows', () => expect(foundIn('no-key-disclosure', { 'server.js': route, 'views/pay.ejs': '<%= title %>' })).toEqual([]));
  it('that is not there is a response', () => expect(foundIn('no-key-disclosure', { 'server.js': route })).toEqual(['2: process.env.HILT_API_KEY']));
});
