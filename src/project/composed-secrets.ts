import { findKeys } from '../hilt/key-grammar.ts';
import type { Secret } from '../hilt/secret.ts';
import type { Fold, ModuleSummary } from '../syntax/module-summary.ts';
import type { Span } from '../syntax/span.ts';
import { templateFrame } from '../syntax/text/template-frame.ts';
import type { Value } from '../syntax/value.ts';
import type { Project } from './project.ts';
import type { Resolved } from './resolved.ts';

export interface ComposedSecret {
  readonly secret: Secret;
  readonly at: Span;
  /** As in `SecretOccurrence`. */
  readonly replaceable: boolean;
  readonly frame?: readonly [before: string, after: string];
}

/** Secrets that exist only once the program puts them together, each at the outermost expression that does so. */
export function findComposedSecrets(project: Project, module: ModuleSummary): ComposedSecret[] {
  const composed: ComposedSecret[] = [];
  for (const fold of module.folds) {
    if (composed.some((outer) => contains(outer.at, fold.at))) continue;
    const secret = secretOf(project, module, fold);
    if (!secret) continue;
    const frame = fold.replaceable === false ? undefined : frameOf(project, module, fold);
    composed.push({ secret, at: fold.at, replaceable: frame !== undefined, ...(frame?.[0] ? { frame } : {}) });
  }
  return composed;
}

/** The composed text around the key; where the expression yields one of several texts, each must be a key and nothing else. */
function frameOf(project: Project, module: ModuleSummary, fold: Fold): readonly [string, string] | undefined {
  const resolved = project.evaluator.look(module, fold.value);
  const texts = resolved.kind === 'text' ? [resolved.text] : resolved.kind === 'choice' ? resolved.options.map((option) => (option.kind === 'text' ? option.text : '')) : [];
  const frames = texts.map((text) => {
    const [key, ...more] = findKeys(text, project.keyOptions, module.mentions);
    return key && more.length === 0 ? templateFrame(text, key.start, key.end) : undefined;
  });
  return frames.length === 1 || frames.every((frame) => frame?.[0] === '') ? frames[0] : undefined;
}

function secretOf(project: Project, module: ModuleSummary, fold: Fold): Secret | undefined {
  if (!mayCompose(fold.value)) return undefined;
  for (const secret of secretsIn(project, module, fold.value)) {
    if (isWrittenInside(module, fold.at, secret) || isHeldByPart(project, module, fold, secret)) continue;
    return secret;
  }
  return undefined;
}

/** Calls with no argument and no text can only pass on what was composed elsewhere. */
function mayCompose(value: Value): boolean {
  if (value.kind !== 'call') return true;
  return value.args.length > 0 || value.callee.kind === 'member';
}

function secretsIn(project: Project, module: ModuleSummary, value: Value): Secret[] {
  const { evaluator, keyOptions } = project;
  const resolved = evaluator.look(module, value);
  return textsOf(resolved).flatMap((text) => findKeys(text, keyOptions, module.mentions).map((key) => key.secret));
}

function textsOf(value: Resolved): string[] {
  switch (value.kind) {
    case 'text':
      return [value.text];
    case 'choice':
      return value.options.flatMap(textsOf);
    case 'concat':
      return value.parts.flatMap(textsOf);
    default:
      return [];
  }
}

/** The literal itself holds the key, or its beginning: the finding stands there. */
function isWrittenInside(module: ModuleSummary, at: Span, secret: Secret): boolean {
  return module.secrets.some((written) => (contains(at, written.at) && written.secret.preview === secret.preview) || written.secret.digest === secret.digest);
}

/** A name, an import or a call inside the expression already holds the whole key: it was put together there. */
function isHeldByPart(project: Project, module: ModuleSummary, fold: Fold, secret: Secret): boolean {
  return referencesOf(fold.value, fold.at).some((part) => secretsIn(project, module, part).some((held) => held.digest === secret.digest));
}

/** The parts of an expression that stand for something written elsewhere. */
function referencesOf(value: Value, within: Span, isRoot = true): Value[] {
  const at = 'at' in value ? value.at : undefined;
  if (!isRoot && at && !contains(within, at) && value.kind !== 'text') return [value];
  switch (value.kind) {
    case 'import':
    case 'binding':
    case 'parameter':
      return [value];
    case 'member':
      return [value, ...referencesOf(value.object, within, false)];
    case 'concat':
      return value.parts.flatMap((part) => referencesOf(part, within, false));
    case 'choice':
      return value.options.flatMap((option) => referencesOf(option, within, false));
    case 'array':
      return value.items.flatMap((item) => referencesOf(item.value, within, false));
    case 'object':
      return value.entries.flatMap((entry) => referencesOf(entry.value, within, false));
    case 'extended':
      return [value.base, ...value.entries.map((entry) => entry.value), ...value.items.map((item) => item.value)].flatMap((part) => referencesOf(part, within, false));
    case 'call': {
      const withoutArguments: Value[] = value.args.length > 0 ? [{ ...value, args: [] }] : [];
      const self = isRoot ? withoutArguments : [value];
      return [...self, ...referencesOf(value.callee, within, false).filter((part) => part !== value.callee), ...value.args.flatMap((item) => referencesOf(item.value, within, false)), ...receiverOf(value.callee, within)];
    }
    default:
      return [];
  }
}

function receiverOf(callee: Value, within: Span): Value[] {
  return callee.kind === 'member' ? referencesOf(callee.object, within, false) : [];
}

function contains(outer: Span, inner: Span): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}
