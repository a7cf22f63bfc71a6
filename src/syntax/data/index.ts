import type { Language } from '../module-summary.ts';
import { addNotice, createDraft, type DataFile, type DataFileDraft } from './data-file.ts';
import { readDockerfile } from './dockerfile.ts';
import { readDotenv } from './dotenv.ts';
import { readHcl } from './hcl.ts';
import { readHttp } from './http.ts';
import { readJson } from './json.ts';
import { readJustfile } from './justfile.ts';
import { readMakefile } from './makefile.ts';
import { readNative } from './native.ts';
import { readCrontab, readProcfile, readProperties } from './properties.ts';
import { readToml } from './toml.ts';
import { readXml } from './xml.ts';
import { readYaml } from './yaml.ts';

export type { Command, DataFile } from './data-file.ts';
export { linesOf } from './lines.ts';
export { sourceSpan } from './mapped-text.ts';

/**
 * Reads a file that is not a program, `file` being its POSIX path relative to the root and `text` its decoded text.
 *
 * Never throws: what cannot be understood is told by a notice of level `info`, and what could be read is returned; the text as a
 * whole is searched by others. The kind of file is told by its name first, so that a `Procfile` or a `.tf` file is read although
 * its language is `text`.
 *
 * Spans are UTF-16 offsets. A declaration's `at` is its name without quotes; `valueAt` is the value as written, with its quotes
 * and, of a block scalar, its header; the `at` of a text in the value is what stands between the quotes.
 */
export function readDeclarations(language: Language, file: string, text: string): DataFile {
  const draft = createDraft(file, text);
  const read = readerOf(language, file);
  if (read === undefined) return draft;
  try {
    read(draft);
  } catch (error) {
    // Only the kind of error is told: a parser's message may quote the file.
    const kind = error instanceof Error ? error.name : 'unknown error';
    addNotice(draft, 'manifest-unreadable', `could not be read as ${language} (${kind}); it was searched as text only`);
  }
  return draft;
}

type Reader = (draft: DataFileDraft) => void;

/** Files whose name says more than their language. The first that fits counts. */
const readersByName: readonly (readonly [RegExp, Reader])[] = [
  // Written by a package manager, often megabytes; nobody declares anything there.
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|deno\.lock|pnpm-lock|yarn\.lock|bun\.lock|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|pubspec\.lock|gradle\.lockfile|Podfile\.lock|flake\.lock)(?:\.json|\.ya?ml)?$/, () => undefined],
  [/(?:^|\/)\.?justfile$|\.just$/i, readJustfile],
  [/(?:^|\/)Procfile(?:\.[\w-]+)?$/, readProcfile],
  [/(?:^|\/)(?:crontab|cron\.d\/[^/]+|[^/]+\.(?:cron|crontab))$/, readCrontab],
  [/\.(?:tf|tfvars|hcl|nomad)$/, readHcl],
  [/\.(?:service|timer|socket|container|pod)$/, (draft) => readProperties(draft, 'systemd')],
  [/\.java$/, (draft) => readNative(draft, 'java')],
  [/\.xcconfig(?:\.|$)/, (draft) => readProperties(draft, 'xcconfig')],
  [/(?:^|\/)\.npmrc$/, (draft) => readProperties(draft, 'npmrc')],
  [/\.properties(?:\.|$)/, (draft) => readProperties(draft, 'java')],
  [/\.(?:conf|htaccess)$/, (draft) => readProperties(draft, 'conf')],
];

const readersByLanguage: Partial<Record<Language, Reader>> = {
  dotenv: readDotenv,
  json: readJson,
  yaml: readYaml,
  toml: readToml,
  properties: (draft) => readProperties(draft, 'ini'),
  xml: readXml,
  dockerfile: readDockerfile,
  makefile: readMakefile,
  http: readHttp,
  hcl: readHcl,
  kotlin: (draft) => readNative(draft, 'kotlin'),
  swift: (draft) => readNative(draft, 'swift'),
  dart: (draft) => readNative(draft, 'dart'),
  groovy: (draft) => readNative(draft, 'groovy'),
};

const namedLanguages: ReadonlySet<Language> = new Set(['json', 'yaml', 'toml', 'properties', 'text', 'makefile']);

function readerOf(language: Language, file: string): Reader | undefined {
  const named = namedLanguages.has(language) ? readersByName.find(([pattern]) => pattern.test(file)) : undefined;
  return named?.[1] ?? readersByLanguage[language];
}
