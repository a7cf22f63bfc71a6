import type { Command, Word } from 'unbash';
import { plainText } from './words.ts';
import { baseName } from '../../sources/base-name.ts';

/** Commands that run the command in their arguments. */
const wrappers = new Set(['sudo', 'command', 'exec', 'nohup', 'time', 'builtin', 'env', 'xargs', 'timeout', 'nice', 'doas', 'npx', 'retry', 'watch', 'cross-env', 'dotenv', 'setsid', 'stdbuf', 'parallel']);
/** Commands that run what stands behind a `--`, mostly with secrets in its environment. */
const launchers = new Set(['op', 'doppler', 'infisical', 'dotenvx', 'dotenv', 'chamber', 'aws-vault', 'envchain', 'teller', 'kubectl', 'poetry', 'uv', 'npm', 'pnpm', 'yarn']);
/** Commands that set variables, and give them properties. */
export const declaring: ReadonlySet<string> = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);
const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash']);

/** Without `sudo`, `env A=b`, `timeout 30` and their kin in front. */
export function unwrapped(words: readonly Word[]): { words: readonly Word[]; assigned: readonly Word[] } {
  const assigned: Word[] = [];
  let at = 0;
  while (wrappers.has(baseName(plainText(words[at]) ?? '')) && at < words.length - 1) {
    let next = at + 1;
    for (; next < words.length; next += 1) {
      const text = words[next]?.value ?? '';
      if (/^[A-Za-z_]\w*=/.test(text)) assigned.push(words[next] as Word);
      else if (!/^-|^\d+[smh]?$/.test(text)) break;
    }
    if (next >= words.length) break;
    at = next;
  }
  const end = launchers.has(baseName(plainText(words[at]) ?? '')) ? words.findIndex((word, index) => index > at && word.value === '--') : -1;
  return { words: words.slice(end > 0 && end < words.length - 1 ? end + 1 : at), assigned };
}

/** The word behind `sh -c`, which may stand behind other commands. */
export function scriptArgument(words: readonly Word[]): Word | undefined {
  const flag = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.value) && words.slice(0, index).some((before) => shells.has(baseName(before.value)) || before.value === 'su'));
  return flag < 0 ? undefined : words[flag + 1];
}

/** `export -p`, `declare -p NAME`: lists variables with their values. */
export function isListing({ suffix }: Command): boolean {
  return suffix.some((item) => item.type === 'Word' && /^-[a-zA-Z]*p[a-zA-Z]*$/.test(item.value));
}
