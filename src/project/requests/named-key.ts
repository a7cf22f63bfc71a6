import { isApiKeyName } from '../../hilt/names.ts';
import type { Project } from '../project.ts';
import type { Place, Resolved } from '../resolved.ts';

/**
 * What is called an API key in a request to Hilt is one, wherever it comes from: a parameter `apiKey`, `config.apiKey`,
 * `process.env.API_KEY`. Elsewhere such a name says nothing: other services have keys too.
 */
export function namedKeyIn(project: Project, value: Resolved, place: 'anywhere' | 'credential' = 'anywhere'): { readonly name: string; readonly place: Place | undefined } | undefined {
  // A credential that is called no more than a key is one as well.
  const isNamed = (name: string): boolean => isApiKeyName(name, project.keyOptions) || (place === 'credential' && /^[#_]?key$/i.test(name));
  switch (value.kind) {
    case 'choice':
      for (const option of value.options) {
        const found = namedKeyIn(project, option, place);
        if (found) return found;
      }
      return undefined;
    case 'variable':
    case 'parameter':
      return value.name !== undefined && isNamed(value.name) ? { name: value.name, place: value.place } : undefined;
    case 'member':
      return value.property.kind === 'text' && isNamed(value.property.text) ? { name: value.property.text, place: value.place } : undefined;
    case 'call':
      return value.callee.kind === 'member' && /^(?:trim|toString)$/.test(value.callee.property.kind === 'text' ? value.callee.property.text : '') ? namedKeyIn(project, value.callee.object, place) : undefined;
    default:
      return undefined;
  }
}
