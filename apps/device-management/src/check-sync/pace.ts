import { DomainError } from '@sfs/kernel';
import type { Clock } from '@sfs/service-host';

/** So many turns a second at most, in the order they were asked for; the first one at once. */
export class Pace {
  readonly #spacingMs: number;
  readonly #clock: Clock;
  readonly #waiting = new Set<(closed: DomainError) => void>();
  #nextTurn = 0;
  #closed = false;

  constructor(perSecond: number, clock: Clock) {
    this.#spacingMs = 1000 / perSecond;
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves when it is one's turn. Rejects `unavailable` when the service stops before. */
  turn(): Promise<void> {
    if (this.#closed) return Promise.reject(stopping());
    const now = this.#clock.now();
    const at = Math.max(now, this.#nextTurn);
    this.#nextTurn = at + this.#spacingMs;
    if (at <= now) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(at - now, () => {
        this.#waiting.delete(give);
        resolve();
      });
      const give = (closed: DomainError): void => {
        cancel();
        reject(closed);
      };
      this.#waiting.add(give);
    });
  }

  close(): void {
    this.#closed = true;
    for (const give of this.#waiting) give(stopping());
    this.#waiting.clear();
  }
}

function stopping(): DomainError {
  return new DomainError('unavailable', 'check-sync/stopping', 'The service is stopping', { remedy: 'Send again in a moment.' });
}
