import type { Lazy } from './resolved.ts';

/** Spreads inside spreads that are laid out. */
const maxOpen = 60;
/** Spreads that one question looks into: where each is a choice of two, they double at each step. */
const maxLooked = 2_000;

/** What is being laid out where it is spread: `headers = { ...headers, [name]: value }` in a loop comes back on itself. */
export class SpreadGuard {
  readonly #open: Lazy[] = [];
  #looked = 0;

  /** Whether the value may be laid out now; then `leave` must follow. */
  enter(spread: Lazy): boolean {
    if (this.#open.length === 0) this.#looked = 0;
    this.#looked += 1;
    if (this.#open.length > maxOpen || this.#looked > maxLooked || this.#open.some(({ value, frame }) => value === spread.value && frame === spread.frame)) return false;
    this.#open.push(spread);
    return true;
  }

  leave(): void {
    this.#open.pop();
  }
}
