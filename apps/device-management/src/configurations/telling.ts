import { DomainError } from '@sfs/kernel';
import type { Logger } from 'pino';
import type { CheckSync } from '../check-sync/check-sync.port.ts';

/** A phone that does not answer is waited for for 4 s; so many at once keep 20 a second going while most are switched off. */
const AT_ONCE = 80;

/** Phones that have yet to be told of a new revision. Each is told once however many revisions it missed meanwhile. */
export class Telling {
  readonly #checkSync: CheckSync;
  readonly #log: Logger;
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  #closed = false;

  constructor(checkSync: CheckSync, log: Logger) {
    this.#checkSync = checkSync;
    this.#log = log;
  }

  get size(): number {
    return this.#waiting.size + this.#running.size;
  }

  tell(mac: string): void {
    if (this.#closed) return;
    this.#waiting.add(mac);
    this.#next();
  }

  /** Who was not told fetches at its next check. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    await Promise.all(this.#running.values());
  }

  #next(): void {
    for (const mac of this.#waiting) {
      if (this.#running.size >= AT_ONCE) return;
      if (this.#running.has(mac)) continue;
      this.#waiting.delete(mac);
      const running = this.#send(mac).then(() => {
        this.#running.delete(mac);
        this.#next();
      });
      this.#running.set(mac, running);
    }
  }

  async #send(mac: string): Promise<void> {
    try {
      await this.#checkSync.send(mac);
    } catch (error) {
      if (isStopping(error)) this.#waiting.clear();
      this.#log[isForeseen(error) ? 'debug' : 'warn']({ err: error, mac }, 'a phone could not be told of its new revision');
    }
  }
}

/** check-sync drains before we are told to. */
const isStopping = (error: unknown): boolean => error instanceof DomainError && error.code === 'check-sync/stopping';
/** The device is gone or has lost its number. */
const isForeseen = (error: unknown): boolean => error instanceof DomainError && (error.kind === 'not-found' || isStopping(error));
