import type { BoxContents, Effect } from '@sfs/voicemail';
import type { Logger } from 'pino';
import type { Greetings } from '../greetings/greetings.port.ts';
import type { Messages } from '../messages/messages.port.ts';
import type { PinChange, PinCheck, Pins } from '../pins/pins.port.ts';
import type { Caller } from './read-caller.ts';
import type { Draft } from './tape.ts';

export interface OwnerDeskParts {
  readonly tenant: string;
  readonly caller: Caller;
  readonly pins: Pins;
  readonly messages: Messages;
  readonly greetings: Greetings;
  readonly log: Logger;
}

/** What an owner does with a mailbox in one call. Nothing but a right PIN opens one. */
export class OwnerDesk {
  /** opened by its PIN */
  #mailbox: string | undefined;
  readonly #parts: OwnerDeskParts;

  constructor(parts: OwnerDeskParts) {
    this.#parts = parts;
  }

  get mailbox(): string | undefined {
    return this.#mailbox;
  }

  async checkPin({ mailbox, pin }: { readonly mailbox: string; readonly pin: string }): Promise<PinCheck | 'unavailable'> {
    const { tenant, caller, pins } = this.#parts;
    const result = await this.#attempt('PIN cannot be checked', () => pins.check({ tenant, mailbox, pin, origin: caller.origin }));
    if (result === 'right' || result === 'must-change') this.#mailbox = mailbox;
    return result ?? 'unavailable';
  }

  async changePin(pin: string): Promise<PinChange | 'unavailable'> {
    const { tenant, pins } = this.#parts;
    const mailbox = this.#opened();
    return (await this.#attempt('PIN cannot be changed', () => pins.change({ tenant, mailbox, pin, actor: this.#actor }))) ?? 'unavailable';
  }

  async box(): Promise<BoxContents | undefined> {
    const { tenant, messages } = this.#parts;
    const mailbox = this.#opened();
    return this.#attempt('mailbox cannot be read', () => messages.box(tenant, mailbox));
  }

  async mark({ message, step }: Extract<Effect, { do: 'mark' }>): Promise<boolean> {
    const { tenant, messages } = this.#parts;
    const mailbox = this.#opened();
    return this.#succeeds('message cannot be marked', () => messages.mark({ tenant, mailbox, id: message, step, actor: this.#actor }));
  }

  async keepGreeting(kind: 'greeting' | 'name', draft: Draft | undefined): Promise<boolean> {
    const { tenant, greetings } = this.#parts;
    const mailbox = this.#opened();
    if (!draft) return false;
    return this.#succeeds('greeting cannot be kept', () => greetings.keep({ ...draft, tenant, mailbox, kind, actor: this.#actor }));
  }

  get #actor(): string {
    return `telephone ${this.#parts.caller.origin}`;
  }

  #opened(): string {
    if (this.#mailbox === undefined) throw new Error('no mailbox was opened by its PIN in this call');
    return this.#mailbox;
  }

  async #succeeds(what: string, work: () => Promise<void>): Promise<boolean> {
    return (await this.#attempt(what, async () => {
      await work();
      return true;
    })) ?? false;
  }

  async #attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    const { log, tenant } = this.#parts;
    try {
      return await work();
    } catch (error) {
      log.warn({ err: error, tenant, mailbox: this.#mailbox }, what);
      return undefined;
    }
  }
}
