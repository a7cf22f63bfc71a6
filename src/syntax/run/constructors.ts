import { itemsOf, nameOf, Native, nothing, ObjectData, type Data } from './data.ts';
import { maxItems } from './methods.ts';

/** What `new` makes of a class of the language, by its name. */
export function construct(path: string, args: readonly Data[]): Data {
  const [first] = args;
  switch (path) {
    case 'Map': {
      const record = new ObjectData();
      for (const pair of Array.isArray(first) ? first : []) if (Array.isArray(pair)) record.entries.set(nameOf(pair[0]) ?? '', pair[1]);
      return first === nothing ? nothing : record;
    }
    case 'Set':
      return first === undefined ? [] : (itemsOf(first, false)?.filter((item, index, all) => all.indexOf(item) === index) ?? nothing);
    case 'Array':
      return typeof first === 'number' && args.length === 1 ? (first >= 0 && first <= maxItems ? Array.from<Data>({ length: Math.floor(first) }) : nothing) : [...args];
    case 'String':
      return first;
    case 'TextDecoder':
      return new Native('TextDecoder');
    case 'Uint8Array':
      return new Native('bytes', [...args]);
    case 'URLSearchParams':
      return new Native('URLSearchParams', [...args]);
    default:
      return nothing;
  }
}
