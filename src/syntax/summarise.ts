import type { KeyOptions } from '../hilt/key-options.ts';
import { isMarkupLanguage, isNotebook, isScriptLanguage, languageOf, type MarkupLanguage, type ScriptLanguage } from '../sources/language.ts';
import type { Notice } from '../sources/notice.ts';
import { collectionRequests } from './data/collections.ts';
import { readDeclarations, sourceSpan, type Command } from './data/index.ts';
import type { MappedText } from './data/mapped-text.ts';
import { makeNode } from './estree/build.ts';
import type { ModuleFacts } from './estree/module-facts.ts';
import { readModule } from './estree/module-reader.ts';
import { moveNodes } from './estree/move-nodes.ts';
import type { Node } from './estree/node.ts';
import { maxParseLength, parseProgram } from './estree/parse.ts';
import { FileSecrets, withApart } from './file-secrets.ts';
import { jsonExports } from './json-module.ts';
import { readPowerShell } from './powershell/reader.ts';
import { readPython, withPythonExports } from './python/index.ts';
import type { MarkupComponent } from './markup-components.ts';
import type { Comment, Declaration, Language, ModuleSummary, SecretOccurrence } from './module-summary.ts';
import { readNotebook, type Notebook } from './notebook.ts';
import { markupComments, readScriptBlocks, scriptSpans, type ScriptBlocks } from './script-blocks.ts';
import { findMadeSecrets } from './run/find-made-secrets.ts';
import { requestsOfFile } from './shell/request-files.ts';
import { curlCommand, isCurlConfig } from './shell/curl-config.ts';
import { asShell, commentsOf, readCommands, readShell } from './shell/index.ts';
import { contains, type Span } from './span.ts';
import { directivesOf } from './directives.ts';
import type { TextSecret } from './text/find-secrets.ts';
import { findVariableReads } from './text/find-variable-reads.ts';
import { isStyleSheet, styleSheetComments, styleSheetEdges } from './style-sheet.ts';
import { withSvelteProps } from './svelte-props.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface Summarised {
  readonly summary: ModuleSummary;
  readonly notices: readonly Notice[];
}

const emptyFacts: ModuleFacts = {
  directives: [], imports: [], exports: [], bindings: {}, functions: [], classes: [], statements: [], branches: [], uses: [], folds: [], reads: [], literals: [], exhausted: false,
};

/** Makes the summary of one file from its path (POSIX, relative to the root) and its decoded text. Never throws on bad input. */
export function summarise(file: string, text: string, options: KeyOptions): Summarised {
  return new Summariser(file, text, options).summarise();
}

/** A program that a host has parsed. */
export interface HostedProgram {
  readonly file: string;
  readonly text: string;
  /** What the text is written in; the file's name does not tell it of a code block of a document, or of a text without a file. */
  readonly language: Language;
  /** Its ranges are offsets in `text`. */
  readonly program: Node;
  readonly comments: readonly Comment[];
}

/** Makes the summary of a program that a host has parsed already (ESLint's `sourceCode`), whatever its parser. */
export function summariseProgram({ file, text, language, program, comments }: HostedProgram, options: KeyOptions): Summarised {
  return new Summariser(file, text, options, language).summariseTree(program, comments);
}

class Summariser {
  readonly #file: string;
  readonly #text: string;
  readonly #options: KeyOptions;
  readonly #language: Language;
  readonly #secrets: FileSecrets;
  readonly #notices: Notice[] = [];
  readonly #made: TextSecret[] = [];

