import type { BuiltGraph } from '../graph/build.ts';
import type { HandOvers } from './handover-site.ts';

export function templateHandOvers(_handOvers: HandOvers, _relevant: ReadonlySet<string>, _built: BuiltGraph): void {
}
