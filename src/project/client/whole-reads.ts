import { textOfFile } from '../../sources/file-text.ts';
import type { DetectedFramework } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { isBelow } from '../graph/posix-path.ts';
import type { Project } from '../project.ts';
import type { ClientEntry } from './entry-search.ts';
import { literalPattern } from '../../syntax/text/literal-pattern.ts';

/** Client code that takes all public variables at once. */
export interface WholeReads {
  /** Whether a build gives out a public variable although no code that was found names it. */
  ships(detected: DetectedFramework, name: string): 'certain' | 'possible' | undefined;
  /** Whether client code takes the whole of an object that the configuration puts in the place of `process.env` or `import.meta.env`. */
  takes(detected: DetectedFramework, access: 'process.env' | 'import.meta.env'): 'certain' | 'possible' | undefined;
}

/**
 * How a module uses the whole object of variables. `opaque`: passed on, spread, indexed at run time, so that every bundler keeps all
 * of it. `members`: by a constant index or by a name of its own, of which only known members are read; there Rollup drops the rest
 * and Rolldown does not (Vite 7.3 and 8.3 built).
 */
type WholeUse = 'opaque' | 'members';

export function createWholeReads(project: Project, built: BuiltGraph, entries: readonly ClientEntry[]): WholeReads {
  const known = new Map<string, ReadonlySet<WholeUse>>();
  const takes: WholeReads['takes'] = (detected, access) => {
    const question = `${detected.folder}\n${access}`;
    const uses = known.get(question) ?? findUses(project, built, entries, detected, access);
    known.set(question, uses);
    if (uses.has('opaque')) return 'certain';
    return uses.has('members') ? keepsMembers(detected) : undefined;
  };
  return {
    takes,
    ships: (detected, name) => {
      const rules = detected.framework.publicPrefixes.filter((rule) => rule.prefix !== '' && name.startsWith(rule.prefix));
      if (rules.some((rule) => rule.ships === 'always' && isTaken(built, detected, rule.modules ?? []))) return 'certain';
      const opened = detected.facts.prefixes.some((rule) => rule.prefix !== '' && name.startsWith(rule.prefix));
      if (!opened && !rules.some((rule) => rule.ships === 'object')) return undefined;
      return takes(detected, rules.some((rule) => rule.access.includes('process.env')) ? 'process.env' : 'import.meta.env');
    },
  };
}

/** SvelteKit's `$env/dynamic/public`: one import in the application, and every page holds all of it. */
function isTaken({ graph }: BuiltGraph, { folder }: DetectedFramework, modules: readonly string[]): boolean {
  return modules.some((module) => graph.importersOfExternal(module).some((file) => isBelow(file, folder)));
}

function keepsMembers({ bundler, bundlerMajor }: DetectedFramework): 'certain' | 'possible' | undefined {
  if (bundler !== 'vite') return 'certain';
  if (bundlerMajor === undefined) return 'possible';
  return bundlerMajor >= 8 ? 'certain' : undefined;
}

function findUses(project: Project, { graph }: BuiltGraph, entries: readonly ClientEntry[], detected: DetectedFramework, access: 'process.env' | 'import.meta.env'): Set<WholeUse> {
  const own = entries.filter((entry) => entry.framework.folder === detected.folder).map((entry) => (entry.part === undefined ? { file: entry.file } : { file: entry.file, part: entry.part }));
  const uses = new Set<WholeUse>();
  for (const file of graph.reachableFrom(own).files) {
    const text = /\.(?:[mc]?[jt]sx?|vue|svelte|astro|html?)$/.test(file) ? textOfFile(project.source, file) : '';
    if (text.includes(access)) for (const use of wholeUsesIn(text, access)) uses.add(use);
  }
  return uses;
}

const blockComment = /\/\*[\s\S]*?\*\//g;
const lineComment = /(^|[\s;{}(,])\/\/[^\n]*/g;

/** Every use of the object in a text that is not the read of one named member. */
export function wholeUsesIn(source: string, access: 'process.env' | 'import.meta.env'): Set<WholeUse> {
  const text = source.replace(blockComment, ' ').replace(lineComment, '$1');
  const uses = new Set<WholeUse>();
  const object = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${access.replaceAll('.', '\\s*\\.\\s*')}(?![\\w$])`, 'g');
  for (const match of text.matchAll(object)) {
    const use = useAt(text, match.index, match.index + match[0].length);
    if (use) uses.add(use);
  }
  return uses;
}

function useAt(text: string, start: number, end: number): WholeUse | undefined {
  const after = text.slice(end, end + 200);
  const before = text.slice(Math.max(0, start - 300), start);
  if (/^\s*(?:!|as\s[\w\s.<>,[\]{}|&"']+)?\s*\)?\s*\??\.\s*[A-Za-z_$]/.test(after)) return undefined;
  if (/^\s*(?:\?\.)?\[\s*(?:'[^']*'|"[^"]*"|`[^`$]*`)\s*\]/.test(after)) return 'members';
  if (/\btypeof\s+$/.test(before) || /:\s*$/.test(before) && /^\s*[;,)=]/.test(after) && /\binterface\b|\btype\b/.test(before)) return undefined;
  const pattern = /\{([^{}]*)\}\s*(?::[^=]+)?=\s*$/.exec(before)?.[1];
  if (pattern !== undefined) return pattern.includes('...') ? 'opaque' : undefined;
  const alias = /\b(export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=\s*$/.exec(before);
  if (!alias || !/^\s*(?:as\s[^;\n]+)?(?:;|\n|$)/.test(after)) return 'opaque';
  if (alias[1] !== undefined) return 'members';
  const name = alias[2] ?? '';
  const declaredAt = start - before.length + alias.index + alias[0].indexOf(name, (alias[1] ?? '').length + 3);
  const others = [...text.matchAll(new RegExp(`(?<![\\w$.'"\`-])${literalPattern(name)}(?![\\w$])`, 'g'))].filter((use) => use.index !== declaredAt);
  const isKnown = others.every((use) => /^\s*\??\.\s*[A-Za-z_$]|^\s*\[\s*['"`]/.test(text.slice(use.index + use[0].length, use.index + use[0].length + 100)));
  return isKnown ? 'members' : 'opaque';
}
