import { foldBuffer } from '../syntax/run/fold.ts';
import type { Evaluator } from './evaluate.ts';
import { constantsOf, isTextLike, joinTexts } from './folded-texts.ts';
import { calleeName, type Lazy, type Place, type Resolved } from './resolved.ts';

/** `Buffer.from(x, "base64").toString()`, where `x` is constant. */
export function bufferText(evaluator: Evaluator, buffer: Extract<Resolved, { kind: 'call' }>, args: readonly Lazy[], place: Place): Resolved | undefined {
  if (buffer.callee.kind !== 'global' && buffer.callee.kind !== 'outside' && buffer.callee.kind !== 'member') return undefined;
  if (calleeName(buffer.callee) === 'concat') return joinedBuffers(evaluator, buffer, place);
  if (calleeName(buffer.callee) !== 'from' && calleeName(buffer.callee) !== 'Buffer') return undefined;
  const [source, encoding] = constantsOf(evaluator, buffer.args) ?? [];
  const first = buffer.args[0] && evaluator.head(buffer.args[0]);
  if (source === undefined) return first && isTextLike(first) ? first : undefined;
  const [target] = constantsOf(evaluator, args) ?? [];
  const text = foldBuffer(source, encoding, target);
  return text === undefined ? undefined : { kind: 'text', text, place };
}

/** `Buffer.concat([…]).toString()` */
function joinedBuffers(evaluator: Evaluator, { args: [list] }: Extract<Resolved, { kind: 'call' }>, place: Place): Resolved | undefined {
  const items = list && evaluator.head(list);
  if (items?.kind !== 'array' || items.items.length > 512) return undefined;
  const texts = items.items.map((item) => {
    const buffer = evaluator.head(item);
    return buffer.kind === 'call' ? bufferText(evaluator, buffer, [], place) : undefined;
  });
  return texts.every((text) => text !== undefined) ? joinTexts([{ kind: 'text', text: '' }, ...texts], place) : undefined;
}

/** `new TextDecoder().decode(bytes)` */
export function decodeBytes(evaluator: Evaluator, args: readonly Lazy[], place: Place): Resolved | undefined {
  const bytes = args[0] && evaluator.head(args[0]);
  const list = bytes?.kind === 'call' && /^(?:from|of|Uint8Array)$/.test(calleeName(bytes.callee)) ? bytes.args[0] && evaluator.head(bytes.args[0]) : bytes;
  const constant = list && evaluator.constant(list);
  const text = constant ? foldBuffer(constant.value, undefined, undefined) : undefined;
  return text === undefined ? undefined : { kind: 'text', text, place };
}
