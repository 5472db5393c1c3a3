import { convert, type Codec } from '@sfs/media';
import type { Deposit, Deposits, NewDeposit } from '../deposits/deposits.port.ts';
import type { RecordedGreeting } from '../greetings/greetings.port.ts';
import type { Recorded } from './line.ts';

export interface Draft extends RecordedGreeting {
  readonly durationMs: number;
}

type Into = 'message' | 'greeting' | 'name';

/** What is recorded in one call: a message, kept while it is spoken, or a draft of a greeting. */
export class Tape {
  /** our side has cut the recording short */
  truncated = false;
  messageId: string | undefined;
  readonly #deposits: Deposits;
  readonly #deposit: Omit<NewDeposit, 'codec'> | undefined;
  #open: { readonly deposit: Deposit; readonly codec: Codec } | undefined;
  #heard: Recorded | undefined;
  #chunks: Uint8Array[] = [];
  #codec: Codec = 'pcmu';
  #into: Into = 'message';

  constructor(deposits: Deposits, deposit: Omit<NewDeposit, 'codec'> | undefined) {
    this.#deposits = deposits;
    this.#deposit = deposit;
  }

  /** Fails as `Deposits.open` does. */
  async open(codec: Codec): Promise<{ readonly maxMs: number }> {
    if (!this.#deposit) throw new Error('this call leaves no message');
    const deposit = await this.#deposits.open({ ...this.#deposit, codec });
    await this.drop();
    this.#open = { deposit, codec };
    return { maxMs: deposit.maxMs };
  }

  /** After a draft that was thrown away a message begins anew, under an id of its own. */
  async begin(into: Into, codec: Codec): Promise<void> {
    if (into === 'message' && !this.#open) await this.open(codec);
    this.#into = into;
    this.#codec = codec;
    this.#chunks = [];
    this.#heard = undefined;
  }

  append(audio: Uint8Array): void {
    this.#chunks.push(audio);
    if (this.#into === 'message' && this.#open) this.#open.deposit.append(convert(audio, this.#codec, this.#open.codec));
  }

  end(recorded: Recorded): void {
    this.#heard = recorded;
  }

  /** What was recorded last. */
  get draft(): Draft | undefined {
    return this.#heard === undefined ? undefined : { audio: Buffer.concat(this.#chunks), codec: this.#codec, durationMs: this.#heard.durationMs };
  }

  get holdsMessage(): boolean {
    return this.#open !== undefined && this.#into === 'message' && (this.#heard?.speechMs ?? 0) > 0;
  }

  /** Resolves when the message is durable. */
  async keep(): Promise<void> {
    const open = this.#open;
    if (!open || !this.#heard) throw new Error('nothing was recorded');
    const { durationMs, packetsLost } = this.#heard;
    await open.deposit.finish({ durationMs, packetsLost, truncated: this.truncated });
    this.messageId = open.deposit.id;
    this.#open = undefined;
    this.#forget();
  }

  async drop(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#forget();
    await open?.deposit.drop();
  }

  #forget(): void {
    this.#chunks = [];
    this.#heard = undefined;
  }
}
