/** Every way to hide a text that the search undoes, by name. Each takes and gives Latin-1. */
export const encoders: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(text, 'latin1').toString('base64'),
  base64url: (text) => Buffer.from(text, 'latin1').toString('base64url'),
  hex: (text) => Buffer.from(text, 'latin1').toString('hex'),
  hexCapitals: (text) => Buffer.from(text, 'latin1').toString('hex').toUpperCase(),
  hexList: (text) => codes(text).map((code) => `0x${digits(code)}`).join(', '),
  hexBlanks: (text) => codes(text).map(digits).join(' '),
  decimalList: (text) => codes(text).join(', '),
  percent: (text) => codes(text).map((code) => `%${digits(code)}`).join(''),
  hexEscapes: (text) => codes(text).map((code) => `\\x${digits(code)}`).join(''),
  unicodeEscapes: (text) => codes(text).map((code) => `\\u00${digits(code)}`).join(''),
  bracedEscapes: (text) => codes(text).map((code) => `\\u{${code.toString(16)}}`).join(''),
  octalEscapes: (text) => codes(text).map((code) => `\\${code.toString(8).padStart(3, '0')}`).join(''),
  decimalEntities: (text) => codes(text).map((code) => `&#${code};`).join(''),
  hexEntities: (text) => codes(text).map((code) => `&#x${code.toString(16)};`).join(''),
  utf16le: (text) => [...text].map((character) => `${character}\0`).join(''),
  utf16be: (text) => [...text].map((character) => `\0${character}`).join(''),
  reversed: reverse,
};

export function reverse(text: string): string {
  return [...text].reverse().join('');
}

function codes(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

function digits(code: number): string {
  return code.toString(16).padStart(2, '0');
}
