/** The source of a regular expression that matches just this text. */
export function literalPattern(text: string): string {
  return text.replace(/[^\w\s]/g, '\\$&');
}
