import type { MailboxKey } from '../directory/directory.port.ts';

export interface MailboxQueueOptions {
  readonly debounceMs: number;
  /** brings the lamps of a mailbox up to date */
  send(tenant: string, mailbox: string): Promise<void>;
  failed(key: MailboxKey, error: unknown): void;
}

/** One thing at a time for each mailbox, so that a value that was counted earlier never leaves later; bursts of changes become one send. */
export class MailboxQueue {
  readonly #options: MailboxQueueOptions;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(options: MailboxQueueOptions) {
    this.#options = options;
  }

  /** Waiting or under way. */
  get size(): number {
    return this.#waiting.size + this.#running.size;
  }

  /** Its counts may have changed, or who is to be told. */
  touch(tenant: string, mailbox: string, afterMs = this.#options.debounceMs): void {
    const key = nameOf(tenant, mailbox);
    if (this.#closed || this.#waiting.has(key)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      this.#attempt({ tenant, mailbox });
    }, afterMs);
    this.#waiting.set(key, timer);
  }

  /** After what is under way for this mailbox. Rejects as the work does. */
  run<T>(tenant: string, mailbox: string, work: () => Promise<T>): Promise<T> {
    const key = nameOf(tenant, mailbox);
    const before = this.#running.get(key) ?? Promise.resolve();
    const running = before.then(work, work);
    const settled = running.catch(() => undefined).finally(() => {
      if (this.#running.get(key) === settled) this.#running.delete(key);
    });
    this.#running.set(key, settled);
    return running;
  }

  /** What waits is dropped: the sweep after the next start finds it. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    await Promise.all(this.#running.values());
  }

  #attempt(key: MailboxKey): void {
    const { send, failed } = this.#options;
    this.run(key.tenant, key.mailbox, () => send(key.tenant, key.mailbox)).catch((error: unknown) => failed(key, error));
  }
}

const nameOf = (tenant: string, mailbox: string): string => `${tenant}/${mailbox}`;
