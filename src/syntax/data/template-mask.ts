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
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline === -1 ? text.length : newline;
  return text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
}
