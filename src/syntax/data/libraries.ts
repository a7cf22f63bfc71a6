import { createRequire } from 'node:module';

// A commit that holds only a dotenv file must not pay for a YAML parser: each library is loaded when its language first occurs.
const require = createRequire(import.meta.url);

export function loadJsonc(): typeof import('jsonc-parser') {
  return require('jsonc-parser') as typeof import('jsonc-parser');
}

export function loadYaml(): typeof import('yaml') {
  return require('yaml') as typeof import('yaml');
}

export function loadToml(): typeof import('smol-toml') {
  return require('smol-toml') as typeof import('smol-toml');
}

export function loadHtmlparser(): typeof import('htmlparser2') {
  return require('htmlparser2') as typeof import('htmlparser2');
}
