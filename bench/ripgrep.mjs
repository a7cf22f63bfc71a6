import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The ripgrep that comes with the development dependencies. Throws where its binary is missing. */
export function rgPath() {
  const { rgPath: found } = createRequire(import.meta.url)('@vscode/ripgrep');
  if (!existsSync(found)) throw new Error(`The binary of ripgrep is missing at ${found}: run \`npm ci\`.`);
  return found;
}
