import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AudioStore } from '../audio/audio.store.ts';
import { hashOf, writeWhole } from '../audio/read-audio.ts';
import type { DepositsStore } from './deposits.store.ts';
import { bodyOf, keepMessage, truncatedResult, type Announce } from './keep-message.ts';
import type { SpoolContent } from './spool-file.ts';
import type { Spool } from './spool.ts';

export interface ReplayerParts {
  readonly spool: Spool;
  readonly store: DepositsStore;
  readonly audio: AudioStore;
  readonly announce: Announce;
  readonly log: Logger;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Brings what the spool holds to the store, under the same ids, until it is there. */
export class Replayer {
  readonly #parts: ReplayerParts;
  readonly #waiting = new Set<string>();
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  replayed = 0;

  constructor(parts: ReplayerParts) {
    this.#parts = parts;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  add(id: string): void {
    if (this.#abort.signal.aborted) return;
    this.#waiting.add(id);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { store, log } = this.#parts;
    let pauseMs = FIRST_PAUSE_MS;
    while (this.#waiting.size > 0 && !this.#abort.signal.aborted) {
      const before = this.#waiting.size;
      for (const id of store.connected ? [...this.#waiting] : []) {
        if (this.#abort.signal.aborted) return;
        // One after the other: an unreachable store costs one attempt, and a file that is odd does not stop the others.
        const done = await this.#replay(id).catch((error: unknown) => {
          log.warn({ depositId: id, cause: (error as Error).message }, 'a spooled message is not stored yet, trying again');
          return false;
        });
        if (done) this.#waiting.delete(id);
        else if (!store.connected) break;
      }
      if (this.#waiting.size === 0) return;
      pauseMs = this.#waiting.size < before ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      await pause(pauseMs, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    }
  }

  /** true: there is nothing left to do for it. */
  async #replay(id: string): Promise<boolean> {
    const { spool, log } = this.#parts;
    let content: SpoolContent | undefined;
    try {
      content = await spool.read(id);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
      throw error;
    }
    if (content === undefined) {
      await spool.setAside(id, 'its first line is not readable');
      return true;
    }
    const kept = await this.#settle(content);
    if (content.damaged) await spool.setAside(id, 'bytes in it are not what was written; what stood before them is kept');
    else await spool.remove(id);
    this.replayed += 1;
    log.info({ depositId: id, tenant: content.header.tenant, mailbox: content.header.mailbox, kept }, 'spool file settled');
    return true;
  }

  async #settle({ header, audio, end }: SpoolContent): Promise<'whole' | 'truncated' | 'nothing'> {
    const { store } = this.#parts;
    const isFinished = end !== undefined && 'finished' in end;
    if (end !== undefined && !isFinished) {
      await Promise.all([store.dropOpen(header.id), this.#parts.audio.remove(header.tenant, header.id)]);
      return 'nothing';
    }
    if (!isFinished && (audio.length === 0 || (await store.isDeposited(header)))) {
      await store.dropOpen(header.id);
      return 'nothing';
    }
    const result = isFinished ? end.finished : truncatedResult(audio.length);
    await writeWhole(this.#parts.audio, header.tenant, header.id, audio);
    await keepMessage(this.#parts, header, bodyOf(header, result, { sizeBytes: audio.length, contentHash: hashOf(audio) }));
    return isFinished ? 'whole' : 'truncated';
  }
}
