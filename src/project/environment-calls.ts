import type { Evaluator } from './evaluate.ts';
import { calleeName, type Lazy, type Place, type Resolved } from './resolved.ts';

const environmentHelper = /^(?:(?:get|require|required|read|must|use|load|fetch|assert|ensure|expect)?_?(?:env|environment|envvar|envvariable|secret|config)(?:var|variable|string|value|orthrow|required)?|getorthrow)$/i;
const environmentGetters = new Set(['get', 'getOrThrow', 'getString', 'require', 'required', 'str', 'get_str', 'get_value']);

/** `env("HILT_API_KEY")`, `config.get("HILT_API_KEY")`: a helper that the project does not hold. */
export function environmentCall(evaluator: Evaluator, callee: Resolved, args: readonly Lazy[], place: Place): Resolved | undefined {
  if (!isEnvironmentHelper(callee)) return undefined;
  const first = args[0] && evaluator.head(args[0]);
  if (first?.kind !== 'text' || !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(first.text)) return undefined;
  return { kind: 'variable', name: first.text, access: 'helper', form: 'call', place };
}

function isEnvironmentHelper(callee: Resolved): boolean {
  const name = calleeName(callee);
  return isNamedForEnvironment(name) || (environmentGetters.has(name) && /(?:env|config|secret|settings)/i.test(receiverName(callee)));
}

/** Asked of every call, and hardly any is one: the words first. */
function isNamedForEnvironment(name: string): boolean {
  const lower = name.toLowerCase();
  const mayBe = lower.includes('env') || lower.includes('secret') || lower.includes('config') || lower.includes('getorthrow');
  return mayBe && environmentHelper.test(name);
}

function receiverName(callee: Resolved): string {
  switch (callee.kind) {
    case 'global':
      return callee.path;
    case 'outside':
      return `${callee.specifier} ${callee.name}`;
    case 'member':
      return `${receiverName(callee.object)}.${callee.property.kind === 'text' ? callee.property.text : ''}`;
    case 'call':
      return receiverName(callee.callee);
    case 'instance':
      return callee.module.classes[callee.cls]?.name ?? '';
    case 'parameter':
      return callee.name ?? '';
    default:
      return '';
  }
}
