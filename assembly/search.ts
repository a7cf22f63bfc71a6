/**
 * The search for bytes that may mention Hilt (src/hilt/byte-search.ts, which lays out the memory and says where its tables lie).
 */

/**
 * The first offset at an even distance from `start` and below `end` at which a pair stands between bytes that may stand around it, or -1.
 * Asks for four pairs at once, since nearly always there is none.
 *
 * @param pairs Table of the number of each pair, 0 for those that are not searched
 * @param look Table that has, for each number, 32 bytes with a bit for each byte that may stand behind, and 32 for those before
 */
export function findPair(start: i32, end: i32, pairs: i32, look: i32): i32 {
  for (let at = start; at < end; at += 8) {
    if ((numberAt(at, pairs) | numberAt(at + 2, pairs) | numberAt(at + 4, pairs) | numberAt(at + 6, pairs)) === 0) continue;
    for (let pair = at; pair < at + 8 && pair < end; pair += 2) {
      const number = numberAt(pair, pairs);
      if (number !== 0 && isBetween(pair, look + 64 * number)) return pair;
    }
  }
  return -1;
}

function numberAt(at: i32, pairs: i32): i32 {
  return load<u8>(pairs + <i32>load<u16>(at));
}

function isBetween(pair: i32, neighbours: i32): bool {
  return hasBit(neighbours, load<u8>(pair + 2)) && hasBit(neighbours + 32, load<u8>(pair - 1));
}

function hasBit(bits: i32, byte: i32): bool {
  return ((<i32>load<u8>(bits + (byte >>> 3)) >>> (byte & 7)) & 1) !== 0;
}

/**
 * Whether `shortest` bytes stand in a row for which the table `members` has 1. Looks from the end of a run that would begin at `start`
 * back to it: most are refuted at once, and the next can only begin behind that.
 */
export function hasRun(start: i32, end: i32, members: i32, shortest: i32): bool {
  let first = start;
  while (first + shortest <= end) {
    let at = first + shortest - 1;
    while (at >= first && load<u8>(members + <i32>load<u8>(at)) !== 0) at--;
    if (at < first) return true;
    first = at + 1;
  }
  return false;
}
