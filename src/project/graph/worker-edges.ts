import { push, type RawEdge } from './raw-edge.ts';

const workerCall =
  /\b(?:new\s+(?:Shared)?Worker|[sS]erviceWorker\s*\??\.\s*register|Worklet\s*\??\.\s*addModule|importScripts)\s*\(\s*((?:(['"`])(?:(?!\2)[^\\\n$])*\2\s*,?\s*)+)/g;

/** Workers and scripts named by a URL: relative to the page, so `worker.js` means `./worker.js`. */
export function collectWorkers(text: string, edges: RawEdge[]): void {
  if (!text.includes('Work') && !text.includes('Scripts')) return;
  for (const match of text.matchAll(workerCall)) {
    const list = match[1] ?? '';
    const listAt = match.index + match[0].length - list.length;
    for (const literal of list.matchAll(/(['"`])((?:(?!\1)[^\\\n])*)\1/g)) {
      const specifier = urlSpecifier(literal[2] ?? '');
      const at = listAt + literal.index;
      if (specifier !== undefined) push(text, match.index, { specifier, how: 'worker', typeOnly: false, at: [at, at + literal[0].length] }, edges);
      if (!match[0].includes('importScripts')) break;
    }
  }
}

/** A URL of a page as a specifier: `main.js` becomes `./main.js`. Other hosts and inline data are no modules of the repository. */
export function urlSpecifier(url: string): string | undefined {
  const path = url.replace(/^%PUBLIC_URL%|^\{\{[^}]*\}\}(?=\/)|^<%=?[^%]*%>(?=\/)/, '');
  if (path === '' || /^[a-z][a-z0-9+.-]*:|^\/\/|[<{]/i.test(path)) return undefined;
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}
