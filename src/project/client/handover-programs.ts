import { isKeyLikeName, isKeyName, secretNameKind } from '../../hilt/names.ts';
import type { KeyOptions } from '../../hilt/key-options.ts';
import type { TextPage, TextRead } from './handover-pages.ts';
import type { Step } from './printed-values.ts';

/** A language whose programs give values to templates by name. They are not parsed: a value is followed over one variable of its file. */
interface Language {
  readonly files: RegExp;
  readonly views: RegExp;
  /** Reads of a setting, whose name is the first group. */
  readonly reads: readonly RegExp[];
  /** A field that is filled with a setting, the first group: the second is the field's name. */
  readonly field?: RegExp;
  /** What stands before a value that is given to a template: its name is the last group that there is. */
  readonly given: RegExp;
  /** The ways by which a template gets at what is given so. */
  paths(name: string, before: string): readonly (readonly Step[])[];
}

const languages: readonly Language[] = [
  // https://pkg.go.dev/html/template; Gin, Echo and Fiber take maps alike.
  {
    files: /\.go$/,
    views: /\.(?:x?html?|tmpl|gohtml|tpl)$/,
    reads: [/\b(?:os\.(?:Getenv|LookupEnv)|viper\.GetString|env\.(?:Get|Str|String))\(\s*["`]([\w.-]+)["`][^)\n]*\)/g],
    given: /(?:"(\w+)"|\b([A-Z]\w*))\s*:\s*$/,
    paths: (name) => [[name]],
  },
  // https://docs.spring.io/spring-framework/reference/web/webmvc-view.html; servlets, Javalin and Ktor.
  {
    files: /\.(?:java|kt|groovy)$/,
    views: /\.(?:x?html?|jspx?|ftlh?|vm|mustache|hbs|peb|jte|kte)$/,
    reads: [/\b(?:System\.getenv\(\s*|System\.getenv\(\)\.get\(\s*|\w*[eE]nv\w*\.(?:getProperty|getRequiredProperty|get)\(\s*)"([\w.-]+)"[^)\n]*\)/g, /\bSystem\.getenv\(\)?\[\s*"(\w+)"\s*\]/g],
    field: /@Value\(\s*"\\?\$\{([\w.-]+)[^"]*"\s*\)\s*(?:(?:private|protected|public|final|static|lateinit|val|var|lateinit)\s+)*(?:String\??\s+)?(\w+)/g,
    given: /(?:\b(?:addAttribute|setAttribute|addObject|setVariable|put|attribute)\(\s*"(\w+)"\s*,|\bmodel\[\s*"(\w+)"\s*\]\s*=|"(\w+)"\s+to|\b(?:of|entry|mapOf)\([^()]*?"(\w+)"\s*,)\s*$/,
    paths: (name) => [[name]],
  },
  // https://learn.microsoft.com/aspnet/core/mvc/views/overview#pass-data-to-views
  {
    files: /\.cs$/,
    views: /\.(?:cshtml|razor)$/,
    reads: [/\b(?:(?:System\.)?Environment\.)?(?:GetEnvironmentVariable|GetValue<[\w?]+>|GetRequiredSection|GetSection)\(\s*"([\w:.-]+)"[^)\n]*\)(?:\.Value)?/g, /\b\w*[cC]onfig(?:uration)?\w*\[\s*"([\w:.-]+)"\s*\]/g],
    given: /(?:\bView(?:Data|Bag)(?:\.(\w+)|\[\s*"(\w+)"\s*\])\s*=|\b([A-Z]\w*)\s*=>?)\s*$/,
    paths: (name, before) => (/\bView(?:Data|Bag)\b[^;]*$/.test(before) ? [['ViewData', name], ['ViewBag', name]] : [['Model', name], [`@${name}`], [name]]),
  },
];

export function isServerProgram(file: string): boolean {
  return languages.some(({ files }) => files.test(file));
}

/** What programs in Go, Java, Kotlin and C# give to templates that show it. */
export function serverProgram({ file, text, keyOptions, views, hand }: TextPage): void {
  const language = languages.find(({ files }) => files.test(file));
  if (!language) return;
  const reads = readsIn(language, text, keyOptions);
  for (const { name, at } of [...reads, ...usesOf(language, text, reads, keyOptions)]) {
    const before = text.slice(Math.max(0, at[0] - 300), at[0]);
    const found = language.given.exec(before);
    const known = found?.slice(1).findLast((group) => group !== undefined);
    if (!found || known === undefined || !isWhole(text, at[1])) continue;
    const shown = language.paths(known, found[0]).map((path) => views.showIn((view) => language.views.test(view), path));
    if (shown.some(Boolean)) hand(at, { name }, shown.includes('certain') ? 'certain' : 'possible', 'what a template is given');
  }
}

function readsIn({ reads }: Language, text: string, options: KeyOptions): TextRead[] {
  return reads.flatMap((pattern) => [...text.matchAll(pattern)].flatMap((match): TextRead[] => {
    const name = match[1] ?? '';
    return isKey(name, options) ? [{ name, at: [match.index, match.index + match[0].length] }] : [];
  }));
}

function isKey(name: string, options: KeyOptions): boolean {
  return isKeyName(name, options) || isKeyLikeName(name.replace(/\W+/g, '_'), options) || secretNameKind(name) !== undefined;
}

/** The places at which a variable or a field that was given a key's value is used again. */
function usesOf({ field }: Language, text: string, reads: readonly TextRead[], options: KeyOptions): TextRead[] {
  const variables = new Map<string, string>();
  for (const { name, at } of reads) {
    const variable = /\b([\w.]+)\s*(?:,\s*\w+\s*)?:?=\s*$/.exec(text.slice(Math.max(0, at[0] - 100), at[0]))?.[1]?.split('.').at(-1);
    if (variable !== undefined) variables.set(variable, name);
  }
  for (const match of field ? text.matchAll(field) : []) if (isKey(match[1] ?? '', options)) variables.set(match[2] ?? '', match[1] ?? '');
  return [...variables].flatMap(([variable, name]) => [...text.matchAll(new RegExp(`(?<![\\w"$])(?:this\\.)?${variable}(?![\\w"]|\\s*(?::?=(?!=)|\\())`, 'g'))].map((use): TextRead => ({ name, at: [use.index, use.index + use[0].length] })));
}

/** Not only compared, measured or called. */
function isWhole(text: string, end: number): boolean {
  return /^\s*(?:[,;)}\]]|$|\n|\?\?|\?:|\.(?:trim|strip|toString|Trim|ToString)\(\))/.test(text.slice(end, end + 40));
}
