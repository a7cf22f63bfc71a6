import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Resolved } from '../resolved.ts';
import { functionsIn, handOverReturns, handOverValue, type HandOvers, type Handing } from './handover-site.ts';
import { oncePerProject } from '../once-per-project.ts';

/**
 * What the main and preload programs of Electron give their windows, whose pages run whatever they load: what `contextBridge` exposes, what
 * handlers answer, what is sent (https://www.electronjs.org/docs/latest/tutorial/context-isolation, /ipc).
 */
export function electronHandOvers(handOvers: HandOvers, files: readonly string[]): void {
  for (const file of files) {
    const module = handOvers.openIf(file, 'answers to windows');
    for (const use of module?.uses ?? []) {
      if (!module) continue;
      if (use.kind === 'call') handOverCall(handOvers, module, use);
      else if (use.kind === 'assign' && use.property.kind === 'text' && use.property.text === 'returnValue') handOverValue(handOvers, handOvers.project.evaluator.lazy(module, use.value, undefined, use.valueAt), use.valueAt, { module, parties, what: 'what a window is answered' });
    }
  }
}

const parties = { client: 'the window', giver: 'the program' } as const;

function handOverCall(handOvers: HandOvers, module: ModuleSummary, use: CallUse): void {
  const { project } = handOvers;
  const exposed = exposedBy(project, module, use);
  if (exposed) {
    const handing: Handing = { module, parties, what: 'what `contextBridge` exposes' };
    handOverValue(handOvers, exposed.value, use.at, handing);
    for (const fn of functionsIn(project, project.evaluator.head(exposed.value))) handOverReturns(handOvers, fn, handing);
    return;
  }
  const callee = project.evaluator.look(module, use.callee);
  const name = calleeName(callee);
  // https://www.electronjs.org/docs/latest/api/web-contents#contentsexecutejavascriptcode-usergesture
  if (name === 'executeJavaScript' || (name === 'loadFile' && callee.kind === 'member')) {
    for (const { value, at } of use.args) handOverValue(handOvers, project.evaluator.lazy(module, value, undefined, at), at, { module, parties, what: name === 'loadFile' ? 'the address of its page' : 'a program that it runs' });
    return;
  }
  const [channel, handler, ...others] = use.args;
  if (!channel || !handler) return;
  if (isHandling(callee)) {
    for (const fn of functionsIn(project, project.evaluator.look(module, handler.value))) handOverReturns(handOvers, fn, { module, parties, what: 'what a window is answered' });
  } else if (isSending(callee)) {
    for (const item of [handler, ...others]) handOverValue(handOvers, project.evaluator.lazy(module, item.value, undefined, item.at), item.at, { module, parties, what: 'what a window is sent' });
  }
}

/** `ipcMain.handle("key", () => …)` */
function isHandling(callee: Resolved): boolean {
  return /^handle(?:Once)?$/.test(calleeName(callee)) && holderOf(callee) === 'ipcMain';
}

/** `window.webContents.send("key", key)`, `event.sender.send(…)`, `event.reply(…)` */
function isSending(callee: Resolved): boolean {
  const name = calleeName(callee);
  return (name === 'send' && /^(?:webContents|sender|mainFrame|senderFrame)$/.test(holderOf(callee))) || (name === 'reply' && /^(?:event|evt|e)$/.test(holderOf(callee)));
}

/** The name of what a method is called on. */
function holderOf(callee: Resolved): string {
  if (callee.kind === 'outside') return callee.name.split('.').at(-2) ?? '';
  if (callee.kind === 'global') return callee.path.split('.').at(-2) ?? '';
  if (callee.kind !== 'member') return '';
  const { object } = callee;
  if (object.kind === 'parameter') return object.name ?? '';
  if (object.kind === 'member') return object.property.kind === 'text' ? object.property.text : '';
  return object.kind === 'outside' || object.kind === 'global' ? calleeName(object) : '';
}

interface Exposed { readonly name: string; readonly value: Lazy }

function exposedBy(project: Project, module: ModuleSummary, use: CallUse): Exposed | undefined {
  const callee = calleeName(project.evaluator.look(module, use.callee));
  const first = callee === 'exposeInMainWorld' ? 0 : callee === 'exposeInIsolatedWorld' ? 1 : undefined;
  const [name, value] = first === undefined ? [] : use.args.slice(first);
  if (!name || !value) return undefined;
  const named = project.evaluator.look(module, name.value);
  return named.kind === 'text' ? { name: named.text, value: project.evaluator.lazy(module, value.value, undefined, value.at) } : undefined;
}

// --- what a window takes ---------------------------------------------------------------------------------------------------------

/** What a page reads or asks of the programs: `window.shop.key`, `window.shop.getKey()`, `ipcRenderer.invoke("key")`. */
export function valuesOfBridge(project: Project, root: Resolved, names: readonly string[]): Resolved[] {
  if (root.kind === 'global') return exposedAt(project, root.path, names);
  if (root.kind !== 'call') return [];
  const given = answers(project, root) ?? (root.callee.kind === 'global' ? exposedAt(project, root.callee.path, []).flatMap((value) => returnsOf(project, value)) : []);
  return given.map((value) => project.evaluator.propertyAlong(value, names));
}

function exposedAt(project: Project, path: string, names: readonly string[]): Resolved[] {
  const [name, ...rest] = path.replace(/^(?:window|globalThis|self)\./, '').split('.');
  return exposedIn(project).filter((each) => each.name === name).map(({ value }) => project.evaluator.propertyAlong(project.evaluator.head(value), [...rest, ...names])).filter(({ kind }) => kind !== 'constant');
}

const exposedIn = oncePerProject((project): readonly Exposed[] => [...preloads(project)].flatMap((module) => module.uses.flatMap((use) => (use.kind === 'call' ? (exposedBy(project, module, use) ?? []) : []))));

/** The programs that mention Hilt, and those that are called a preload, which may only hand on what others answer. */
function preloads(project: Project): Set<ModuleSummary> {
  const modules = new Set(project.modules.values());
  for (const path of project.source?.paths() ?? []) {
    const module = /(?:^|\/)[\w.-]*preload[^/]*(?:\/index)?\.[mc]?[jt]s$/.test(path) ? project.module(path) : undefined;
    if (module) modules.add(module);
  }
  return modules;
}

function answers(project: Project, { callee, args }: Resolved & { kind: 'call' }): Resolved[] | undefined {
  const channel = /^(?:invoke|sendSync)$/.test(calleeName(callee)) && holderOf(callee) === 'ipcRenderer' && args[0] ? project.evaluator.head(args[0]) : undefined;
  if (channel?.kind !== 'text') return undefined;
  return [...project.modules.values()].flatMap((module) => module.uses.flatMap((use) => {
    const [name, handler] = use.kind === 'call' ? use.args : [];
    if (use.kind !== 'call' || !name || !handler || !isHandling(project.evaluator.look(module, use.callee))) return [];
    const own = project.evaluator.look(module, name.value);
    return own.kind === 'text' && own.text === channel.text ? returnsOf(project, project.evaluator.look(module, handler.value)) : [];
  }));
}

function returnsOf(project: Project, value: Resolved): Resolved[] {
  return functionsIn(project, value).flatMap((fn) => project.evaluator.returnsOf(fn));
}
