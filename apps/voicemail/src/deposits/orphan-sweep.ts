import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AudioStore } from '../audio/audio.store.ts';
import { timeOfId } from '../audio/message-id.ts';
import type { DepositsStore, OpenDeposit } from './deposits.store.ts';
import { bodyOf, keepMessage, truncatedResult, type Announce } from './keep-message.ts';
import type { SpoolHeader } from './spool-file.ts';

export interface SweepParts {
  readonly store: DepositsStore;
  readonly audio: AudioStore;
  readonly announce: Announce;
  readonly instance: string;
  /** being spoken here, or in the spool here */
  readonly isCared: (id: string) => boolean;
  readonly now: () => number;
  readonly log: Logger;
}

const EVERY_MS = 60_000;
const RETRY_MS = 1_000;
const HOUR_MS = 3_600_000;
/** longest message and then some */
const LOOK_BACK_MS = 26 * HOUR_MS;
/** at the start: as long as the rows live */
const LOOK_FAR_BACK_MS = 9 * 24 * HOUR_MS;
const GRACE_MS = 5 * 60_000;

/** Makes messages of what machines that were lost had stored: any replica of the site, several at once do no harm. */
export class OrphanSweep {
  readonly #parts: SweepParts;
  readonly #startedAt: number;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: SweepParts) {
    this.#parts = parts;
    this.#startedAt = parts.now();
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  /** How many became messages. */
  async sweep(lookBackMs: number): Promise<number> {
    const { store, now } = this.#parts;
    let kept = 0;
    for (const open of await store.listOpen(now() - lookBackMs)) {
      if (this.#isOrphan(open) && (await this.#adopt(open.header))) kept += 1;
    }
    return kept;
  }

  async #run(): Promise<void> {
    let lookBackMs = LOOK_FAR_BACK_MS;
    while (!this.#abort.signal.aborted) {
      const swept = await this.sweep(lookBackMs).then(
        () => true,
        () => false,
      );
      if (swept) lookBackMs = LOOK_BACK_MS;
      await pause(swept ? EVERY_MS : RETRY_MS, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    }
  }

  /** Of a process of our own name that ran before us: at once. Of others: when it cannot be spoken any more. */
  #isOrphan({ header, instance }: OpenDeposit): boolean {
    const { isCared, now } = this.#parts;
    if (isCared(header.id)) return false;
    const begun = timeOfId(header.id);
    return (instance === this.#parts.instance && begun < this.#startedAt) || begun + header.maxMs + GRACE_MS < now();
  }

  async #adopt(header: SpoolHeader): Promise<boolean> {
    const { store, audio, log } = this.#parts;
    const { id, tenant, mailbox } = header;
    if (await store.isDeposited(header)) {
      await store.dropOpen(id);
      return false;
    }
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for (let seq = 0; ; seq += 1) {
      const bytes = await audio.read(tenant, id, seq);
      if (bytes === undefined) break;
      hash.update(bytes);
      sizeBytes += bytes.length;
    }
    if (sizeBytes === 0) {
      await store.dropOpen(id);
      return false;
    }
    await keepMessage(this.#parts, header, bodyOf(header, truncatedResult(sizeBytes), { sizeBytes, contentHash: hash.digest('hex') }), true);
    log.warn({ depositId: id, tenant, mailbox, sizeBytes }, 'an orphaned recording became a truncated message');
    return true;
  }
}
