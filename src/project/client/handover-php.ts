import type { Span } from '../../syntax/span.ts';
import type { Exposure } from './exposure.ts';
import type { TextPage, TextRead } from './handover-pages.ts';
import type { Shown } from './template-views.ts';

/** What PHP prints into its page, or gives to a template that shows it. */
export function phpPage({ text, reads, views, hand }: TextPage, secrets: readonly { readonly at: Span; readonly secret: Exposure['secret'] & {} }[]): void {
  const printed = spansFrom(text, prints);
  const given = spansFrom(text, rendering);
  const isIn = (spans: readonly Span[], [start, end]: Span): boolean => spans.some((span) => span[0] <= start && end <= span[1]);
  const variables = phpVariables(text, reads);
  for (const { name, at } of [...reads, ...variables]) {
    if (!isWhole(text, at)) continue;
    const call = given.find((span) => isIn([span], at));
    const shown: Shown = call ? shownByView(text, call, at, views) : isIn(printed, at) ? 'certain' : undefined;
    if (shown) hand(at, { name }, shown, call ? 'what a template is given' : undefined);
  }
  const code = [...text.matchAll(/<\?(?:php\b|=)[\s\S]*?(?:\?>|$(?![\s\S]))/g)].map(({ index, 0: block }): Span => [index, index + block.length]);
  for (const { secret, at } of secrets) if (isIn(printed, at) || isIn(given, at) || !isIn(code, [at[0], at[0]])) hand(at, { secret });
}

const prints = /<\?=|\becho\b|\bprintf?\s*\(|\b(?:wp_localize_script|wp_add_inline_script|wp_json_encode|json_encode|wp_send_json\w*)\s*\(/g;
/** Laravel, Symfony, Twig, Smarty and their like. */
const rendering = /\b(?:view|render|renderView|renderForm|share|addGlobal|assign|make)\s*\(/g;

/** Statements that begin so. */
function spansFrom(text: string, begin: RegExp): Span[] {
  return [...text.matchAll(begin)].map((match): Span => {
    const rest = /;|\?>/.exec(text.slice(match.index));
    return [match.index, rest ? match.index + rest.index : text.length];
  });
}

/** `view("pay", ["key" => …])`, `$this->render("pay.html.twig", […])`, `View::share("key", …)`. Props of Inertia are in the page, shown or not. */
function shownByView(text: string, [start, end]: Span, at: Span, views: TextPage['views']): Shown {
  if (/\b(?:Inertia::|inertia\(\)->)\s*$/.test(text.slice(Math.max(0, start - 20), start))) return 'certain';
  const statement = text.slice(start, end);
  const first = /\(\s*['"]([^'"]+)['"]/.exec(statement)?.[1];
  const before = text.slice(start, at[0]);
  const isShared = /^(?:share|addGlobal|assign)/.test(statement);
  const name = /['"](\w+)['"]\s*(?:=>|,)\s*$/.exec(before)?.[1];
  if (name === undefined) return isShared ? undefined : 'possible';
  return views.show(isShared ? undefined : first, [first !== undefined && isShared ? first : name]) ?? (isShared ? undefined : shownByPhp(views, first, name));
}

/** A template of plain PHP knows the value as a variable. */
function shownByPhp(views: TextPage['views'], view: string | undefined, name: string): Shown {
  return view !== undefined && views.has(view) ? views.show(view, [`$${name}`]) : undefined;
}

/** Not only asked whether it is there, or how long. */
function isWhole(text: string, [start, end]: Span): boolean {
  return !/^\s*(?:\?[^.?:>]|[!=]=|\.length)/.test(text.slice(end, end + 20)) && !/(?:\bempty|\bisset|!!?|\bstrlen|\bmd5|\bsubstr|\bBoolean)\s*\(?\s*$/.test(text.slice(Math.max(0, start - 12), start));
}

/** Variables that were given a key's value, where they are used again. */
function phpVariables(text: string, reads: readonly TextRead[]): TextRead[] {
  return [...text.matchAll(/(\$\w+)\s*=\s*(?=\S)/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const read = reads.find(({ at }) => at[0] === start);
    if (!read || match[1] === undefined) return [];
    const uses = [...text.matchAll(new RegExp(`${match[1].replace('$', '\\$')}(?!\\w)(?!\\s*=[^=>])`, 'g')), ...text.matchAll(new RegExp(`(?<=\\bcompact\\([^)]*)['"]${match[1].slice(1)}['"]`, 'g'))];
    return uses.filter((use) => isWhole(text, [use.index, use.index + use[0].length])).map((use): TextRead => ({ name: read.name, at: [use.index, use.index + use[0].length] }));
  });
}
