import type { Span } from '../span.ts';

/** Looks at the text of a script from left to right. */
export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(length = 1): string {
    return this.text.slice(this.at, this.at + length);
  }

  /** Takes what a sticky pattern matches here. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.at += match[0].length;
    return match;
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Blanks, comments, and lines that a backtick continues. */
  skipBlanks(): void {
    this.take(/(?:[ \t]|`\r?\n|<#[^]*?(?:#>|$)|(?<![^\s;{}()|])#[^\n]*)*/y);
  }

  /** The same with line ends, between statements and inside of brackets. */
  skipLines(): void {
    this.take(/(?:[\s;]|`\r?\n|<#[^]*?(?:#>|$)|(?<![^\s;{}()|,=])#[^\n]*)*/y);
  }

  span(start: number): Span {
    return [start, this.at];
  }
}
