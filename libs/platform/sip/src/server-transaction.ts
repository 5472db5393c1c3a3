import type { Request } from './message.ts';
import { Repeater } from './repeater.ts';
import { TransactionState, seen, serverMachine, setTimers, type Machine, type Timing } from './sip-js.ts';
import type { Counters } from './counters.ts';

export interface TransactionsOptions {
  readonly timing: Timing;
  readonly counters: Counters;
}

export interface ServerPart {
  readonly request: Request;
  readonly reliable: boolean;
  readonly protocol: string;
  send(text: string): void;
}

/** Answers to one request; repeats what has to be repeated. */
export class ServerTransaction {
  readonly request: Request;
  readonly reliable: boolean;
  readonly #timing: Timing;
  readonly #machine: Machine;
  readonly #repeats = new Repeater();
  readonly #resend: (text: string) => void;
  refused = false;

  constructor(part: ServerPart, options: TransactionsOptions, onOver: () => void) {
    this.request = part.request;
    this.reliable = part.reliable;
    this.#timing = options.timing;
    this.#resend = (text) => {
      options.counters.add('resent');
      part.send(text);
    };
    this.#machine = serverMachine(part.request.method, part.request.via.branch, part.protocol, {
      send: (text) => part.send(text),
      onState: (state) => {
        if (state === TransactionState.Confirmed || state === TransactionState.Terminated) this.#repeats.stop();
        if (state === TransactionState.Terminated) onOver();
      },
    });
  }

  get answered(): boolean {
    return this.#machine.state !== TransactionState.Proceeding && this.#machine.state !== TransactionState.Trying;
  }

  get accepted(): boolean {
    return this.#machine.state === TransactionState.Accepted;
  }

  respond(status: number, text: string): void {
    if (this.answered) return;
    setTimers(this.#timing, this.reliable);
    this.#machine.receiveResponse(status, text);
    this.refused = status >= 300;
    // timer G (RFC 3261 17.2.1), which sip.js leaves out; a 2xx is repeated by the call until its ACK
    if (this.request.method === 'INVITE' && status >= 300 && !this.reliable) this.#repeats.start(this.#timing.t1, this.#timing.t2, () => this.#resend(text));
  }

  /** a 2xx again (RFC 3261 13.3.1.4) */
  repeat(text: string): void {
    this.#resend(text);
  }

  /** a repetition of the request, or the ACK of a refusal */
  receive(request: Request): void {
    setTimers(this.#timing, this.reliable);
    this.#machine.receiveRequest(seen(request.method, request.via.branch));
  }

  end(): void {
    this.#repeats.stop();
    this.#machine.dispose();
  }
}
