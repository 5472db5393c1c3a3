import type { DecisionsServiceClient, PlanServiceClient } from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';

export interface Replica {
  readonly address: string;
  readonly plan: PlanServiceClient;
  readonly decisions: DecisionsServiceClient;
}

/** All dial-plan replicas; any of them can be asked, the one that answered last is asked first. */
export class Replicas {
  readonly all: readonly Replica[];
  #preferred = 0;

  constructor(all: readonly Replica[]) {
    this.all = all;
  }

  /** A read goes to the next replica whatever kept the first from answering. */
  async read<T>(work: (replica: Replica) => Promise<T>): Promise<T> {
    return this.#ask(work, () => true);
  }

  /** A write goes to the next replica only when it certainly was not done by the first. */
  async write<T>(work: (replica: Replica) => Promise<T>): Promise<T> {
    return this.#ask(work, (error) => error.details['outcomeUnknown'] !== true);
  }

  close(): void {
    for (const { plan, decisions } of this.all) {
      plan.close();
      decisions.close();
    }
  }

  async #ask<T>(work: (replica: Replica) => Promise<T>, mayGoOn: (error: DomainError) => boolean): Promise<T> {
    const first = this.#preferred;
    let failure = new DomainError('unavailable', 'dial-plan/no-replica', 'No dial-plan replica is configured', { remedy: 'Set SFS_GATEWAY_DIALPLAN.' });
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
    throw failure;
  }
}
