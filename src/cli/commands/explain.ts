import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { UsageError } from '../../engine/errors.ts';
import { describeUnknownRule } from '../../engine/unknown-rule.ts';
import type { Arguments } from '../arguments.ts';
import { getPaint, writeStdout } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import * as messages from '../messages.ts';
import { readPackageInfo } from '../package-info.ts';

/** Prints the rule's page from the installed package; headings are bold on a terminal. */
export function runExplain({ operands, color }: Arguments): number {
  const known = rules.map(({ id }) => id);
  const [name] = operands;
  if (name === undefined || operands.length > 1) throw new UsageError(messages.explainNeedsRule(known));
  const rule = rules.find(({ id }) => id === name.replace(/^hilt\//, ''));
  if (!rule) throw new UsageError(describeUnknownRule(name.replace(/^hilt\//, ''), known));
  const page = join(readPackageInfo().root, 'docs', 'rules', `${rule.id}.md`);
  if (!existsSync(page)) throw new UsageError(messages.pageMissing(rule.id, rule.meta.docs.url));
  const paint = getPaint(color);
  writeStdout(readFileSync(page, 'utf8').replace(/^#+ .*$/gm, (heading) => paint('bold', heading)));
  return exitCodes.clean;
}
