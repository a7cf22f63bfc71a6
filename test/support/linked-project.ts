import { mentionsHilt } from '../../src/hilt/needles.ts';
import { defaultKeyOptions, type KeyOptions } from '../../src/hilt/key-options.ts';
import { linkProject } from '../../src/project/link.ts';
import type { Project } from '../../src/project/project.ts';
import { summarise } from '../../src/syntax/summarise.ts';
import { memorySource } from './memory-source.ts';

/** A project of literal files, linked as a scan links it: only what mentions Hilt is there from the start. */
export function linkedProject(files: Readonly<Record<string, string>>, options: KeyOptions = defaultKeyOptions): Project {
  const source = memorySource(files);
  const named = Object.entries(files).filter(([, text]) => mentionsHilt(Buffer.from(text)) || options.names.some((name) => text.includes(name)));
  return linkProject(named.map(([file, text]) => summarise(file, text, options).summary), options, source);
}
