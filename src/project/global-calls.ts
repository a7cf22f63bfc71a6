import { callArrayMethod, itemsOfLength } from './array-methods.ts';
import type { CallSite } from './call-site.ts';
import { fromEntries, isNewContainer, listItems, newContainer, objectPairs, objectParts } from './containers.ts';
import type { Evaluator } from './evaluate.ts';
import { constantsOf, joinTexts, valueOfConstant } from './folded-texts.ts';
import { parseJson, stringified } from './json-values.ts';
import { resolveLoop } from './loops.ts';
import { elementOf, partOfPairs, restOf, rowOf } from './parts.ts';
import type { Lazy, Place, Resolved } from './resolved.ts';
import { runCommand } from './shell-commands.ts';
import { foldGlobal } from '../syntax/run/fold.ts';

/** Functions that give their first argument back. */
const keepsArgument = /^(?:Object\.freeze|Object\.seal|structuredClone|Promise\.resolve|encodeURIComponent|encodeURI|decodeURIComponent|btoa|atob|Readonly|useMemo|useRef)$/;
const partOperators = new Set(['operator:element', 'operator:key', 'operator:row', 'operator:rest']);

/** What a call of a global gives, or `undefined` where nothing is known of it. */
export function callGlobal(evaluator: Evaluator, path: string, site: CallSite): Resolved | undefined {
  const { args, isNew, place, frame } = site;
  if (isNew) return isNewContainer(path) ? newContainer(evaluator, path, args, place) : undefined;
  const applied = /^(.+)\.(?:call|apply)$/.exec(path);
  if (applied) return applyGlobal(evaluator, applied[1] ?? '', path.endsWith('.apply'), site);
  const [first] = args;
  const inLoop = path.startsWith('operator:') ? resolveLoop(evaluator, path, args, place, frame) : undefined;
  if (inLoop) return inLoop;
  if (partOperators.has(path)) return first && partOf(evaluator, path, first, site);
  const constants = constantsOf(evaluator, args);
  const folded = constants ? foldGlobal(path, constants) : undefined;
  if (path.startsWith('shell:')) return runCommand(evaluator, path.slice('shell:'.length), args, place);
  if (path === 'os.environ.copy') return { kind: 'environment', access: 'os.environ' };
  if (path === 'os.getenv' && first) return variableNamed(evaluator, first, place);
  if (folded !== undefined) return valueOfConstant(folded, place);
  return first && callBuiltIn(evaluator, path, first, site);
}

/** `String.fromCharCode.apply(null, codes)` */
function applyGlobal(evaluator: Evaluator, path: string, isList: boolean, site: CallSite): Resolved | undefined {
  const given = site.args.slice(1);
  const list = isList && given[0] ? evaluator.head(given[0]) : undefined;
  if (isList && list?.kind !== 'array') return undefined;
  return callGlobal(evaluator, path, { ...site, args: list?.kind === 'array' ? list.items : given });
}

function callBuiltIn(evaluator: Evaluator, path: string, first: Lazy, site: CallSite): Resolved | undefined {
  const { args, place } = site;
  const second = args[1];
  switch (path) {
    case 'Object.assign':
      return { kind: 'object', entries: args.map((value) => ({ spread: true, value, place })), place };
    case 'Object.entries':
      return objectPairs(evaluator, first);
    case 'Object.values':
      return objectParts(evaluator, first, 'value');
    case 'Object.keys':
      return objectParts(evaluator, first, 'key');
    case 'Object.fromEntries':
      return fromEntries(evaluator, first, place);
    case 'String':
      return joinTexts([evaluator.head(first)], place);
    case 'JSON.stringify':
      return stringified(evaluator, evaluator.head(first), second && evaluator.head(second));
    case 'JSON.parse':
      return parseJson(evaluator, first, place);
    case 'Array.from': {
      if (!second) return fromList(evaluator, first, place);
      const items = listItems(evaluator, evaluator.head(first), place) ?? itemsOfLength(evaluator, first, place);
      return items && callArrayMethod(evaluator, items, 'map', { ...site, args: [second] });
    }
    case 'Promise.all':
      return evaluator.head(first);
    case 'Reflect.get': {
      const key = second ? evaluator.head(second) : undefined;
      return key?.kind === 'text' ? evaluator.property(evaluator.head(first), key.text, place) : undefined;
    }
    case 'String.raw':
      return undefined;
  }
  return keepsArgument.test(path) ? evaluator.head(first) : undefined;
}

function partOf(evaluator: Evaluator, path: string, of: Lazy, { args: [, ...others], place }: CallSite): Resolved | undefined {
  const whole = evaluator.head(of);
  const named = others.map((each) => evaluator.head(each));
  // The variable of a loop is known by the loop, a callback's parameter is not.
  if (path === 'operator:element') return (others.length === 0 ? partOfPairs(evaluator, whole, 'value') : undefined) ?? elementOf(evaluator, whole);
  if (path === 'operator:key') return partOfPairs(evaluator, whole, 'key');
  if (path === 'operator:row') return named[0]?.kind === 'number' ? rowOf(evaluator, whole, named[0].value) : undefined;
  return restOf(evaluator, whole, named.flatMap((key) => (key.kind === 'text' ? [key.text] : [])), place);
}

function fromList(evaluator: Evaluator, list: Lazy, place: Place): Resolved {
  const value = evaluator.head(list);
  // Whoever goes through an environment or a dictionary of Python gets its names.
  if (value.kind === 'environment') return { kind: 'unknown' };
  const names = value.kind === 'object' && !value.container ? objectParts(evaluator, list, 'key') : undefined;
  const items = names ? undefined : listItems(evaluator, value, place);
  if (names) return names;
  return items ? { kind: 'array', items } : value;
}

/** `os.getenv(name)`, where the name is not written out. */
function variableNamed(evaluator: Evaluator, argument: Lazy, place: Place): Resolved | undefined {
  const name = evaluator.head(argument);
  return name.kind === 'text' ? { kind: 'variable', name: name.text, access: 'os.environ', form: 'dynamic', place } : undefined;
}
