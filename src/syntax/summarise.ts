import { mentionsOf } from '../hilt/context.ts';
import type { KeyOptions } from '../hilt/key-options.ts';
import { isMarkupLanguage, isNotebook, isScriptLanguage, languageOf, type MarkupLanguage, type ScriptLanguage } from '../sources/language.ts';
import type { Notice } from '../sources/notice.ts';
import { collectionRequests } from './data/collections.ts';
import { readDeclarations, sourceSpan, type Command } from './data/index.ts';
import type { MappedText } from './data/mapped-text.ts';
import { makeNode } from './estree/build.ts';
import { readModule, type ModuleFacts } from './estree/module-reader.ts';
import { moveNodes } from './estree/move-nodes.ts';
import type { Node } from './estree/node.ts';
import { maxParseLength, parseProgram } from './estree/parse.ts';
import { jsonExports } from './json-module.ts';
import { readPowerShell } from './powershell/reader.ts';
import { readPython, withPythonExports } from './python/index.ts';
import type { MarkupComponent } from './markup-components.ts';
import type { Comment, Declaration, Language, Mentions, ModuleSummary, SecretOccurrence } from './module-summary.ts';
import { readNotebook, type Notebook } from './notebook.ts';
import { withMarkupFrames } from './markup-places.ts';
import { markupComments, markupOf, readScriptBlocks, scriptSpans, type ScriptBlocks } from './script-blocks.ts';
import { findMadeSecrets } from './run/find-made-secrets.ts';
import { SecretLiterals } from './secret-literals.ts';
import { requestsOfFile } from './shell/request-files.ts';
import { curlCommand, isCurlConfig } from './shell/curl-config.ts';
import { commentsOf, readCommands, readShell } from './shell/index.ts';
import { contains, overlap, type Span } from './span.ts';
import { directivesOf } from './directives.ts';
import { findNamedSecrets } from './text/find-named-secrets.ts';
import { findSecretsInText, type TextSecret } from './text/find-secrets.ts';
import { findSlotLiterals, findTokensInLiteral } from './text/find-slot-literals.ts';
import { findSplitSecrets } from './text/find-split-secrets.ts';
import { findVariableReads } from './text/find-variable-reads.ts';
import { isStyleSheet, styleSheetComments, styleSheetEdges } from './style-sheet.ts';
import { withSvelteProps } from './svelte-props.ts';
import type { Value } from './value.ts';
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

/**
 * Makes the summary of a program that a host has parsed already (ESLint's `sourceCode`), whatever its parser.
 * `program` is the tree, whose ranges are offsets in `text`; `comments` are its comments. `language` is what the text is
 * written in where the file's name does not tell (a code block of a document, a text without a file).
 */
export function summariseProgram(file: string, text: string, program: Node, comments: readonly Comment[], options: KeyOptions, language?: Language): Summarised {
  return new Summariser(file, text, options, language).summariseTree(program, comments);
}

class Summariser {
  readonly #file: string;
  readonly #text: string;
  readonly #options: KeyOptions;
  readonly #language: Language;
  readonly #mentions: Mentions;
  readonly #found: readonly TextSecret[];
  readonly #literals: SecretLiterals;
  readonly #notices: Notice[] = [];
  readonly #made: TextSecret[] = [];

