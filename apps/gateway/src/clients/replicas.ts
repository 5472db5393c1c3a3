import { DomainError } from '@sfs/kernel';

export interface ReplicaAddress {
  readonly address: string;
}

/** All replicas of one service; any of them can be asked, the one that answered last is asked first. */
export class Replicas<R extends ReplicaAddress> {
  readonly all: readonly R[];
  readonly #none: () => DomainError;
  #preferred = 0;

  /** `none`: what to say when there is no replica to ask */
  constructor(all: readonly R[], none: () => DomainError) {
    this.all = all;
    this.#none = none;
  }

  /** A read goes to the next replica whatever kept the first from answering. */
  async read<T>(work: (replica: R) => Promise<T>): Promise<T> {
    return this.#ask(work, () => true);
  }

  /** A write goes to the next replica only when it certainly was not done by the first. */
  async write<T>(work: (replica: R) => Promise<T>): Promise<T> {
    return this.#ask(work, (error) => error.details['outcomeUnknown'] !== true);
  }

  async #ask<T>(work: (replica: R) => Promise<T>, mayGoOn: (error: DomainError) => boolean): Promise<T> {
    const first = this.#preferred;
    let failure: DomainError | undefined;
    for (let step = 0; step < this.all.length; step += 1) {
      const index = (first + step) % this.all.length;
      const replica = this.all[index];
      if (!replica) continue;
      try {
        const answer = await work(replica);
        this.#preferred = index;
        return answer;
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind !== 'unavailable' || !mayGoOn(error)) throw error;
        failure = error;
      }
    }
    throw failure ?? this.#none();
  }
}
