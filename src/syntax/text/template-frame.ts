/** UTF-16 units of text around a value beyond which nobody wants it rewritten. */
const maxFrame = 400;

/**
 * What stands before and after an expression that takes the place of `text.slice(start, end)`: nothing where that is all of
 * the text, else the quotes and the rest of a template literal. `undefined` where the rest is too long.
 */
export function templateFrame(text: string, start: number, end: number): readonly [before: string, after: string] | undefined {
  if (start === 0 && end === text.length) return ['', ''];
  if (text.length - (end - start) > maxFrame) return undefined;
  return ['`' + escaped(text.slice(0, start)) + '${', '}' + escaped(text.slice(end)) + '`'];
}

function escaped(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, '\\$&').replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}