  constructor(file: string, text: string, options: KeyOptions, language?: Language) {
    this.#file = file;
    this.#text = text;
    this.#options = options;
    this.#language = language ?? languageOf(file, text);
    this.#secrets = new FileSecrets(text, this.#language, options);
    if (this.#secrets.exhausted) this.#tell('fold-budget', 'incomplete', 'holds more encoded text than is searched. Split the file, or list it under "ignore" in the configuration.');
  }

  summarise(): Summarised {
    try {
      return this.#read();
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      return this.#asText();
    }
  }

  #read(): Summarised {
    const language = this.#language;
    if (isScriptLanguage(language)) return this.#program(this.#text, language);
    if (isMarkupLanguage(language)) return this.#component(language);
    if (language === 'python') return this.#python();
    if (language === 'shell') return this.#shell();
    return isNotebook(this.#file) ? this.#notebook() : this.#data();
  }

  summariseTree(program: Node, comments: readonly Comment[]): Summarised {
    const facts = this.#facts(program);
    return this.#done({ parse: 'full', facts, comments, secrets: this.#secrets.literals.occurrences(facts.literals) });
  }

  #program(text: string, language: ScriptLanguage): Summarised {
    const parsed = this.#parse(text, language);
    if (!parsed) return this.#asText();
    return this.#done({ parse: parsed.recovered ? 'recovered' : 'full', facts: parsed.facts, comments: parsed.comments, secrets: this.#secrets.literals.occurrences(parsed.facts.literals) });
  }

