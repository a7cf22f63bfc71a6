import type { Span } from '../span.ts';
import type { Value } from '../value.ts';
import type { MappedText } from './mapped-text.ts';

/** A document of JSON, YAML, TOML or a plist, with where everything stands. A YAML alias is the node of its anchor. */
export type DataNode = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  /** In source order; a key may occur more than once. */
  readonly entries: MapEntry[];
  readonly at: Span;
}

export interface MapEntry {
  readonly name: string;
  /** The key without its quotes. */
  readonly at: Span;
  readonly node: DataNode;
}

export interface ListNode { readonly kind: 'list'; readonly items: DataNode[]; readonly at: Span }

export interface ScalarNode {
  readonly kind: 'scalar';
  /** As written, with its quotes. */
  readonly at: Span;
  /** The text, also of a number or a boolean. */
  readonly content: MappedText;
  /** What it is, where it is no text: a number, a boolean, null, a tagged reference. */
  readonly value?: Value;
}
