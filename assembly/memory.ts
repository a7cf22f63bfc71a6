/** The linear memory, handed out from its beginning and never given back: what grows takes twice as much each time. */

let top: i32 = __heap_base as i32;

/** `size` bytes, all 0, at the offset that is given. */
export function reserve(size: i32): i32 {
  const at = (top + 15) & ~15;
  top = at + size;
  const missing = ((top + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return at;
}

/** Room of `size` bytes with the first `used` of what is at `old`. */
export function enlarge(old: i32, used: i32, size: i32): i32 {
  const at = reserve(size);
  memory.copy(at, old, used);
  return at;
}