  #component(language: MarkupLanguage): Summarised {
    if (this.#text.length > maxParseLength) return this.#asText();
    const blocks = readScriptBlocks(language, this.#text);
    const module = this.#parseMarkup(blocks) ?? this.#parse(blocks.text, blocks.language);
    if (!module) return this.#asText();
    const hidden = this.#language === 'svelte' || this.#language === 'vue' ? markupComments(this.#text) : [];
    const parts = blocks.parts.flatMap((text) => this.#parse(text, blocks.language) ?? []);
    const literals = [module, ...parts].flatMap((each) => each.facts.literals);
    const isRecovered = [module, ...parts].some((each) => each.recovered);
    const done = this.#done({ parse: isRecovered ? 'recovered' : 'full', facts: module.facts, comments: [...[module, ...parts].flatMap((each) => each.comments), ...hidden], secrets: withApart(this.#secrets.literals.occurrences(literals), this.#secrets.joinedInMarkup(blocks)) });
    if (parts.length === 0) return done;
    const summaries = parts.map((part) => this.#summaryOf({ parse: part.recovered ? 'recovered' : 'full', facts: part.facts, comments: [], secrets: [] }));
    return { ...done, summary: { ...done.summary, parts: summaries } };
  }

  /** Markup is read where it parses: a dialect that is not known shall not cost what the scripts tell. */
  #parseMarkup({ withMarkup, language }: ScriptBlocks): { facts: ModuleFacts; comments: readonly Comment[]; recovered: boolean } | undefined {
    for (const { text, components } of withMarkup) {
      const parsed = text.length > maxParseLength ? undefined : parseProgram(text, language);
      if (parsed && !parsed.recovered) return { facts: this.#facts(parsed.program, components), comments: parsed.comments, recovered: false };
    }
    return undefined;
  }

  #python(): Summarised {
    if (this.#text.length > maxParseLength) return this.#asText();
    const { program, comments, recovered, exhausted } = readPython(this.#text);
    if (recovered) this.#tell('parse-error', 'info', 'has syntax errors; it was read as far as it goes.');
    const read = this.#facts(program);
    if (exhausted && !read.exhausted) this.#tellExhausted();
    const facts = withPythonExports(read, program);
    return this.#done({ parse: recovered ? 'recovered' : 'full', facts, comments, secrets: this.#secrets.literals.occurrences(facts.literals) });
  }

  /** Its code is the program that it is; the rest, outputs and documents, is searched as text. */
  #notebook(): Summarised {
    if (nesting(this.#text) > maxNesting) return this.#asText();
    const data = readDeclarations('json', this.#file, this.#text);
    this.#notices.push(...data.notices);
    const { language, code, cells, commands, declarations } = readNotebook(this.#text, data.declarations);
    const read = code.text.length > maxParseLength ? undefined : this.#readCode(language, code);
    if (!read) return this.#data(this.#secrets.splitIn(code));
    const isInCode = ({ at }: { readonly at: Span }): boolean => cells.some((cell) => contains(cell, at));
    const body = readCommands(this.#text, commands)['body'] as Node[];
    const program = makeNode('Program', [0, this.#text.length], { body: [...(read.program['body'] as Node[]), ...body] });
    const facts = language === 'python' ? withPythonExports(this.#facts(program), read.program) : this.#facts(program);
    const outside = this.#secrets.ofText().filter((each) => each.form !== 'plain' && !isInCode(each));
    const secrets = withApart(this.#secrets.literals.occurrences(facts.literals).map((each) => ({ ...each, replaceable: false })), outside);
    const declared = [...data.declarations.filter((each) => !isInCode(each)), ...declarations].map((declaration) => this.#secrets.replaceIn(declaration));
    return this.#done({ parse: read.recovered ? 'recovered' : 'full', language: language === 'python' ? 'python' : 'ts', facts, comments: read.comments, secrets, declarations: declared });
  }

  /** The cells of a notebook as one program, with the places of the file. */
  #readCode(language: Notebook['language'], code: MappedText): { program: Node; comments: readonly Comment[]; recovered: boolean } | undefined {
    const read = language === 'python' ? readPython(code.text) : language === 'ts' ? parseProgram(code.text, 'ts') : undefined;
    if (!read) return undefined;
    moveNodes(read.program, code);
    return { ...read, comments: read.comments.map((comment) => ({ ...comment, at: sourceSpan(code, ...comment.at) })) };
  }

  /** Secrets stand at their own text: a word of a script is no literal of its own. */
  #shell(): Summarised {
    if (this.#text.length > maxParseLength) return this.#asText();
    const { program, declarations, recovered } = readShell(asShell(this.#file, this.#text));
    if (recovered) this.#tell('parse-error', 'info', 'has syntax that is not understood; it was read as far as it goes.');
    const facts = this.#facts(program);
    const comments = commentsOf(this.#text, facts.literals.map(({ at }) => at));
    const parse = recovered ? 'recovered' : 'full';
    return this.#done({ parse, facts, comments, secrets: this.#secrets.ofText(), declarations: declarations.map((declaration) => this.#secrets.replaceIn(declaration)) });
  }

  /** `apart`: secrets that only the cells of a notebook show, for it has no program that is followed. */
  #data(apart: readonly TextSecret[] = []): Summarised {
    if (nesting(this.#text) > maxNesting) return this.#asText();
    const data = readDeclarations(this.#language, this.#file, this.#text);
    this.#notices.push(...data.notices);
    const declarations = data.declarations.map((declaration) => this.#secrets.replaceIn(declaration));
    const exports = this.#language === 'json' && this.#text.length <= maxParseLength ? jsonExports(this.#text, (text, at) => this.#secrets.literals.valueOf(text, at)) : [];
    const { bindings, uses, folds, functions, reads } = this.#commands(data.commands);
    const requests = this.#secrets.mentions.hilt || this.#secrets.mentions.key ? collectionRequests(declarations) : [];
    // What PowerShell puts together is found in its text.
    const isSheet = isStyleSheet(this.#file);
    const facts = { ...emptyFacts, imports: isSheet ? styleSheetEdges(this.#text) : [], exports, bindings, uses: [...uses, ...requests], folds: isPowerShell(this.#file) ? [] : folds, functions, reads: [...data.reads, ...reads].sort((a, b) => a.at[0] - b.at[0]) };
    return this.#done({ parse: 'text', facts, comments: isSheet ? styleSheetComments(this.#file, this.#text) : data.comments, secrets: withApart(this.#secrets.ofText(), apart), declarations });
  }

  /** What the shell commands and the requests of the file do. */
  #commands(commands: readonly Command[]): ModuleFacts {
    if (this.#text.length > maxParseLength) return emptyFacts;
    const requests = this.#requests();
    return commands.length + requests.length > 0 ? this.#facts(readCommands(this.#text, commands, requests)) : emptyFacts;
  }

  #requests(): Node[] {
    if (this.#language === 'http') return requestsOfFile(this.#file, this.#text);
    if (isPowerShell(this.#file)) return readPowerShell(this.#text);
    return (this.#language === 'properties' || this.#language === 'text') && isCurlConfig(this.#file, this.#text) ? curlCommand(this.#text) : [];
  }

  /** Too large or too broken for a tree: searched as text, split literals included. */
  #asText(): Summarised {
    const isLarge = this.#text.length > maxParseLength;
    const why = isLarge ? `is larger than ${maxParseLength / 1024} KiB of text` : 'is nested too deeply or too broken to be parsed';
    this.#tell('parse-skipped', 'info', `${why}, so it was searched as text only: values that the program puts together from several places are not seen in it.`);
    // The front matter of a page of Astro stays on the server, its scripts do not: a text does not tell them apart.
    const isProgram = isScriptLanguage(this.#language) || (isMarkupLanguage(this.#language) && this.#language !== 'astro');
    const reads = isProgram && this.#secrets.mentions.hilt ? findVariableReads(this.#text) : [];
    return this.#done({ parse: 'text', facts: { ...emptyFacts, directives: isScriptLanguage(this.#language) ? directivesOf(this.#text.slice(0, longestHead)).map(({ name }) => name) : [], reads }, comments: [], secrets: this.#secrets.ofText() });
  }

  #parse(text: string, language: ScriptLanguage): { facts: ModuleFacts; comments: readonly Comment[]; recovered: boolean } | undefined {
    if (text.length > maxParseLength) return undefined;
    const parsed = parseProgram(text, language);
    if (!parsed) return undefined;
    if (parsed.recovered) this.#tell('parse-error', 'info', 'has syntax errors; it was read as far as it goes.');
    return { facts: this.#facts(parsed.program), comments: parsed.comments, recovered: parsed.recovered };
  }

  #facts(program: Node, components: readonly MarkupComponent[] = []): ModuleFacts {
    const read = readModule(program, this.#text, (text, node) => this.#secrets.literals.valueOf(text, [node.range[0], node.range[1]]), components);
    const facts = this.#language === 'svelte' ? withSvelteProps(read, this.#text) : read;
    if (facts.exhausted) this.#tellExhausted();
    this.#made.push(...findMadeSecrets(program, this.#text, this.#options, this.#secrets.mentions, this.#secrets.found));
    return facts;
  }

  #tellExhausted(): void {
    this.#tell('fold-budget', 'info', 'is larger or deeper than the analysis follows; some values in it were not followed.');
  }

  #tell(code: Notice['code'], level: Notice['level'], what: string): void {
    this.#notices.push({ code, level, file: this.#file, message: `${this.#file} ${what}` });
  }

  #done(result: Result): Summarised {
    const secrets = this.#secrets.complete(result.secrets, result.facts.literals, result.language ?? this.#language);
    const summary = this.#summaryOf({ ...result, secrets }, this.#secrets.ofPackage(result.facts.literals));
    return { summary: this.#made.length > 0 ? { ...summary, made: this.#made } : summary, notices: this.#notices };
  }

  #summaryOf({ parse, language = this.#language, facts, comments, secrets, declarations = [] }: Result, packageSecrets: Pick<ModuleSummary, 'packageSecrets'> = {}): ModuleSummary {
    const { directives, imports, exports, bindings, types, signatures, augmentedTypes, functions, classes, statements, branches, flags, callEffects, uses, folds, reads } = facts;
    const told = { ...(flags ? { flags } : {}), ...(callEffects ? { callEffects } : {}), directives, imports, exports, bindings, ...(types ? { types } : {}), ...(signatures ? { signatures } : {}), ...(augmentedTypes ? { augmentedTypes } : {}), functions, classes, statements, branches, uses, folds, reads, declarations, comments };
    return {
      file: this.#file, language, mentions: this.#secrets.mentions, parse,
      secrets, ...packageSecrets, ...(this.#language === 'vue' ? { scripts: scriptSpans(this.#text) } : {}),
      ...(this.#secrets.found.length === 0 ? told : withoutSecrets(told, this.#text, this.#secrets.found, this.#options, this.#secrets.mentions)),
    };
  }
}

/** Trees are read by recursion; one that is deeper than the stack cannot be. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && error.message.startsWith('Maximum call stack');
}

function isPowerShell(file: string): boolean {
  return /\.psm?1$/i.test(file);
}

/** Characters within which directives are looked for in a program that has no tree. */
const longestHead = 10_000;

/** Readers of data files follow brackets into each other by recursion. */
const maxNesting = 1000;

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
  }
  return deepest;
}

interface Result {
  readonly parse: ModuleSummary['parse'];
  /** Of the program, where the file holds one in another format. */
  readonly language?: Language;
  readonly facts: ModuleFacts;
  readonly comments: readonly Comment[];
  readonly secrets: readonly SecretOccurrence[];
  readonly declarations?: readonly Declaration[];
}
