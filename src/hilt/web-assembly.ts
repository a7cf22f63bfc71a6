/**
 * Modules of WebAssembly, made of assembly/ (`npm run assemble`): V8 makes machine code of one at once, in less than a millisecond, while it
 * runs the same loops of JavaScript slowly for the first megabytes, and then compiles them more than once.
 */

/** A function that makes instances of a module, or `undefined` where there is no WebAssembly (`node --jitless`) or no memory for one. */
export function assembly<Exports>(base64: string): (imports?: object) => Exports | undefined {
  let compiled: object | undefined;
  return (imports = {}) => {
    if (typeof WebAssembly === 'undefined') return undefined;
    try {
      compiled ??= new WebAssembly.Module(Buffer.from(base64, 'base64'));
      return new WebAssembly.Instance(compiled, imports).exports as Exports;
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
}

/** As much of a memory as V8 gives: its buffer is another one whenever it has grown. */
export interface AssemblyMemory { readonly buffer: ArrayBuffer }

/** A memory of so many pages of 64 KiB that never grows, or `undefined` as for `assembly`. */
export function assemblyMemory(pages: number): AssemblyMemory | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  try {
    return new WebAssembly.Memory({ initial: pages });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What is needed of it; TypeScript counts it to the DOM. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => AssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};
