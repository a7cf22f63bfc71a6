import { hostOf, isHiltHost } from '../../hilt/hosts.ts';
import type { AssignUse, ElementUse } from '../../syntax/module-summary.ts';
import type { Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { chainsOf, type Chain } from '../requests/chain.ts';
import { readUrl } from '../requests/url.ts';
import { calleeName, type Lazy, type Resolved } from '../resolved.ts';
import { textsOf } from '../folded-texts.ts';

/** Something that a page hands to an element of other people. */
export interface Handed { readonly name: string; readonly value: Lazy }

/** The tag of an element that the code makes: `document.createElement("script")`, `new Image()`. */
function madeTag(project: Project, root: Resolved): string | undefined {
  if (root.kind !== 'call') return undefined;
  if (root.isNew) return root.callee.kind === 'global' && root.callee.path === 'Image' ? 'img' : undefined;
  const tag = calleeName(root.callee) === 'createElement' && root.args[0] ? project.evaluator.head(root.args[0]) : undefined;
  return tag?.kind === 'text' ? tag.text.toLowerCase() : undefined;
}

function isScript(tag: string | undefined): boolean {
  return tag === 'script' || tag === 'iframe';
}

/** `script.setAttribute("data-key", value)` on a script that the code makes. */
export function attributeSet(project: Project, { root, path }: Chain, args: readonly Lazy[]): Handed | undefined {
  return path.at(-1) === 'setAttribute' && args[1] && isScript(madeTag(project, root)) ? { name: 'script', value: args[1] } : undefined;
}

/** `script.dataset.key = value`, `script.src = "https://elsewhere/?key=" + value`, a picture that is loaded with it. */
export function elementWrite(project: Project, use: AssignUse, { module, frame }: Instance): Handed | undefined {
  const property = project.evaluator.head({ module, value: use.property, frame, at: use.at });
  if (property.kind !== 'text') return undefined;
  const value: Lazy = { module, value: use.value, frame, at: use.valueAt };
  for (const { root, path } of chainsOf(project, project.evaluator.head({ module, value: use.object, frame, at: use.at }))) {
    const tag = madeTag(project, root);
    if (tag === undefined) continue;
    if (path.length === 1 && path[0] === 'dataset' && isScript(tag)) return { name: 'script', value };
    if (path.length > 0 || !/^(?:src|href|action)$/.test(property.text)) continue;
    const { host, hostName } = readUrl(project, value, []);
    if (host === 'other') return { name: `page element of ${hostName ?? 'another host'}`, value };
  }
  return undefined;
}

/** Attributes of `<script src="https://elsewhere">` and of components like it, each at its own place. */
export function scriptAttributes(project: Project, use: ElementUse, { module, frame }: Instance): (Handed & { readonly place: { module: typeof module; at: ElementUse['at'] } })[] {
  const type = project.evaluator.head({ module, value: use.element.type, frame, at: use.at });
  const isElsewhere = (type.kind === 'text' && isScript(type.text)) || (type.kind === 'outside' && type.specifier === 'next/script');
  if (!isElsewhere) return [];
  const props = project.evaluator.head({ module, value: use.element.props, frame, at: use.at });
  const host = hostOf(textsOf(project.evaluator.property(props, 'src'))[0] ?? '');
  if (host === undefined || isHiltHost(host, project.keyOptions)) return [];
  return project.evaluator.entries(props).entries.flatMap((entry) => {
    const key = entry.key && project.evaluator.head(entry.key);
    return key?.kind === 'text' && key.text === 'src' ? [] : [{ name: `script of ${host}`, value: entry.value, place: entry.place }];
  });
}
