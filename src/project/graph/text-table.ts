/** Text `i` ends before `ends[i]` and begins at `ends[i - 1]`. */
export interface FlatTexts {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/**
 * Texts by number, as UTF-8 in one buffer: of a hundred thousand strings of its own V8 would keep a header and a pointer each, the cache
 * would have to make them all before one is asked for, and looking one up in a `Map` takes longer than finding it in its file.
 */
export class TextTable {
  #bytes: Buffer;
  #ends: Uint32Array;
  #size: number;
  #length: number;
  /** Open addressing: a slot holds 1 + the number of a text. Empty until a text is looked up: where all are known already, none ever is. */
  #slots = new Uint32Array(0);
  /** By number. */
  #hashes = new Int32Array(0);

  /** An empty table, or one that goes on from texts that have their numbers already. */
  constructor({ bytes, ends }: FlatTexts = { bytes: new Uint8Array(0), ends: new Uint32Array(0) }) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ends = ends;
    this.#size = ends.length;
    this.#length = ends[ends.length - 1] ?? 0;
  }

  static from(texts: Iterable<string>): TextTable {
    const table = new TextTable();
    for (const text of texts) table.numberOf(text);
    return table;
  }

  get size(): number {
    return this.#size;
  }

  at(number: number): string {
    return number < this.#size ? this.#bytes.toString('utf8', this.#startOf(number), this.#ends[number]) : '';
  }

  /**
   * The number of a text; a new one where the table does not have it.
   *
   * @param areBytes The text is UTF-8 that was read as Latin-1: each character is a byte.
   */
  numberOf(text: string, areBytes = false): number {
    const length = writeText(text, areBytes);
    const hash = hashOf(scratch, 0, length);
    const slot = this.#slotOf(hash, length);
    if (this.#slots[slot] === 0) this.#slots[slot] = this.#append(hash, length) + 1;
    return (this.#slots[slot] as number) - 1;
  }

  /** The number of a text, or `undefined` where the table does not have it. */
  find(text: string): number | undefined {
    const length = writeText(text, false);
    const slot = this.#slotOf(hashOf(scratch, 0, length), length);
    const found = this.#slots[slot] as number;
    return found === 0 ? undefined : found - 1;
  }

  /** All texts, in the order of their numbers. */
  all(): string[] {
    return Array.from({ length: this.#size }, (_, number) => this.at(number));
  }

  /** The table as it is written down; views, valid until a text is added. */
  flat(): FlatTexts {
    return { bytes: this.#bytes.subarray(0, this.#length), ends: this.#ends.subarray(0, this.#size) };
  }

  /** Where the text in `scratch` is, or has its place. */
  #slotOf(hash: number, length: number): number {
    if (this.#slots.length < 2 * this.#size + 2) this.#makeSlots();
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let found = slots[slot] as number; found !== 0; found = slots[slot] as number) {
      if (this.#hashes[found - 1] === hash && this.#isAt(found - 1, length)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] as number);
  }

  /** Whether the text of this number is the one in `scratch`. */
  #isAt(number: number, length: number): boolean {
    const start = this.#startOf(number);
    if ((this.#ends[number] as number) - start !== length) return false;
    const [bytes, wanted] = [this.#bytes, scratch];
    for (let i = 0; i < length; i++) if (bytes[start + i] !== wanted[i]) return false;
    return true;
  }

  /** Adds the text in `scratch` and gives its number. */
  #append(hash: number, length: number): number {
    const [bytes, text, start, number] = [this.#withRoom(length), scratch, this.#length, this.#size];
    for (let i = 0; i < length; i++) bytes[start + i] = text[i] as number;
    this.#length = start + length;
    this.#ends[number] = this.#length;
    this.#hashes[number] = hash;
    this.#size = number + 1;
    return number;
  }

  #withRoom(length: number): Buffer {
    if (this.#length + length > this.#bytes.length) {
      const bytes = Buffer.alloc(Math.max(this.#length + length, this.#bytes.length * 2, 65_536));
      bytes.set(this.#bytes);
      this.#bytes = bytes;
    }
    if (this.#size === this.#ends.length) {
      const ends = new Uint32Array(Math.max(4096, this.#size * 2));
      ends.set(this.#ends);
      this.#ends = ends;
    }
    return this.#bytes;
  }

  /** At least half of the slots stay free until the table has four times as many texts. */
  #makeSlots(): void {
    const slots = new Uint32Array(Math.max(16_384, 2 ** Math.ceil(Math.log2(this.#size * 8 + 1))));
    const hashes = new Int32Array(slots.length / 2);
    const known = Math.min(this.#hashes.length, this.#size);
    hashes.set(this.#hashes.subarray(0, known));
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      if (number >= known) hashes[number] = hashOf(this.#bytes, this.#startOf(number), this.#ends[number] as number);
      let slot = (hashes[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
    this.#hashes = hashes;
  }
}

let scratch = Buffer.alloc(4096);

/** Writes the text's bytes to `scratch` and gives their number. Nearly all are short and ASCII, for which a loop is quicker than a call. */
function writeText(text: string, areBytes: boolean): number {
  if (text.length * 3 > scratch.length) scratch = Buffer.alloc(text.length * 3);
  const bytes = scratch;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f && !areBytes) return bytes.write(text, 0, 'utf8');
    bytes[i] = code;
  }
  return text.length;
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), as 32 bits with a sign: what V8 keeps without an object. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
