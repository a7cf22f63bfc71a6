import { textOfFile } from '../../sources/file-text.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Detection } from '../frameworks/detect.ts';
import type { BuiltGraph } from '../graph/build.ts';
import { calleeName, type Resolved } from '../resolved.ts';
import { handOverElements } from './handover-elements.ts';
import type { HandOvers } from './handover-site.ts';

/** `react-dom/server`, `preact-render-to-string`, Solid and Hono: they write elements as HTML. */
const toText = /^(?:renderTo(?:String|StaticMarkup|StaticNodeStream|PipeableStream|ReadableStream|StringAsync)|prerender)$/;

/**
 * Pages that a server without a framework for them renders from elements: `c.html(<Page />)` of Hono, `renderToString(<Page />)`. All that
 * such a file takes in is rendered there, too; of what a component is given only what it renders gets to the browser.
 */
export function renderedHandOvers(handOvers: HandOvers, files: ReadonlySet<string>, { graph }: BuiltGraph, detection: Detection): void {
  const roots = [...files].sort().filter((file) => /\.[mc]?[jt]sx?$/.test(file) && isRoot(handOvers, file, detection));
  if (roots.length === 0) return;
  const reach = graph.reachableFrom(roots.map((file) => ({ file })), ({ to }) => files.has(to));
  const tree = { has: () => true };
  for (const file of reach.files) if (/\.[mc]?[jt]sx?$/.test(file)) handOverElements(handOvers, tree, file);
}

function isRoot(handOvers: HandOvers, file: string, detection: Detection): boolean {
  // Frameworks render by themselves; what they hand over is told for each.
  if (detection.at(file).some(({ framework }) => framework.side === 'mixed')) return false;
  if (!/\brenderTo[SPR]|\bprerender\b|\.(?:html|render)\(\s*</.test(textOfFile(handOvers.project.source, file))) return false;
  const module = handOvers.open(file);
  return module !== undefined && module.uses.some((use) => use.kind === 'call' && use.args.some(({ value }) => value.kind === 'element') && isRenderer(handOvers.project.evaluator.look(module, use.callee), module));
}

/** `c.html`, `c.render` of a handler's context; a `root.render` of a browser is made by a call. */
function isRenderer(callee: Resolved, module: ModuleSummary): boolean {
  const name = calleeName(callee);
  if (toText.test(name)) return true;
  return (name === 'html' || name === 'render') && callee.kind === 'member' && callee.object.kind === 'parameter' && !module.directives.includes('use client');
}
