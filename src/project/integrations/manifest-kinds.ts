import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import type { ManifestKind } from './manifest-kind.ts';
import { workflow } from './workflow.ts';

/** Every kind of manifest that tells of integrations. A file is read by the first kind that it is of. */
export const manifestKinds: readonly ManifestKind[] = [compose, dockerfile, workflow];
