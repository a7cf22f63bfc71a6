import type { Span } from '../span.ts';
import { addComment, addNotice, declare, lineOf, type DataFileDraft } from './data-file.ts';
import { loadHtmlparser } from './libraries.ts';
import { standsFor, verbatim, type MappedText } from './mapped-text.ts';
import { valueOfText, type ReferenceSyntax } from './references.ts';

/** `$(X)` of Xcode and MSBuild, `${x}` of gradle's placeholders and Maven, `%(X)` is left alone. */
const references: ReferenceSyntax = { bare: 'none', parentheses: 'variable', doubledDollar: false };

const maximumDepth = 200;

/** Reading ends here: what the parser does for an element grows with the number of those that are open. */
const maximumOpen = 2000;

/**
 * Reads XML: the text of an element that has no children is declared by the element's name, an attribute by its own,
 * below the path of element names. What names its value otherwise is declared by the name that it gives:
 * a plist's `<key>K</key><string>V</string>`, Android's `<string name="K">V</string>` and
 * `<meta-data android:name="K" android:value="V"/>`, `<add key="K" value="V"/>` of .NET.
 */
export function readXml(draft: DataFileDraft): void {
  const { Parser } = loadHtmlparser();
  const reading: Reading = { draft, open: [], attributes: [], unbalanced: undefined, tooDeep: undefined };
  const parser: InstanceType<typeof Parser> = new Parser(
    {
      onattribute(name, value) {
        reading.attributes.push(attributeOf(draft.source, name, value, parser.startIndex, parser.endIndex));
      },
      onopentag(name) {
        if (reading.open.length >= maximumOpen) {
          reading.tooDeep = parser.startIndex;
          parser.pause();
          return;
        }
        openElement(reading, name, parser.startIndex, parser.endIndex + 1);
      },
      ontext(text) {
        addText(reading, text, parser.startIndex, Math.min(parser.endIndex + 1, draft.source.length));
      },
      onclosetag(_name, implied) {
        if (implied && !isSelfClosed(draft.source, parser.endIndex)) reading.unbalanced ??= parser.startIndex;
        closeElement(reading, parser.endIndex + 1);
      },
      oncomment() {
        addComment(draft, parser.startIndex, parser.endIndex + 1, true);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(draft.source);
  if (reading.tooDeep !== undefined) {
    addNotice(draft, 'parse-error', `was read as far as it goes: the elements are nested more than ${maximumOpen} deep (line ${lineOf(draft.source, reading.tooDeep)}); the text was searched all the same`);
  } else if (reading.unbalanced !== undefined) {
    addNotice(draft, 'parse-error', `was read as far as it goes: the elements are not balanced (line ${lineOf(draft.source, reading.unbalanced)}); the text was searched all the same`);
  }
}

interface Attribute { readonly name: string; readonly at: Span; readonly valueAt: Span; readonly content: MappedText }

interface Element {
  readonly name: string;
  readonly path: readonly string[];
  readonly attributes: readonly Attribute[];
  readonly start: number;
  /** Where its content begins. */
  contentStart: number;
  texts: { readonly text: string; readonly start: number; readonly end: number }[];
  hasChildren: boolean;
  /** In a plist's `dict`: the key whose value comes next. */
  key?: { readonly name: string; readonly at: Span } | undefined;
  /** In a plist's `array`: the index of the value that comes next. */
  items: number;
}

interface Reading {
  readonly draft: DataFileDraft;
  readonly open: Element[];
  attributes: Attribute[];
  unbalanced: number | undefined;
  tooDeep: number | undefined;
}

function attributeOf(source: string, name: string, value: string, start: number, end: number): Attribute {
  const at: Span = [start, start + name.length];
  const raw = /^[^=]*=\s*(["']?)/.exec(source.slice(start, end + 1));
  const quote = raw?.[1] ?? '';
  const from = start + (raw?.[0].length ?? 0);
  const to = source[end] === quote ? end : quote !== '' && source[end - 1] === quote ? end - 1 : Math.max(from, end);
  return { name, at, valueAt: [from - quote.length, to + quote.length], content: decoded(source, value, from, to) };
}

/** Where entities were undone, the text maps as a whole. */
function decoded(source: string, text: string, start: number, end: number): MappedText {
  return source.slice(start, end) === text ? verbatim(source, start, end) : standsFor(text, [start, end]);
}

function isSelfClosed(source: string, end: number): boolean {
  return source[end] === '>' && source[end - 1] === '/';
}

function openElement(reading: Reading, name: string, start: number, contentStart: number): void {
  const parent = reading.open.at(-1);
  const above = parent === undefined ? [] : reading.open.length > maximumDepth ? parent.path : [...parent.path, segmentOf(parent)];
  if (parent !== undefined) parent.hasChildren = true;
  const element: Element = { name, path: above, attributes: reading.attributes, start, contentStart, texts: [], hasChildren: false, items: 0 };
  reading.attributes = [];
  reading.open.push(element);
  declareAttributes(reading.draft, element);
}

/** What an element adds to the path: its name, or in a plist the key or the index that its child belongs to. */
function segmentOf(element: Element): string {
  if (element.name === 'array') return String(element.items);
  return element.key?.name ?? attributeValue(element, 'name') ?? element.name;
}

function attributeValue(element: Element, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.content.text;
}

const naming = /^(?:(?:android:)?name|key)$/i;
const valued = /^(?:(?:android:)?(?:value|defaultValue)|connectionString)$/i;

/** Attributes by their names; of a `name` and `value` pair the value by the name given. */
function declareAttributes(draft: DataFileDraft, element: Element): void {
  const path = [...element.path, element.name];
  const name = element.attributes.find((attribute) => naming.test(attribute.name));
  for (const attribute of element.attributes) {
    const isPair = name !== undefined && valued.test(attribute.name) && name.content.text !== '';
    const { at } = isPair ? { at: spanOf(name) } : attribute;
    declare(draft, { name: isPair ? name.content.text : attribute.name, at, path, value: valueOf(attribute.content, attribute.valueAt), valueAt: attribute.valueAt });
  }
}

function spanOf(attribute: Attribute): Span {
  const [first] = attribute.content.pieces;
  return first === undefined ? attribute.valueAt : [first[1], first[2]];
}

function valueOf(content: MappedText, at: Span): ReturnType<typeof valueOfText> {
  return valueOfText(content, references, at);
}

function addText(reading: Reading, text: string, start: number, end: number): void {
  reading.open.at(-1)?.texts.push({ text, start, end });
}

function closeElement(reading: Reading, end: number): void {
  const element = reading.open.pop();
  if (element === undefined) return;
  const parent = reading.open.at(-1);
  const content = trimmedText(reading.draft.source, element);
  if (element.name === 'key' && parent?.name === 'dict') {
    const [first] = content.pieces;
    if (first !== undefined) parent.key = { name: content.text, at: [first[1], first[2]] };
    return;
  }
  if (parent?.name === 'dict' && parent.key !== undefined) {
    if (!element.hasChildren) declareKeyed(reading.draft, element, parent.key, content, end);
    parent.key = undefined;
    return;
  }
  if (parent?.name === 'array') return closeItem(reading, element, parent, content);
  if (!element.hasChildren && content.text !== '') declareElement(reading, element, content);
}

/** The text of an element without the white space around it; the pieces of a text with entities come one by one. */
function trimmedText(source: string, element: Element): MappedText {
  const [first] = element.texts;
  const last = element.texts.at(-1);
  if (first === undefined || last === undefined) return { text: '', pieces: [] };
  const text = element.texts.map((piece) => piece.text).join('');
  const raw = source.slice(first.start, last.end);
  const start = first.start + raw.length - raw.trimStart().length;
  return decoded(source, text.trim(), start, Math.max(start, first.start + raw.trimEnd().length));
}

/** A plist's value: `<true/>` and `<false/>` are booleans. */
function declareKeyed(draft: DataFileDraft, element: Element, key: { readonly name: string; readonly at: Span }, content: MappedText, end: number): void {
  const [first] = content.pieces;
  const isBoolean = element.name === 'true' || element.name === 'false';
  const empty: Span = isBoolean ? [element.start, end] : [element.contentStart, element.contentStart];
  const at: Span = first === undefined ? empty : [first[1], first[2]];
  const value = isBoolean ? { kind: 'constant' as const, value: element.name === 'true' } : valueOf(content, at);
  declare(draft, { name: key.name, at: key.at, path: pathInPlist(element.path.slice(0, -1)), value, valueAt: at });
}

/** A value in a plist's array is declared by its index. */
function closeItem(reading: Reading, element: Element, parent: Element, content: MappedText): void {
  const [first] = content.pieces;
  const at: Span | undefined = first && [first[1], first[2]];
  if (!element.hasChildren && at !== undefined) declare(reading.draft, { name: String(parent.items), at, path: pathInPlist(element.path.slice(0, -1)), value: valueOf(content, at), valueAt: at });
  parent.items += 1;
}

function pathInPlist(path: readonly string[]): readonly string[] {
  return path.filter((segment) => segment !== 'plist' && segment !== 'dict');
}

function declareElement(reading: Reading, element: Element, content: MappedText): void {
  const [first] = content.pieces;
  if (first === undefined) return;
  const at: Span = [first[1], first[2]];
  const named = element.attributes.find((attribute) => naming.test(attribute.name));
  const nameAt: Span = named === undefined ? [element.start + 1, element.start + 1 + element.name.length] : spanOf(named);
  const name = named?.content.text ?? element.name;
  declare(reading.draft, { name, at: nameAt, path: named === undefined ? element.path : [...element.path, element.name], value: valueOf(content, at), valueAt: at });
}
