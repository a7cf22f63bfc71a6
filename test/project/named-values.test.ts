import { describe, expect, it } from 'vitest';
import { foundIn } from '../support/findings.ts';
import { randomText } from '../support/keys.ts';

const random = randomText('named', 32);
const inFile = (text: string, file = 'src/env.ts'): string[] => foundIn('no-hardcoded-key', { [file]: text });

describe('a name that stands for a key has a value', () => {
  const found = [`3: "${random}"`];
  const zod = (field: string): string => `import { z } from "zod";\n// hilt.so\nexport const env = z.object({ ${field} }).parse(process.env);`;

  it('by the default of its schema', () => {
    expect(inFile(zod(`HILT_API_KEY: z.string().min(1).default("${random}")`))).toEqual(found);
    expect(inFile(zod(`HILT_API_KEY: z.string().default("${random}").optional()`))).toEqual(found);
    expect(inFile(`import * as v from "valibot";\n// hilt.so\nexport const env = v.parse(v.object({ HILT_API_KEY: v.optional(v.string(), "${random}") }), process.env);`)).toEqual(found);
    expect(inFile(`import { cleanEnv, str } from "envalid";\n// hilt.so\nexport const env = cleanEnv(process.env, { HILT_API_KEY: str({ devDefault: "${random}" }) });`)).toEqual(found);
  });
  it('not by a default of another variable, nor by what a schema says of it', () => {
    expect(inFile(zod(`HILT_API_KEY: z.string().min(20), SHOP_ID: z.string().default("${random}")`))).toEqual([]);
    expect(inFile(zod('HILT_API_KEY: z.string().default("")'))).toEqual([]);
    expect(inFile(zod(`HILT_API_KEY: z.string().describe("${random}")`))).toEqual([]);
  });
  it('by a call that is given both', () => {
    expect(inFile(`// hilt.so\nimport { vi } from "vitest";\nvi.stubEnv("HILT_API_KEY", "${random}");`)).toEqual(found);
    expect(inFile(`import os\n# hilt.so\nos.environ.setdefault("HILT_API_KEY", "${random}")`, 'app/env.py')).toEqual(found);
  });
  it('not by a call that is given another name, or a placeholder', () => {
    expect(inFile(`// hilt.so\nimport { vi } from "vitest";\nvi.stubEnv("HILT_KEY_ID", "${random}");\nvi.stubEnv("HILT_API_KEY", "test-key");`)).toEqual([]);
  });
  it('by a field of a class', () => {
    expect(inFile(`// hilt.so\nclass Settings {\n  static HILT_API_KEY = "${random}";\n}`)).toEqual(found);
    expect(inFile(`from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):  # hilt.so\n    HILT_API_KEY: str = "${random}"`, 'app/env.py')).toEqual(found);
  });
  it('not by a field of another name', () => expect(inFile(`// hilt.so\nclass Settings {\n  static SHOP_KEY = "${random}";\n}`)).toEqual([]));
  it('in Terraform, which writes names in small letters', () => {
    expect(inFile(`# hilt.so\nvariable "hilt_api_key" {\n  default = "${random}"\n}`, 'infra/main.tf')).toEqual([`3: ${random}`]);
    expect(inFile(`# hilt.so\n\nhilt_api_key = "${random}"`, 'infra/prod.tfvars')).toEqual([`3: ${random}`]);
    expect(inFile(`# hilt.so\nvariable "shop_id" {\n  default = "${random}"\n}`, 'infra/main.tf')).toEqual([]);
  });
});

describe('a signing secret', () => {
  const verify = (secret: string): string[] => inFile(`import { verifyWebhookSignature } from "@hiltpay/sdk";\nverifyWebhookSignature(body, signature, "${secret}");`);
  it('is any text', () => expect(verify('my-own-signing-phrase-2291')).toEqual(['2: "my-own-signing-phrase-2291"']));
  it('is no name for itself, and none for tests', () => expect([...verify('my-webhook-secret'), ...verify('whsec_test_secret_value')]).toEqual([]));
});
