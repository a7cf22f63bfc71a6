import type { Variable } from './scopes.ts';

/**
 * Variables whose values are being worked out. One that leads back to itself is cut there, so that what was worked out on
 * the way rests on where it began. An answer is whole where everything that was cut below it was opened below it as well:
 * it is then the same wherever it is asked for, and may be kept.
 */
export class Circles {
  readonly #open = new Map<Variable, number>();
  /** The outermost variable that something was cut at since the present answer began, as a place in the order of opening. */
  #cutAt = Infinity;

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  open(variable: Variable): void {
    this.#open.set(variable, this.#open.size);
  }

  close(variable: Variable): void {
    this.#open.delete(variable);
  }

  /** Whether the variable is open; the answer then rests on that. */
  cutsAt(variable: Variable): boolean {
    const place = this.#open.get(variable);
    if (place === undefined) return false;
    this.#cutAt = Math.min(this.#cutAt, place);
    return true;
  }

  /** Begins an answer; what it gives goes to `end`. */
  begin(): number {
    const outer = this.#cutAt;
    this.#cutAt = Infinity;
    return outer;
  }

  /** Ends an answer, and says whether it is whole. */
  end(outer: number): boolean {
    const isWhole = this.#cutAt >= this.#open.size;
    this.#cutAt = isWhole ? outer : Math.min(outer, this.#cutAt);
    return isWhole;
  }
}
