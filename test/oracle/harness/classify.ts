import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Canary } from './probe.ts';

/** What carries a canary to a client: code or an asset, a page, data that a page loads, a source map. */
export type Carrier = 'chunk' | 'html' | 'data' | 'map';

/** A text that a client can download. */
export interface Download { readonly path: string; readonly text: string }

/** Every file below the given ones, as Latin-1 so that no byte is lost. Missing folders hold nothing. */
export function readDownloads(folder: string, outputs: readonly string[], serverOutput?: RegExp): Download[] {
  const paths = outputs.flatMap((output) => listFiles(folder, output));
  return paths.filter((path) => !serverOutput?.test(path)).map((path) => ({ path, text: readFileSync(join(folder, path), 'latin1') }));
}

function listFiles(folder: string, path: string): string[] {
  const stat = statSync(join(folder, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(folder, path)).flatMap((name) => listFiles(folder, `${path}/${name}`));
}

/** Which carriers hold each canary, by canary id. A canary that does not ship has none. */
export function classify(downloads: readonly Download[], canaries: readonly Canary[]): Map<string, Carrier[]> {
  const texts = downloads.flatMap(textsOf);
  return new Map(canaries.map((canary) => {
    const needles = canary.carriers.flatMap((carrier) => [carrier, ...base64Needles(carrier)]);
    const carriers = texts.filter(({ text }) => needles.some((needle) => text.includes(needle))).map(({ carrier }) => carrier);
    return [canary.id, [...new Set(carriers)].sort()];
  }));
}

const inlineMap = /sourceMappingURL=data:application\/json[^,]*,([A-Za-z0-9+/=%_-]+)/g;

/** The texts in which a canary is searched: as written, with escapes undone, and an inline source map apart from its chunk. */
function textsOf({ path, text }: Download): { carrier: Carrier; text: string }[] {
  const carrier = carrierOf(path);
  const maps = [...text.matchAll(inlineMap)].map(([, data = '']) => Buffer.from(data, 'base64').toString('latin1'));
  const rest = maps.length > 0 ? text.replace(inlineMap, '') : text;
  const plain = unescape(rest);
  return [
    { carrier, text: rest },
    ...(plain === rest ? [] : [{ carrier, text: plain }]),
    ...maps.map((map) => ({ carrier: 'map' as const, text: map })),
  ];
}

function carrierOf(path: string): Carrier {
  if (/\.map$/.test(path)) return 'map';
  if (/\.html?$/.test(path)) return 'html';
  if (/\.(?:json|rsc|data|txt\.rsc|webmanifest)$/.test(path)) return 'data';
  return 'chunk';
}

function unescape(text: string): string {
  if (!/\\x[0-9a-f]{2}|\\u[0-9a-f]{4}/i.test(text)) return text;
  return text.replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, byte?: string, unit?: string) => String.fromCharCode(parseInt(byte ?? unit ?? '', 16)));
}

/** The characters that stand in any base64 text of something that holds `text`, for the three ways in which the bytes can fall. */
export function base64Needles(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('\0'.repeat(before) + text).toString('base64').replace(/=+$/, '');
    const head = [0, 2, 3][before] ?? 0;
    const tail = (before + text.length) % 3 === 0 ? 0 : 1;
    return encoded.slice(head, encoded.length - tail);
  });
}
