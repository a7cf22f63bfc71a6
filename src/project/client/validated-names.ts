import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Span } from '../../syntax/span.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';

/** Packages that check the environment against a list of names (https://env.t3.gg, https://github.com/af/envalid). */
const checkers = /^(?:createEnv|cleanEnv|envsafe|parseEnv|defineEnv|validateEnv|makeEnv)$/;
/** Methods of schemas of zod, valibot, yup, arktype. */
const parsers = /^(?:parse|safeParse|parseAsync|safeParseAsync|validateSync|validate|assert|strictParse)$/;

const regions = new WeakMap<ModuleSummary, readonly Span[]>();

/** Whether a place is among the names that a module gives to the check of its environment: `createEnv({ runtimeEnv: { X: process.env.X } })`. */
export function isChecked(project: Project, module: ModuleSummary, at: Span): boolean {
  let own = regions.get(module);
  if (!own) regions.set(module, (own = checkedRegions(project, module)));
  return own.some((region) => region[0] <= at[0] && at[1] <= region[1]);
}

function checkedRegions(project: Project, module: ModuleSummary): Span[] {
  return module.uses.flatMap((use) => {
    if (use.kind !== 'call' || use.args.length === 0 || !isCheck(project.evaluator.look(module, use.callee))) return [];
    return use.args.filter((item) => item.value.kind === 'object').map((item) => item.at);
  });
}

function isCheck(callee: Resolved): boolean {
  const name = calleeName(callee);
  if (callee.kind === 'outside' || callee.kind === 'function' || callee.kind === 'global') return checkers.test(name) || (callee.kind === 'outside' && /^(?:valibot|arktype)$/.test(callee.specifier) && parsers.test(name));
  return callee.kind === 'member' && parsers.test(name) && callee.object.kind === 'call';
}
