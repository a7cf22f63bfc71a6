import type { Language } from '../module-summary.ts';
import { addNotice, createDraft, type DataFile, type DataFileDraft } from './data-file.ts';
import { readDotenv } from './dotenv.ts';
import { readJson } from './json.ts';
import { readToml } from './toml.ts';
import { readYaml } from './yaml.ts';

export type { Command, DataFile } from './data-file.ts';
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

function readerOf(language: Language, _file: string): Reader | undefined {
  switch (language) {
    case 'dotenv': return readDotenv;
    case 'json': return readJson;
    case 'yaml': return readYaml;
    case 'toml': return readToml;
    default: return undefined;
  }
}
