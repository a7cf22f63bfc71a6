import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
// @ts-expect-error -- a script without types
import { assemble } from '../scripts/assemble.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

it('what src/ runs is what assembly/ says', async () => {
  const made = (await assemble()) as Record<string, string>;
  expect(Object.keys(made).length).toBeGreaterThan(0);
  for (const [file, text] of Object.entries(made)) expect(text === readFileSync(join(root, file), 'utf8'), `${file}: npm run assemble`).toBe(true);
}, 60_000);
