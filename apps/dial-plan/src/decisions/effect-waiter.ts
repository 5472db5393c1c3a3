import { DomainError } from '@sfs/kernel';
import type { Projection } from '../projection/projection.service.ts';

export interface Awaited {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

/** Enough for a replica that waits for a lost event until the next slow load would be too long; clients ask again. */
const LONGEST_MS = 30_000;
const MAX_WAITING = 1_000;

/** Lets callers wait until decisions are made with what they wrote. */
export class EffectWaiter {
  private readonly projection: Projection;
  private readonly waiting = new Set<{ check(): void; fail(error: Error): void }>();
  private readonly forget: () => void;

  constructor(projection: Projection) {
    this.projection = projection;
    this.forget = projection.onChange(() => {
      for (const waiter of this.waiting) waiter.check();
    });
  }

  /** Rejects with `effect/not-yet` after the time, or when the caller has gone. */
  wait(awaited: Awaited, withinMs: number): Promise<void> {
    if (this.projection.isEffective(awaited)) return Promise.resolve();
    if (this.waiting.size >= MAX_WAITING) return Promise.reject(new DomainError('exhausted', 'effect/too-many-waiting', 'Too many callers wait for a change', { remedy: 'Ask again in a second.' }));
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
      };
      const waiter = {
        check: () => {
          if (!this.projection.isEffective(awaited)) return;
          done();
          resolve();
        },
        fail: (error: Error) => {
          done();
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.fail(notYet(awaited)), Math.min(Math.max(withinMs, 0), LONGEST_MS));
      this.waiting.add(waiter);
    });
  }

  stop(): void {
    this.forget();
    for (const { fail } of [...this.waiting]) fail(new DomainError('unavailable', 'service/stopping', 'This replica stops', { remedy: 'Ask another replica.' }));
  }
}

function notYet({ kind, id, version }: Awaited): DomainError {
  return new DomainError('unavailable', 'effect/not-yet', `Version ${version} of ${kind} ${id} is not in effect here yet`, { remedy: 'Ask again; the status of the replica says what it waits for.' });
}
