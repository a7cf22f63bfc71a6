/** Less processor time than this (µs) is noise: garbage of an earlier test is collected meanwhile, or a function is optimised. */
const noise = 30_000;

/**
 * How many times as much processor time four times the input costs: 4 where the work grows with the length of the input, 16
 * where it grows with its square. It takes the best of three, since whatever else the process does only adds. Time by the clock
 * says nothing on a busy machine.
 *
 * @param size of the larger input, as `make` counts it
 */
export function growth<Input>(size: number, make: (size: number) => Input, work: (input: Input) => void): number {
  const small = make(Math.ceil(size / 4));
  const large = make(size);
  let best = Infinity;
  for (let attempt = 0; attempt < 3 && best > linear; attempt++) {
    best = Math.min(best, cost(large, work) / Math.max(cost(small, work), noise));
  }
  return best;
}

/** More growth than this is more than linear; n·log n stays below. */
export const linear = 8;

function cost<Input>(input: Input, work: (input: Input) => void): number {
  const before = process.cpuUsage();
  work(input);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
