import { isKeyName, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { oncePerProject } from '../once-per-project.ts';

/**
 * Whether a file that holds or reads a key sets a global: `window.__ENV__ = …`, in code or in the text of a script that a server writes
 * into its pages. The key is found there.
 */
export function isSetWithKey(project: Project, path: string): boolean {
  const [name = ''] = path.replace(/^(?:window|globalThis|self)\./, '').split('.');
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return false;
  const sets = new RegExp(`(?:\\b(?:window|globalThis|self)\\s*(?:\\.\\s*|\\[\\s*['"\`])|\\bvar\\s+)${name.replaceAll('$', '\\$')}(?![\\w$])['"\`]?\\s*\\]?\\s*=(?!=)`);
  return textsWithKeys(project).some((text) => sets.test(text));
}

const textsWithKeys = oncePerProject((project): readonly string[] => [...project.modules.values()].filter((module) => holdsKey(project, module)).map(({ file }) => textOfFile(project.source, file)));

function holdsKey({ keyOptions }: Project, { secrets, reads }: ModuleSummary): boolean {
  return secrets.length > 0 || reads.some(({ name }) => isKeyName(name, keyOptions) || secretNameKind(name) !== undefined);
}
