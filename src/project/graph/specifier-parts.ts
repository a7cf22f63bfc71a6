export function isRelative(specifier: string): boolean {
  return specifier === '.' || specifier === '..' || specifier.startsWith('./') || specifier.startsWith('../');
}

/** Without webpack's loader prefix (`!!raw-loader!./x`) and without a query (`./x?raw`). */
export function cleanSpecifier(specifier: string): string {
  const loader = specifier.lastIndexOf('!');
  const path = loader < 0 ? specifier : specifier.slice(loader + 1);
  const query = path.indexOf('?');
  return query < 0 ? path : path.slice(0, query);
}

export function splitSpecifier(specifier: string): { name: string; rest: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), rest: parts.slice(length).join('/') };
}
