/**
 * Covers the `{{ … }}` of a Helm, Jinja or Go template so that the rest can be read as YAML, and keeps every offset:
 * the result is as long as the text. A line that holds nothing but `{{ … }}` or `{% … %}` becomes a comment;
 * elsewhere letters stand for the template. `${{ … }}` of a workflow is YAML already and stays.
 */
export function maskTemplates(text: string): string {
  if (!text.includes('{{') && !text.includes('{%')) return text;
  return text.replace(template, (found: string, offset: number) => {
    if (text[offset - 1] === '$') return found;
    return isAlone(text, offset, offset + found.length) ? found.replace(/./g, '#') : found.replace(/[^\r\n]/g, 'x');
  });
}

const template = /\{\{(?:[^{}"'\r\n]|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|`[^`]*`|[{}](?![{}])|\r?\n)*?\}\}|\{%[^%]*%\}/g;

function isAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (text[before] === ' ' || text[before] === '\t') before -= 1;
  let after = end;
  while (text[after] === ' ' || text[after] === '\t' || text[after] === '\r') after += 1;
  return (before < 0 || text[before] === '\n') && (after >= text.length || text[after] === '\n');
}
