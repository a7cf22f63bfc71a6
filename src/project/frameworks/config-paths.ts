import { joinPath } from '../graph/posix-path.ts';
import { noteMinified, type ConfiguredInput } from './config-facts.ts';
import type { Config } from './config-injections.ts';
import { entriesOf, parts, valuesAt, type StaticValue } from './static-value.ts';

export function readAliases(values: readonly StaticValue[], config: Config): void {
  for (const value of values) {
    for (const entry of entriesOf(value)) if (entry.key !== undefined) pushAlias(entry.key, entry.value, config);
    for (const part of parts(value)) {
      if (part.kind !== 'array') continue;
      for (const item of part.items) {
        const find = valuesAt(item, ['find'])[0];
        const replacement = valuesAt(item, ['replacement'])[0];
        const name = find?.kind === 'text' ? find.text : find?.kind === 'regexp' ? plainPattern(find.source) : undefined;
        if (name !== undefined && replacement !== undefined) pushAlias(name, replacement, config);
      }
    }
  }
}

/** `^@/` and `^~(.*)$` as the prefix that they match; anything more is left alone. */
function plainPattern(source: string): string | undefined {
  const match = /^\^?([\w@~#$/-]+?|\\\$\w+)\\?(\/)?(?:\(?\.[*+]\)?)?\$?$/.exec(source.replace(/\\\//g, '/').replace(/\\([@~#$])/g, '$1'));
  return match === null ? undefined : `${match[1] ?? ''}${match[2] ?? ''}`;
}

function pushAlias(name: string, value: StaticValue, config: Config): void {
  const to = pathsOf(value, config.folder)[0];
  if (to === undefined) return;
  const exact = name.length > 1 && name.endsWith('$');
  const find = exact ? name.slice(0, -1) : name.replace(/\/\*$/, '');
  config.facts.aliases.push(exact ? { folder: config.folder, find, to, exact: true } : { folder: config.folder, find, to });
}

/** Paths relative to the root: texts count from `folder`. */
export function pathsOf(value: StaticValue, folder: string): string[] {
  return parts(value).flatMap((part) => {
    if (part.kind === 'path') return [part.path];
    if (part.kind === 'array') return part.items.flatMap((item) => pathsOf(item, folder));
    if (part.kind !== 'text' || /^[a-z]+:\/\//.test(part.text)) return [];
    const path = joinPath(folder, part.text.replace(/\/?\*$/, '').replace(/^<rootDir>\//, ''));
    return path === undefined ? [] : [path];
  });
}

/** Every file that an `entry`, `input` or `entryPoints` names: a string, a list, a map of them, `{ import: … }`. */
export function readInputs(values: readonly StaticValue[], input: Pick<ConfiguredInput, 'side' | 'reason' | 'confidence'>, config: Config): void {
  const collect = (value: StaticValue, depth: number): void => {
    if (depth > 4) return;
    for (const part of parts(value)) {
      if (part.kind === 'text' || part.kind === 'path') {
        const path = part.kind === 'path' ? part.path : joinPath(config.folder, part.text);
        if (path !== undefined && path !== '' && !/\.(?:css|s[ac]ss|less|styl)$/.test(path)) config.facts.inputs.push({ ...input, path, file: config.file, at: part.at });
      } else if (part.kind === 'array') part.items.forEach((item) => collect(item, depth + 1));
      else if (part.kind === 'object') {
        for (const entry of part.entries) if (!/^(?:dependOn|filename|library|publicPath|runtime|chunks|title|html|layer|out)$/.test(entry.key ?? '')) collect(entry.value, depth + 1);
      }
    }
  };
  for (const value of values) collect(value, 0);
}

/** `minify: false`, `minimize: true`, `minify: "terser"`. */
export function readMinified(values: readonly StaticValue[], config: Config): void {
  for (const part of values.flatMap((value) => parts(value))) {
    if (part.kind === 'constant' && typeof part.value === 'boolean') noteMinified(config.facts, part.value);
    else if (part.kind === 'text' || part.kind === 'object') noteMinified(config.facts, true);
  }
}

export function readSourceMaps(values: readonly StaticValue[], config: Config): void {
  for (const value of values) {
    for (const part of parts(value)) {
      if (part.kind === 'constant' && typeof part.value === 'boolean') config.facts.sourceMaps = part.value;
      else if (part.kind === 'text' && part.text !== '') config.facts.sourceMaps = !/^(?:none|eval(?!-source-map)\S*|external-none)$/.test(part.text);
    }
  }
}
