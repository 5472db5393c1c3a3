import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { MailboxKey } from '../directory/directory.port.ts';
import type { Lamps } from '../lamps/lamps.port.ts';
import type { Messages } from '../messages/messages.port.ts';
import type { MailboxQueue } from './mailbox-queue.ts';

export interface LampSweepParts {
  readonly mailboxes: () => AsyncIterable<MailboxKey>;
  readonly messages: Pick<Messages, 'counts'>;
  readonly lamps: Pick<Lamps, 'lastTold'>;
  readonly queue: Pick<MailboxQueue, 'touch'>;
  readonly log: Logger;
  /** between two mailboxes: a sweep is never a load */
  readonly paceMs: number;
}

/** Finds lamps that say something else than the mailbox holds: what was lost with a process, or while Kafka was away. */
export class LampSweep {
  readonly #parts: LampSweepParts;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: LampSweepParts) {
    this.#parts = parts;
  }

  /** At once, then so long after the end of the one before. */
  start(everyMs: number): void {
    this.#running ??= this.#loop(everyMs);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Over all mailboxes once; answers how many were wrong. A mailbox that cannot be read now is left to the next sweep. */
  async once(): Promise<number> {
    const { mailboxes, queue, log, paceMs } = this.#parts;
    let wrong = 0;
    try {
      for await (const { tenant, mailbox } of mailboxes()) {
        if (this.#stop.signal.aborted) break;
        if (!(await this.#isRight({ tenant, mailbox }))) {
          wrong += 1;
          queue.touch(tenant, mailbox);
        }
        await this.#pause(paceMs);
      }
    } catch (error) {
      log.warn({ err: error }, 'sweep of the lamps broke off');
    }
    return wrong;
  }

  async #isRight({ tenant, mailbox }: MailboxKey): Promise<boolean> {
    const { lamps, messages, log } = this.#parts;
    try {
      const [told, counts] = await Promise.all([lamps.lastTold(tenant, mailbox), messages.counts(tenant, mailbox)]);
      return told !== undefined && told.newMessages === counts.new && told.oldMessages === counts.old;
    } catch (error) {
      log.debug({ err: error, tenant, mailbox }, 'lamp not checked');
      return true;
    }
  }

  async #loop(everyMs: number): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.once();
      await this.#pause(everyMs);
    }
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
