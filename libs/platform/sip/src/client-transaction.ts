import type { Response } from './message.ts';
import { Repeater } from './repeater.ts';
import type { TransactionsOptions } from './server-transaction.ts';
import { TransactionState, answerWith, clientMachine, setTimers, type NonInviteClientTransaction } from './sip-js.ts';

export interface ClientPart {
  readonly method: string;
  readonly branch: string;
  readonly text: string;
  readonly reliable: boolean;
  readonly protocol: string;
  readonly timeoutMs: number;
  send(text: string): void;
}
export interface Answer {
  readonly status: number;
  readonly reason: string;
}
const NO_ANSWER: Answer = { status: 408, reason: 'Request Timeout' };

/** One request of ours, sent again until something comes back. */
export class ClientTransaction {
  readonly #part: ClientPart;
  readonly #options: TransactionsOptions;
  readonly #machine: NonInviteClientTransaction;
  readonly #repeats = new Repeater();
  readonly #limit: NodeJS.Timeout;
  readonly #onOver: () => void;
  readonly #onAnswer: (answer: Answer) => void;
  #reason = '';

  /** `onAnswer` once; `onOver` when no repeated answer has to be absorbed any more */
  constructor(part: ClientPart, options: TransactionsOptions, onAnswer: (answer: Answer) => void, onOver: () => void) {
    this.#part = part;
    this.#options = options;
    this.#onAnswer = onAnswer;
    this.#onOver = onOver;
    setTimers(options.timing, part.reliable);
    this.#machine = clientMachine(part, {
      send: (text) => part.send(text),
      onState: (state) => {
        if (state === TransactionState.Terminated) this.#onOver();
      },
      onStatus: (status) => {
        if (status >= 200) this.#settle({ status, reason: this.#reason });
      },
      onTimeout: () => this.#settle(NO_ANSWER),
    });
    this.#limit = setTimeout(() => this.end(), part.timeoutMs);
    // timer E (RFC 3261 17.1.2.2), which sip.js leaves out
    if (!part.reliable) this.#repeats.start(options.timing.t1, options.timing.t2, () => this.#again());
  }

  receive(response: Response): void {
    this.#reason = response.reason;
    setTimers(this.#options.timing, this.#part.reliable);
    this.#machine.receiveResponse(answerWith(response.status));
  }

  /** Nobody waits any longer. */
  end(): void {
    this.#machine.dispose();
    this.#settle(NO_ANSWER);
    this.#onOver();
  }

  #again(): void {
    this.#options.counters.add('resent');
    this.#part.send(this.#part.text);
  }

  #settle(answer: Answer): void {
    clearTimeout(this.#limit);
    this.#repeats.stop();
    this.#onAnswer(answer);
  }
}
