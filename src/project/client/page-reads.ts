import { isKeyName, secretNameKind } from '../../hilt/names.ts';
import { textOfFile } from '../../sources/file-text.ts';
import type { Span } from '../../syntax/span.ts';
import type { DetectedFramework, Detection } from '../frameworks/detect.ts';
import type { FrameworkId } from '../frameworks/framework.ts';
import { relativeTo } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import type { Exposure } from './exposure.ts';

/** How a build writes variables into pages. */
interface PageSyntax {
  readonly frameworks: readonly FrameworkId[];
  /** The pages that the build treats so, relative to the framework's folder. */
  readonly pages: RegExp;
  /** The variable's name is the first group. */
  readonly read: RegExp;
}

const viteBuilt: readonly FrameworkId[] = ['vite', 'solid-start', 'electron', 'tauri', 'capacitor', 'browser-extension', 'qwik'];

const syntaxes: readonly PageSyntax[] = [
  // https://vite.dev/guide/env-and-mode#html-constant-replacement (built)
  { frameworks: viteBuilt, pages: /\.html$/, read: /%([A-Z][A-Z0-9_]*)%/g },
  // https://create-react-app.dev/docs/adding-custom-environment-variables (built)
  { frameworks: ['cra'], pages: /^public\/[^/]*\.html$/, read: /%([A-Z][A-Z0-9_]*)%/g },
  // https://svelte.dev/docs/kit/project-structure (built)
  { frameworks: ['sveltekit'], pages: /^src\/(?:app|error)\.html$/, read: /%sveltekit\.env\.([A-Z][A-Z0-9_]*)%/g },
  // https://cli.vuejs.org/guide/html-and-static-assets.html (built)
  { frameworks: ['vue-cli'], pages: /\.html$/, read: /<%[-=]?\s*(?:process\.env\.)?([A-Z][A-Z0-9_]*)\s*%>/g },
];

/** Public variables that a page has written in: `%VITE_HILT_KEY%`. */
export function pageReads(project: Project, detection: Detection): Exposure[] {
  const exposures: Exposure[] = [];
  for (const module of project.modules.values()) {
    if (module.language !== 'html') continue;
    for (const detected of detection.at(module.file)) {
      const syntax = syntaxes.find(({ frameworks, pages }) => frameworks.includes(detected.framework.id) && pages.test(relativeTo(detected.folder, module.file)));
      if (syntax) exposures.push(...readsIn(project, module.file, syntax, detected));
    }
  }
  return exposures;
}

function readsIn(project: Project, file: string, { read }: PageSyntax, detected: DetectedFramework): Exposure[] {
  return [...textOfFile(project.source, file).matchAll(read)].flatMap((match): Exposure[] => {
    const name = match[1] ?? '';
    if (!isKeyName(name, project.keyOptions) && secretNameKind(name) === undefined) return [];
    if (!opens(detected, name)) return [];
    const at: Span = [match.index, match.index + match[0].length];
    const { title } = detected.framework;
    return [{ file, at, exposure: 'value', confidence: 'certain', reason: 'bundle', name, what: title, trace: [{ file, at, message: `page of ${title}` }] }];
  });
}

function opens({ framework, facts }: DetectedFramework, name: string): boolean {
  const own = facts.prefixes.some((prefix) => prefix.replaces) ? [] : framework.publicPrefixes;
  const isOpen = [...own, ...facts.prefixes].some(({ prefix }) => prefix !== '' && name.startsWith(prefix));
  return isOpen || facts.injections.some((injection) => injection.how === 'env' && injection.name === name);
}
