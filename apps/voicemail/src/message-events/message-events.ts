import { newTimeUuid } from '@sfs/cassandra';
import { MessageEvent } from '@sfs/contracts';
import type { Publisher } from '@sfs/kafka';
import type { Logger } from 'pino';

export const MESSAGE_TOPIC = 'sfs.voicemail.message.v1';

export interface MessageHappened {
  /** of the fact: the same fact has always the same event */
  readonly id: string;
  readonly tenant: string;
  readonly mailbox: string;
  readonly messageId: string;
  readonly step: string;
  readonly actor: string;
}

export type TouchListener = (tenant: string, mailbox: string) => void;

const AGAIN_MS = 2_000;
const LIMIT_OWED = 10_000;

/**
 * Tells of what happened to messages: at once in this process, and on Kafka as well as it can. An event that Kafka did not take is not repeated (the facts
 * are in the store); its mailbox is `touched` as soon as Kafka is back, so that everybody counts again.
 */
export class MessageEvents {
  readonly #publisher: Publisher;
  readonly #site: string;
  readonly #log: Logger;
  readonly #againMs: number;
  readonly #listeners = new Set<TouchListener>();
  readonly #owed = new Map<string, { tenant: string; mailbox: string }>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ publisher, site, log, againMs = AGAIN_MS }: { publisher: Publisher; site: string; log: Logger; againMs?: number }) {
    this.#publisher = publisher;
    this.#againMs = againMs;
    this.#site = site;
    this.#log = log;
  }

  onTouched(listener: TouchListener): void {
    this.#listeners.add(listener);
  }

  /** Never waited for and never throws. */
  announce(happened: MessageHappened): void {
    this.touched(happened.tenant, happened.mailbox);
    void this.#publish(happened);
  }

  /** Count again: what is known of it may have changed. */
  touched(tenant: string, mailbox: string): void {
    for (const listener of this.#listeners) {
      try {
        listener(tenant, mailbox);
      } catch (error) {
        this.#log.error({ err: error, tenant, mailbox }, 'a listener to mailboxes failed');
      }
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #publish({ tenant, mailbox, ...rest }: MessageHappened): Promise<void> {
    const event: MessageEvent = { ...rest, tenant, mailbox, at: new Date().toISOString(), site: this.#site };
    try {
      await this.#publisher.publish(MESSAGE_TOPIC, [{ key: `${tenant}/${mailbox}`, value: MessageEvent.encode(event).finish() }]);
    } catch {
      if (this.#owed.size < LIMIT_OWED) this.#owed.set(`${tenant}/${mailbox}`, { tenant, mailbox });
      this.#tryLater();
    }
  }

  #tryLater(): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const owed = [...this.#owed.values()];
      this.#owed.clear();
      for (const { tenant, mailbox } of owed) void this.#publish({ id: newTimeUuid(), tenant, mailbox, messageId: '', step: 'touched', actor: 'voicemail' });
    }, this.#againMs);
    this.#timer.unref();
  }
}