  constructor(file: string, text: string, options: KeyOptions, language?: Language) {
    this.#file = file;
    this.#text = text;
    this.#options = options;
    this.#language = language ?? languageOf(file, text);
    this.#mentions = mentionsOf(text);
    const { secrets, exhausted } = findSecretsInText(text, options, this.#mentions);
    this.#found = secrets;
    this.#literals = new SecretLiterals(text, secrets, options, this.#mentions);
    if (exhausted) this.#tell('fold-budget', 'incomplete', 'holds more encoded text than is searched. Split the file, or list it under "ignore" in the configuration.');
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
    return this.#done({ parse: 'full', facts, comments, secrets: this.#literals.occurrences(facts.literals) });
  }

  #program(text: string, language: ScriptLanguage): Summarised {
    const parsed = this.#parse(text, language);
    if (!parsed) return this.#asText();
    return this.#done({ parse: parsed.recovered ? 'recovered' : 'full', facts: parsed.facts, comments: parsed.comments, secrets: this.#literals.occurrences(parsed.facts.literals) });
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
    const done = this.#done({ parse: isRecovered ? 'recovered' : 'full', facts: module.facts, comments: [...[module, ...parts].flatMap((each) => each.comments), ...hidden], secrets: withApart(this.#literals.occurrences(literals), this.#joinedInMarkup(blocks)) });
    if (parts.length === 0) return done;
    const summaries = parts.map((part) => this.#summaryOf({ parse: part.recovered ? 'recovered' : 'full', facts: part.facts, comments: [], secrets: [] }));
    return { ...done, summary: { ...done.summary, parts: summaries } };
  }

  /** What expressions of the markup put together; scripts are followed as programs. */
  #joinedInMarkup({ text, parts }: ScriptBlocks): TextSecret[] {
    if (!this.#mentions.key) return [];
    const isMarkup = ({ at: [start, end] }: TextSecret): boolean => [text, ...parts].every((program) => program.slice(start, end).trim() === '');
    const joined = [...findSplitSecrets(this.#text, this.#options, this.#mentions).secrets, ...findNamedSecrets(this.#text, this.#options, this.#mentions)].filter(isMarkup);
    return joined.filter((each, index) => joined.findIndex((other) => overlap(other.at, each.at)) === index);
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
    return this.#done({ parse: recovered ? 'recovered' : 'full', facts, comments, secrets: this.#literals.occurrences(facts.literals) });
  }

  /** Its code is the program that it is; the rest, outputs and documents, is searched as text. */
  #notebook(): Summarised {
    if (nesting(this.#text) > maxNesting) return this.#asText();
    const data = readDeclarations('json', this.#file, this.#text);
    this.#notices.push(...data.notices);
    const { language, code, cells, commands, declarations } = readNotebook(this.#text, data.declarations);
    const read = code.text.length > maxParseLength ? undefined : this.#readCode(language, code);
    if (!read) return this.#data(this.#splitIn(code));
    const isInCode = ({ at }: { readonly at: Span }): boolean => cells.some((cell) => contains(cell, at));
    const body = readCommands(this.#text, commands)['body'] as Node[];
    const program = makeNode('Program', [0, this.#text.length], { body: [...(read.program['body'] as Node[]), ...body] });
    const facts = language === 'python' ? withPythonExports(this.#facts(program), read.program) : this.#facts(program);
    const outside = this.#textOccurrences().filter((each) => each.form !== 'plain' && !isInCode(each));
    const secrets = withApart(this.#literals.occurrences(facts.literals).map((each) => ({ ...each, replaceable: false })), outside);
    const declared = [...data.declarations.filter((each) => !isInCode(each)), ...declarations].map((declaration) => this.#withoutSecrets(declaration));
    return this.#done({ parse: read.recovered ? 'recovered' : 'full', language: language === 'python' ? 'python' : 'ts', facts, comments: read.comments, secrets, declarations: declared });
  }

  #splitIn(code: MappedText): TextSecret[] {
    return findSplitSecrets(code.text, this.#options, this.#mentions).secrets.map((each) => ({ ...each, at: sourceSpan(code, ...each.at) }));
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
    const { program, declarations, recovered } = readShell(this.#text);
    if (recovered) this.#tell('parse-error', 'info', 'has syntax that is not understood; it was read as far as it goes.');
    const facts = this.#facts(program);
    const comments = commentsOf(this.#text, facts.literals.map(({ at }) => at));
    const parse = recovered ? 'recovered' : 'full';
    return this.#done({ parse, facts, comments, secrets: this.#textOccurrences(), declarations: declarations.map((declaration) => this.#withoutSecrets(declaration)) });
  }

  /** `apart`: secrets that only the cells of a notebook show, for it has no program that is followed. */
  #data(apart: readonly TextSecret[] = []): Summarised {
    if (nesting(this.#text) > maxNesting) return this.#asText();
    const data = readDeclarations(this.#language, this.#file, this.#text);
    this.#notices.push(...data.notices);
    const declarations = data.declarations.map((declaration) => this.#withoutSecrets(declaration));
    const exports = this.#language === 'json' && this.#text.length <= maxParseLength ? jsonExports(this.#text, (text, at) => this.#literals.valueOf(text, at)) : [];
    const { bindings, uses, folds, functions, reads } = this.#commands(data.commands);
    const requests = this.#mentions.hilt || this.#mentions.key ? collectionRequests(declarations) : [];
    // What PowerShell puts together is found in its text.
    const isSheet = isStyleSheet(this.#file);
    const facts = { ...emptyFacts, imports: isSheet ? styleSheetEdges(this.#text) : [], exports, bindings, uses: [...uses, ...requests], folds: isPowerShell(this.#file) ? [] : folds, functions, reads: [...data.reads, ...reads].sort((a, b) => a.at[0] - b.at[0]) };
    return this.#done({ parse: 'text', facts, comments: isSheet ? styleSheetComments(this.#file, this.#text) : data.comments, secrets: withApart(this.#textOccurrences(), apart), declarations });
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
    const reads = isProgram && this.#mentions.hilt ? findVariableReads(this.#text) : [];
    return this.#done({ parse: 'text', facts: { ...emptyFacts, directives: isScriptLanguage(this.#language) ? directivesOf(this.#text.slice(0, longestHead)).map(({ name }) => name) : [], reads }, comments: [], secrets: this.#textOccurrences() });
  }

  #textOccurrences(): SecretOccurrence[] {
    const joined = findSplitSecrets(this.#text, this.#options, this.#mentions).secrets;
    const named = this.#mentions.key ? findNamedSecrets(this.#text, this.#options, this.#mentions) : [];
    const split = [...joined, ...named.filter((each) => !joined.some((known) => overlap(known.at, each.at)))];
    const isCovered = (at: Span, others: readonly TextSecret[]): boolean => others.some((other) => overlap(at, other.at));
    // A key that goes on in the next literal: the whole of it, not its first piece.
    const longer = split.filter((each) => this.#found.some((known) => known.form === 'plain' && known.at[0] >= each.at[0] && known.at[1] <= each.at[1] && known.secret.preview === each.secret.preview));
    const apart = split.filter((each) => !isCovered(each.at, this.#found) || longer.includes(each));
    return [...this.#found.filter((each) => !isCovered(each.at, longer)), ...apart].map(({ secret, at, form }) => ({ secret, at, form, replaceable: false })).sort((a, b) => a.at[0] - b.at[0]);
  }

  #parse(text: string, language: ScriptLanguage): { facts: ModuleFacts; comments: readonly Comment[]; recovered: boolean } | undefined {
    if (text.length > maxParseLength) return undefined;
    const parsed = parseProgram(text, language);
    if (!parsed) return undefined;
    if (parsed.recovered) this.#tell('parse-error', 'info', 'has syntax errors; it was read as far as it goes.');
    return { facts: this.#facts(parsed.program), comments: parsed.comments, recovered: parsed.recovered };
  }

  #facts(program: Node, components: readonly MarkupComponent[] = []): ModuleFacts {
    const read = readModule(program, this.#text, (text, node) => this.#literals.valueOf(text, [node.range[0], node.range[1]]), components);
    const facts = this.#language === 'svelte' ? withSvelteProps(read, this.#text) : read;
    if (facts.exhausted) this.#tellExhausted();
    this.#made.push(...findMadeSecrets(program, this.#text, this.#options, this.#mentions, this.#found));
    return facts;
  }

  #tellExhausted(): void {
    this.#tell('fold-budget', 'info', 'is larger or deeper than the analysis follows; some values in it were not followed.');
  }

  #withoutSecrets(declaration: Declaration): Declaration {
    return { ...declaration, value: this.#replaceText(declaration.value) };
  }

  #replaceText(value: Value): Value {
    if (value.kind === 'text') return this.#literals.valueOf(value.text, value.at ?? [0, 0]);
    if (value.kind === 'concat') return { ...value, parts: value.parts.map((part) => this.#replaceText(part)) };
    if (value.kind === 'choice') return { ...value, options: value.options.map((option) => this.#replaceText(option)) };
    return value;
  }

  #tell(code: Notice['code'], level: Notice['level'], what: string): void {
    this.#notices.push({ code, level, file: this.#file, message: `${this.#file} ${what}` });
  }

  #done(result: Result): Summarised {
    const found = withApart(this.#withSlotLiterals(result.secrets, result.language), this.#tokensIn(result.facts.literals));
    // ESLint has parsers of components, but none of pages.
    const secrets = isMarkupLanguage(this.#language) && this.#language !== 'html' ? this.#withFrames(found.map((each) => withQuotes(each, this.#text))) : found;
    const summary = this.#summaryOf({ ...result, secrets }, this.#packageSecrets(result.facts.literals));
    return { summary: this.#made.length > 0 ? { ...summary, made: this.#made } : summary, notices: this.#notices };
  }

  #withFrames(secrets: readonly SecretOccurrence[]): readonly SecretOccurrence[] {
    if (secrets.length === 0 || (this.#language !== 'svelte' && this.#language !== 'astro')) return secrets;
    return withMarkupFrames(this.#language, markupOf(this.#language, this.#text), secrets, (text) => this.#literals.onlyKey(text));
  }

  /** Secrets with those that only what stands beside them tells. */
  #withSlotLiterals(secrets: readonly SecretOccurrence[], language = this.#language): readonly SecretOccurrence[] {
    const isProgram = isScriptLanguage(language) || isMarkupLanguage(language) || language === 'python';
    const inSlots = this.#mentions.hiltPay ? findSlotLiterals(this.#text, this.#options, isProgram) : [];
    return withApart(secrets, inSlots);
  }

  #tokensIn(literals: ModuleFacts['literals']): TextSecret[] {
    if (!this.#mentions.hiltPay) return [];
    return literals.filter(({ text }) => text.includes('eyJ')).flatMap(({ at }) => findTokensInLiteral(this.#text.slice(...at), this.#options).map((found) => ({ ...found, at: [found.at[0] + at[0], found.at[1] + at[0]] as Span })));
  }

  #packageSecrets(literals: ModuleFacts['literals']): { packageSecrets?: readonly SecretOccurrence[] } {
    if (this.#mentions.hiltPay || this.#mentions.other || !/hilt_live_|delivery_claim/.test(this.#text)) return {};
    const context = { ...this.#mentions, hiltPay: true };
    const loose = findSecretsInText(this.#text, this.#options, context).secrets.filter((each) => !this.#found.some((known) => overlap(known.at, each.at)));
    const found = new SecretLiterals(this.#text, loose, this.#options, context).occurrences(literals);
    const packageSecrets = withApart(found, findSlotLiterals(this.#text, this.#options, true));
    return packageSecrets.length > 0 ? { packageSecrets } : {};
  }

  #summaryOf({ parse, language = this.#language, facts, comments, secrets, declarations = [] }: Result, packageSecrets: Pick<ModuleSummary, 'packageSecrets'> = {}): ModuleSummary {
    const { directives, imports, exports, bindings, types, signatures, augmentedTypes, functions, classes, statements, branches, flags, callEffects, uses, folds, reads } = facts;
    const told = { ...(flags ? { flags } : {}), ...(callEffects ? { callEffects } : {}), directives, imports, exports, bindings, ...(types ? { types } : {}), ...(signatures ? { signatures } : {}), ...(augmentedTypes ? { augmentedTypes } : {}), functions, classes, statements, branches, uses, folds, reads, declarations, comments };
    return {
      file: this.#file, language, mentions: this.#mentions, parse,
      secrets, ...packageSecrets, ...(this.#language === 'vue' ? { scripts: scriptSpans(this.#text) } : {}),
      ...(this.#found.length === 0 ? told : withoutSecrets(told, this.#text, this.#found, this.#options, this.#mentions)),
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

/** In markup some parsers count the quotes of a literal or an attribute to it, others do not, and text has no literals: the same place for all. An expression stands inside of them. */
function withQuotes(occurrence: SecretOccurrence, text: string): SecretOccurrence {
  const [start, end] = occurrence.at;
  const isQuoted = /["'`]/.test(text[start - 1] ?? '') && text[start - 1] === text[end] && !/["'`]/.test(text.slice(start, end));
  return isQuoted ? { ...occurrence, at: [start - 1, end + 1] } : occurrence;
}

function withApart(secrets: readonly SecretOccurrence[], more: readonly TextSecret[]): readonly SecretOccurrence[] {
  const apart = more.filter((each) => !secrets.some((known) => overlap(known.at, each.at)));
  if (apart.length === 0) return secrets;
  return [...secrets, ...apart.map(({ secret, at, form }) => ({ secret, at, form, replaceable: false }))].sort((a, b) => a.at[0] - b.at[0]);
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
