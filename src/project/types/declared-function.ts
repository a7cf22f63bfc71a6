import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { TypeIn } from './lookup.ts';

/** The type of a function that is declared without a body. */
export function declaredFunction(module: ModuleSummary, name: string): { type?: TypeIn } {
  const { signatures } = module;
  const ref = signatures && Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  return ref ? { type: { module, ref } } : {};
}
