// Where things are in git's index (gitformat-index(5)), of version 2 and 3 with ids of 20 bytes.

export const headerLength = 12;
export const idLength = 20;

/** Offsets in an entry: what `lstat` gave, the mode among it, then the id, flags and the name. */
export const modeAt = 24;
export const idAt = 40;
export const flagsAt = idAt + idLength;
export const nameAt = flagsAt + 2;

export const stageBits = 0x3000;
/** The length of the name, or all of them where it is longer. */
export const nameBits = 0x0fff;

/** The offset of the NUL behind a name. */
export function endOfName(index: Buffer, from: number): number {
  const end = index.indexOf(0, from);
  return end < 0 ? index.length : end;
}

/** The length of an entry: one to eight NULs make it a multiple of eight. */
export function paddedLength(before: number, name: number): number {
  return (before + name + 8) & ~7;
}

/** Whether extensions follow one another from an offset up to the checksum, and none moves entries elsewhere (`link`) or folds folders into one (`sdir`). */
export function areHarmlessExtensions(index: Buffer, from: number): boolean {
  const end = index.length - idLength;
  let at = from;
  while (at + 8 <= end) {
    const name = index.toString('latin1', at, at + 4);
    if (name === 'link' || name === 'sdir') return false;
    at += 8 + index.readUInt32BE(at + 4);
  }
  return at === end;
}
