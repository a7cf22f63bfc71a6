import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { cloudFormation, serverless } from './functions.ts';
import { gitlab } from './gitlab.ts';
import { helmValues, kubernetes } from './kubernetes.ts';
import type { ManifestKind } from './manifest-kind.ts';
import { fly, platformFile, serviceLists } from './platforms.ts';
import { crontab, pm2, procfile, supervisor, systemd } from './processes.ts';
import { pyproject } from './pyproject.ts';
import { terraform } from './terraform.ts';
import { workflow } from './workflow.ts';

/** Every kind of manifest that tells of integrations. A file is read by the first kind that it is of. */
export const manifestKinds: readonly ManifestKind[] = [
  compose, dockerfile, workflow, gitlab, pyproject, procfile, systemd, crontab, pm2, supervisor, serverless, fly, serviceLists, platformFile, terraform, cloudFormation, helmValues, kubernetes,
];
