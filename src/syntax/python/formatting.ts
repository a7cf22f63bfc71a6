import type { Node } from '../estree/node.ts';
import type { Span } from '../span.ts';
import { opaque, template } from '../estree/build.ts';
import { stringToken, type FormatPiece } from './strings.ts';

/** The literals of `"a" "b"` in order, where there is nothing else. */
export function literalsOf(node: Node): Node[] | undefined {
  const found: Node[] = [];
  let current = node;
  while (current['continued'] === true) {
    found.push(current['right']);
    current = current['left'];
  }
  found.push(current);
  return found.every((each) => each.type === 'Literal' && typeof each['value'] === 'string') ? found.reverse() : undefined;
}

/** What stands in the places of a template. */
export interface Filling {
  at(index: number): Node | undefined;
  named(name: string): Node | undefined;
}

/** `"…{}…".format(a)` and `"…%s…" % a` as a template literal; `undefined` where the text has no places. */
export function fillTemplate(source: string, literals: readonly Node[], read: (template: string) => FormatPiece[] | undefined, range: Span, filling: Filling): Node | undefined {
  const pieces: (Node | { text: string; at: Span })[] = [];
  let places = 0;
  for (const literal of literals) {
    const text: string = literal['value'];
    for (const piece of read(text) ?? [{ kind: 'text', text, at: [0, text.length] } as const]) {
      if (piece.kind === 'text') pieces.push({ text: piece.text, at: spanInSource(source, literal, piece.at) });
      else {
        const index = 'index' in piece ? piece.index + (isNumbered(text) ? 0 : places) : undefined;
        const value = 'name' in piece ? filling.named(piece.name) : filling.at(index ?? 0);
        pieces.push(value && !piece.path ? value : opaque(range, value ? [value] : []));
      }
    }
    places += (read(text) ?? []).filter((piece) => piece.kind === 'place').length;
  }
  return places > 0 ? template(range, pieces) : undefined;
}

/** `{0}` counts by itself, `{}` and `%s` go on counting in the next literal. */
function isNumbered(text: string): boolean {
  return /\{\d/.test(text);
}

/** Where a piece of a literal's text stands: exactly if it has no escapes, else the whole literal. */
function spanInSource(source: string, literal: Node, [start, end]: Span): Span {
  const { inner } = stringToken(source, [literal.range[0], literal.range[1]]);
  const isVerbatim = source.slice(inner[0], inner[1]) === literal['value'];
  return isVerbatim ? [inner[0] + start, inner[0] + end] : [literal.range[0], literal.range[1]];
}
