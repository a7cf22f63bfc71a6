import { checksumOf } from '../hilt/digest.ts';
import { keepKnownState, readKnownState } from '../project/cache/known-state-file.ts';
import { exposuresOf } from '../project/client/exposures.ts';
import { isSettled, makeKnownState, type KnownState } from '../project/known-state.ts';
import { sharedKeysOf } from '../project/integrations/shared-keys.ts';
import type { Project } from '../project/project.ts';
import type { StagedSource } from '../sources/index-source.ts';
import { once } from '../sources/once.ts';
import type { ScanSettings } from './settings.ts';

/**
 * What earlier commits found out of the whole repository, so that most commits need not work it out again. Without a place to
 * keep it (`--no-cache`) every commit does.
 */
export class CommitMemory {
  readonly #source: StagedSource;
  readonly #version: string | undefined;
  readonly #settings: string;

  constructor(source: StagedSource, { link, key, identity }: ScanSettings) {
    const { cacheVersion, ignores: _ignores, ...linked } = link;
    this.#source = source;
    this.#version = cacheVersion;
    this.#settings = checksumOf(JSON.stringify([linked, key, identity ?? '']));
  }

  /** What earlier commits found out, under whatever settings. */
  readonly known = once((): KnownState | undefined => (this.#version === undefined ? undefined : readKnownState(this.#source, this.#version)));

  /** Whether this run is the first of those that keep what they find out. */
  isFirst(): boolean {
    return this.#version !== undefined && this.known() === undefined;
  }

  /** The state after this commit, where it changes nothing that the rules on the whole project go by. */
  settled(project: Project): KnownState | undefined {
    const state = this.known();
    return state && isSettled(state, this.#source, project, this.#settings);
  }

  keep(state: KnownState): void {
    if (this.#version !== undefined) keepKnownState(this.#source, this.#version, state);
  }

  /** Keeps what the rules found out, once they have run. */
  learn(project: Project): void {
    if (this.#version !== undefined) keepKnownState(this.#source, this.#version, makeKnownState(project, this.#source, this.#settings, this.known()));
  }
}

/** Every file that a rule on the whole project may have something to say of. */
export function filesConcerned(project: Project): ReadonlySet<string> {
  return new Set([...exposuresOf(project).keys(), ...sharedKeysOf(project).flatMap(({ uses }) => uses.map(({ place }) => place.file))]);
}
