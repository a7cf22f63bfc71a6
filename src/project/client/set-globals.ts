import { isKeyName, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { oncePerProject } from '../once-per-project.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/**
 * Whether a file that holds or reads a key sets a global: `window.__ENV__ = …`, in code or in the text of a script that a server writes
 * into its pages. The key is found there.
 */
export function isSetWithKey(project: Project, path: string): boolean {
  const [name = ''] = path.replace(/^(?:window|globalThis|self)\./, '').split('.');
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return false;
  const sets = new RegExp(`(?:\\b(?:window|globalThis|self)\\s*(?:\\.\\s*|\\[\\s*['"\`])|\\bvar\\s+)${literalPattern(name)}(?![\\w$])['"\`]?\\s*\\]?\\s*=(?!=)`);
  return textsWithKeys(project).some((text) => sets.test(text));
}

const textsWithKeys = oncePerProject((project): readonly string[] => [...project.modules.values()].filter((module) => holdsKey(project, module)).map(({ file }) => textOfFile(project.source, file)));

function holdsKey({ keyOptions }: Project, { secrets, reads }: ModuleSummary): boolean {
  return secrets.length > 0 || reads.some(({ name }) => isKeyName(name, keyOptions) || secretNameKind(name) !== undefined);
}

/** Whether an attribute of a page holds a key that a program asks its element for: `this.getAttribute("api-key")`, `script.dataset.apiKey`. The key is found there. */
export function isAttributeWithKey(project: Project, value: Resolved): boolean {
  const name = attributeOf(project, value);
  if (name === undefined) return false;
  const attribute = new RegExp(`(?<![\\w-])${name.replace(/[^\w-]/g, '\\$&')}\\s*=\\s*["']?$`, 'i');
  return [...project.modules.values()].some((module) => module.language === 'html' && module.secrets.some(({ at: [start] }) => attribute.test(textOfFile(project.source, module.file).slice(Math.max(0, start - 200), start))));
}

function attributeOf(project: Project, value: Resolved): string | undefined {
  if (value.kind === 'call' && calleeName(value.callee) === 'getAttribute' && value.args[0]) {
    const name = project.evaluator.head(value.args[0]);
    return name.kind === 'text' ? name.text : undefined;
  }
  const path = value.kind === 'global' ? value.path : value.kind === 'member' && value.property.kind === 'text' ? `${calleeName(value.object)}.${value.property.text}` : '';
  const data = /(?:^|\.)dataset\.(\w+)$/.exec(path)?.[1];
  return data && `data-${data.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
