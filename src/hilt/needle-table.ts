/** A text that a file has if it names Hilt, or holds a secret of Hilt in whatever form. */
export interface Needle {
  readonly of: 'key' | 'hilt';
  /** Characters U+0000 to U+00FF, each a byte. In lower case where either case counts. */
  readonly text: string;
  readonly anyCase: boolean;
}

/** The needles, and by which two of their bytes they are looked for. */
export interface NeedleTable {
  readonly needles: readonly Needle[];
  /** Two characters, then the needles that have them: index of the needle, offset in it, and so on. */
  readonly pairs: readonly (readonly [pair: string, ...candidates: number[]])[];
}

/**
 * Bytes are read in pairs at even offsets. A needle of three or more bytes holds one pair at an even and one at an odd offset
 * of its own, so a table of those pairs tells where to compare. Of the command line the table is made when that is built
 * (scripts/build.mjs): a commit would wait for it.
 */
export function needleTable(): NeedleTable {
  const all = needles();
  const byPair = new Map<string, number[]>();
  all.forEach(({ text, anyCase }, index) => {
    for (let parity = 0; parity < 2; parity++) {
      const offset = rarestPair(text, parity);
      for (const pair of anyCase ? inEitherCase(text.slice(offset, offset + 2)) : [text.slice(offset, offset + 2)]) {
        const candidates = byPair.get(pair) ?? [];
        byPair.set(pair, candidates);
        candidates.push(index, offset);
      }
    }
  });
  if (byPair.size > 254) throw new Error(`${byPair.size} pairs of bytes are more than a table of bytes can number.`);
  return { needles: all, pairs: [...byPair].map(([pair, candidates]) => [pair, ...candidates] as const) };
}

function inEitherCase([first = '', second = '']: string): Set<string> {
  return new Set([first + second, first.toUpperCase() + second, first + second.toUpperCase(), first.toUpperCase() + second.toUpperCase()]);
}

/** Characters of a key's prefix. One of them is escaped, or `hk_` stands in the text. */
const prefixCharacters = ['h', 'k', '_'];
/** The same for `hst_`. */
const tokenCharacters = ['s', 't'];

function needles(): Needle[] {
  return [
    ...texts('hilt', ['hilt', 'h\0i\0l\0t'], true),
    ...texts('key', [
      'hk_', 'hst_', '_live_', '_sandbox_',
      // Split literals: `"hk" + "_live" + "_"`, `["hk", "live", …].join("_")`.
      ...['"', "'", '`'].flatMap((quote) => [`${quote}hk${quote}`, `${quote}hst${quote}`, `_live${quote}`, `${quote}live_`, `_sandbox${quote}`, `${quote}sandbox_`]),
      // What is replaced or taken apart: `"hk-live-…".replaceAll("-", "_")`, `"hk|live|…".split("|")`, `"HK_LIVE_".toLowerCase()`.
      ...['-', '|', '.', ':', '/', ' ', ',', ';', '~', '#', '+', '*', '__'].flatMap((separator) => [`hk${separator}live`, `hk${separator}sandbox`]),
      'HK_LIVE', 'HK_SANDBOX', 'HK-LIVE', 'HK-SANDBOX',
      // One character a literal: `["h", "k", …]`.
      ...['"', "'"].flatMap((quote) => [',', ', ', '+', ' + '].map((separator) => `${quote}h${quote}${separator}${quote}k`)),
      // Bytes: `String.fromCharCode(104, 107, 95, …)`, `[0x68, 0x6b, …]`.
      '104,107', '104, 107', '104 107', '104,115,116', '104, 115, 116', '68 6b', '68 6B', '68:6b', '68:6B', '68, 0x6b', '68, 0x6B', '68,0x6b', '68,0x6B', '68,0x73', '68, 0x73',
      // Backwards.
      '_evil_', '_xobdnas_', '_tsh',
      // UTF-16 of either byte order, also when its NULs are escaped.
      'h\0k\0_', 'h\0s\0t\0_', 'h%00k', 'h%00s%00t', 'h\\u0000k', 'h\\u0000s', 'h\\x00k', 'h\\x00s', 'h\\0k', 'h\\0s', 'h&#0;k', 'h&#0;s', 'h&#x0;k', 'h&#x0;s',
      '&lowbar;', '&UnderBar;', 'amp;lowbar;', 'amp;UnderBar;',
    ]),
    ...texts('key', [hex('hk_'), hex('hst_'), hex('_kh'), hex('_tsh')], true),
    ...texts('key', [...prefixCharacters, ...tokenCharacters].flatMap(escapesOf), true),
    ...texts('key', ['hk_l', 'hk_s', 'hst_', '_evil_', '_xobdnas_', '_tsh'].flatMap(base64Forms).flatMap((form) => [form, reversed(form)])),
  ];
}

function texts(of: Needle['of'], patterns: readonly string[], anyCase = false): Needle[] {
  return patterns.map((pattern) => ({ of, text: anyCase ? pattern.toLowerCase() : pattern, anyCase }));
}

function hex(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

/** How one character is written as an escape. A percent sign and a backslash may be escaped in their turn. */
function escapesOf(character: string): string[] {
  const code = character.charCodeAt(0);
  const digits = code.toString(16);
  return [
    `%${digits}`, `%25${digits}`, `%2525${digits}`, `%u00${digits}`,
    `\\x${digits}`, `\\u00${digits}`, `\\u{${digits}`, `\\u{00${digits}`, `\\u000000${digits}`, `%5cx${digits}`, `%5cu00${digits}`,
    `\\${code.toString(8)}`, `#${code};`, `#0${code}`, `#${code}&`, `#x${digits}`, `#x0${digits}`, `#x00${digits}`,
  ];
}

/** The base64 characters that `text` always yields, at each of the three alignments. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('\0'.repeat(before) + text, 'latin1').toString('base64url');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + text.length) * 8) / 6);
    return encoded.slice(first, last);
  });
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Bytes of program text and prose, the most frequent first. What is not listed is rare. */
const frequent = ' etaoinsrldcupmfhgyb\n,.vw"kx\';:()=_T0/-1SCEI{}ANRPLDM2O*Fq';
const ranks = new Uint8Array(256).fill(frequent.length);
for (let i = 0; i < frequent.length; i++) ranks[frequent.charCodeAt(i)] = i + 1;

/** Where in a needle the pair stands that other text has least, at an even or an odd offset. */
function rarestPair(text: string, parity: number): number {
  let best = parity;
  let bestRank = -1;
  for (let offset = parity; offset + 1 < text.length; offset += 2) {
    const rank = (ranks[text.charCodeAt(offset)] as number) * (ranks[text.charCodeAt(offset + 1)] as number);
    if (rank > bestRank) [best, bestRank] = [offset, rank];
  }
  return best;
}
