import { DomainError } from '@sfs/kernel';
import type { RevisionsStore, StoredRevision } from './revisions.store.ts';

export interface Rendered {
  readonly tenant: string;
  readonly mac: string;
  /** of everything it was rendered from */
  readonly stamp: string;
  readonly hash: string;
  /** for people; asked for when the content is news, with the number it gets */
  cause(revision: number): string;
}

export interface Settled extends StoredRevision {
  /** this replica has declared it just now: it tells the phone */
  readonly isOurs: boolean;
  readonly cause: string;
}

interface Remembered extends StoredRevision {
  readonly stamp: string;
}

const ATTEMPTS = 5;

/**
 * Which revision a content is. Two replicas that render the same change write the same number, and the store lets one of them: so a change has one revision and
 * one replica that tells the phone, without anybody being in charge.
 */
export class Revisions {
  readonly #store: RevisionsStore;
  readonly #now: () => number;
  readonly #remembered = new Map<string, Remembered>();

  constructor(store: RevisionsStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The store is asked only when something it was rendered from has changed. Rejects with DomainError unavailable. */
  async settle(rendered: Rendered): Promise<Settled> {
    const { mac, stamp, hash } = rendered;
    const known = this.#remembered.get(mac);
    if (known?.stamp === stamp && known.hash === hash) return { ...known, isOurs: false, cause: '' };
    const settled = await this.#declare(rendered);
    const { revision, at } = settled;
    // of two that were under way at once the one that ends last may be the older one
    if ((this.#remembered.get(mac)?.revision ?? 0) <= revision) this.#remembered.set(mac, { stamp, hash, revision, at });
    return settled;
  }

  forget(mac: string): void {
    this.#remembered.delete(mac);
  }

  async #declare(rendered: Rendered): Promise<Settled> {
    const { tenant, mac, hash } = rendered;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const newest = await this.#store.newest(tenant, mac);
      if (newest?.hash === hash) return { ...newest, isOurs: false, cause: '' };
      const revision = (newest?.revision ?? 0) + 1;
      const next = { revision, hash, cause: rendered.cause(revision), at: this.#now() };
      if (await this.#add(tenant, mac, next)) return { ...next, isOurs: true };
    }
    throw new DomainError('unavailable', 'devices/contended', 'Too many replicas declare revisions of this device at once', { remedy: 'Try again in a moment.' });
  }

  /** When the store did not say, what stands there decides. If another replica has written the same, the phone is told twice, which does no harm. */
  async #add(tenant: string, mac: string, next: StoredRevision & { readonly cause: string }): Promise<boolean> {
    try {
      return await this.#store.add(tenant, mac, next);
    } catch (error) {
      if (!(error instanceof DomainError) || error.details['outcomeUnknown'] !== true) throw error;
      const newest = await this.#store.newest(tenant, mac);
      return newest?.revision === next.revision && newest.hash === next.hash;
    }
  }
}
