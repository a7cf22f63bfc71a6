import { hostOf, isHiltHost } from '../../hilt/hosts.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import { instancesOf } from '../instances.ts';
import type { Project } from '../project.ts';
import { calleeName, type Lazy, type Place, type Resolved, type ResolvedEntry } from '../resolved.ts';
import { RequestDraft } from './draft.ts';
import { readUrl } from './url.ts';
import { textsOf } from '../folded-texts.ts';
import { oncePerModule } from '../once-per-project.ts';

/** What the browser of an end-to-end test carries into the requests that it makes. */
interface BrowserState { fill(draft: RequestDraft): void }

const none: BrowserState = { fill: () => undefined };
const cookieSetters = /^(?:addCookies|setCookie)$/;

/** Cookies set in a controlled browser, and `test.use({ storageState })`; only for the clients that share the browser's cookies. */
export function browserStateOf(project: Project, module: ModuleSummary, family: string): BrowserState {
  return family === 'playwright' || family === 'cypress' || family === 'puppeteer' ? readState(project, module) : none;
}

const readState = oncePerModule((project, module): BrowserState => {
  const fillers: ((draft: RequestDraft) => void)[] = [configured(project, module)];
  for (const { use, module: owner, frame } of instancesOf(project, module)) {
    if (use.kind !== 'call') continue;
    const callee = project.evaluator.head({ module: owner, value: use.callee, frame, at: use.at });
    const name = calleeName(callee);
    const args = use.args.map((item): Lazy => ({ module: owner, value: item.value, frame, at: item.at }));
    if (cookieSetters.test(name)) fillers.push(cookies(project, name, args, { module: owner, at: use.at }));
    else if (name === 'setExtraHTTPHeaders' && args[0]) fillers.push((draft) => draft.takeHeaders(args[0] as Lazy));
    else if (isTestUse(callee) && args[0]) fillers.push((draft) => draft.takeOptions(args[0] as Lazy));
  }
  return { fill: (draft) => fillers.forEach((fill) => fill(draft)) };
});

function isTestUse(callee: Resolved): boolean {
  return (callee.kind === 'outside' && /(?:^|\.)test\.use$/.test(callee.name) && callee.specifier.includes('playwright')) || (callee.kind === 'member' && calleeName(callee) === 'use' && callee.object.kind === 'call' && calleeName(callee.object.callee) === 'extend');
}

/** Cookies of a domain of Hilt count for certain, of none named possibly, of another one not at all. */
function cookies(project: Project, name: string, args: readonly Lazy[], place: Place): (draft: RequestDraft) => void {
  const domains = args.flatMap((argument) => domainsIn(project, project.evaluator.head(argument), 0));
  const isHilt = domains.some((domain) => isHiltHost(hostOf(domain) ?? domain.replace(/^\./, ''), project.keyOptions));
  if (domains.length > 0 && !isHilt) return () => undefined;
  const confidence = isHilt ? 'certain' : 'possible';
  return (draft) => draft.add({ kind: 'browser-cookies', name, value: undefined, place, isProperty: false, confidence });
}

function domainsIn(project: Project, value: Resolved, depth: number): string[] {
  if (depth > 4) return [];
  if (value.kind === 'array') return value.items.slice(0, 50).flatMap((item) => domainsIn(project, project.evaluator.head(item), depth + 1));
  if (value.kind !== 'object') return [];
  return ['domain', 'url'].flatMap((name) => textsOf(project.evaluator.property(value, name)));
}

/** `use: { storageState, baseURL }` of the Playwright configuration above the test, its projects' among them; `e2e: { baseUrl }` of Cypress. */
function configured(project: Project, module: ModuleSummary): (draft: RequestDraft) => void {
  const config = configOf(project, module);
  const exported = config && project.evaluator.exportOf(config, 'default');
  if (!config || !exported) return () => undefined;
  const options = exported.kind === 'call' && exported.args[0] ? project.evaluator.head(exported.args[0]) : exported;
  const inProjects = valuesNamed(project, options, 'projects').flatMap((list) => (list.kind === 'array' ? list.items.map((item) => project.evaluator.head(item)) : []));
  const used = [options, ...inProjects].flatMap((each) => entriesNamed(project, each, 'use'));
  const given = [...used, ...entriesNamed(project, options, 'e2e')];
  return (draft) => given.forEach((entry) => draft.takeOptions(entry.value));
}

/** The tests whose requests go where a configuration of Playwright or Cypress says, if that is Hilt: they need not mention it. */
export function testsOfConfiguration(project: Project, { file }: ModuleSummary): string[] {
  const config = project.module(file);
  if (!config) return [];
  const draft = new RequestDraft(project);
  configured(project, config)(draft);
  if (readUrl(project, undefined, draft.bases).host !== 'hilt') return [];
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return [...(project.source?.paths() ?? [])].filter((path) => path.startsWith(folder) && testFile.test(path) && !/(?:^|\/)node_modules\//.test(path));
}

const testFile = /\.(?:spec|test|e2e|cy|setup)\.[cm]?[jt]sx?$/;

function entriesNamed(project: Project, object: Resolved, name: string): ResolvedEntry[] {
  return project.evaluator.entries(object).entries.filter((entry) => {
    const key = entry.key && project.evaluator.head(entry.key);
    return key?.kind === 'text' && key.text === name;
  });
}

function valuesNamed(project: Project, object: Resolved, name: string): Resolved[] {
  return entriesNamed(project, object, name).map((entry) => project.evaluator.head(entry.value));
}

function configOf(project: Project, module: ModuleSummary): ModuleSummary | undefined {
  const folders = module.file.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const folder = folders.slice(0, depth).map((name) => `${name}/`).join('');
    for (const ending of ['ts', 'js', 'mts', 'mjs']) {
      const config = project.module(`${folder}playwright.config.${ending}`) ?? project.module(`${folder}cypress.config.${ending}`);
      if (config) return config;
    }
  }
  return undefined;
}
