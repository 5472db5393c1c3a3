import type { Counters } from './counters.ts';
import type { Request, Response } from './message.ts';
import { TransactionState, answerWith, clientMachine, seen, serverMachine, setTimers, type Machine, type NonInviteClientTransaction, type Timing } from './sip-js.ts';

/** Repeats until stopped: at once after `first`, then doubling up to `most`. */
export class Repeater {
  #timer: NodeJS.Timeout | undefined;

  start(first: number, most: number, act: () => void): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.start(Math.min(first * 2, most), most, act);
      act();
    }, first);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

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

/** Every request that is under way or lately was, by what identifies it (RFC 3261 17.1.3, 17.2.3). */
export class Transactions {
  readonly #options: TransactionsOptions;
  readonly #servers = new Map<string, ServerTransaction>();
  /** open requests by Call-ID, From tag and CSeq, to see one that comes by two ways (8.2.2.2) */
  readonly #merged = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, { machine: NonInviteClientTransaction; receive(response: Response): void; give: (answer: Answer) => void }>();

  constructor(options: TransactionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#servers.size + this.#clients.size;
  }

  find(request: Request, method = request.method): ServerTransaction | undefined {
    return this.#servers.get(serverKey(request, method));
  }

  /** Asked for one that is not `find`able. Once refused, a proxy may well try the same call here again. */
  isMerged(request: Request): boolean {
    const other = this.#merged.get(mergeKey(request));
    return !request.to.params.has('tag') && other !== undefined && !other.refused;
  }

  open(part: ServerPart): ServerTransaction {
    const { request } = part;
    const key = serverKey(request, request.method);
    const merge = mergeKey(request);
    const transaction = new ServerTransaction(part, this.#options, () => {
      this.#servers.delete(key);
      if (this.#merged.get(merge) === transaction) this.#merged.delete(merge);
    });
    this.#servers.set(key, transaction);
    if (!request.to.params.has('tag')) this.#merged.set(merge, transaction);
    return transaction;
  }

  /** Sends until there is a final answer; 408 when there is none in time. */
  ask(part: ClientPart): Promise<Answer> {
    return new Promise((resolve) => {
      const { timing, counters } = this.#options;
      const key = `${part.branch} ${part.method}`;
      const repeats = new Repeater();
      let reason = '';
      const give = (answer: Answer): void => {
        clearTimeout(limit);
        repeats.stop();
        resolve(answer);
      };
      const limit = setTimeout(() => {
        machine.dispose();
        this.#clients.delete(key);
        give(NO_ANSWER);
      }, part.timeoutMs);
      setTimers(timing, part.reliable);
      const machine = clientMachine(part, {
        send: (text) => part.send(text),
        onState: (state) => {
          if (state === TransactionState.Terminated) this.#clients.delete(key);
        },
        onStatus: (status) => {
          if (status >= 200) give({ status, reason });
        },
        onTimeout: () => give(NO_ANSWER),
      });
      // timer E (17.1.2.2), which sip.js leaves out
      const again = (): void => {
        counters.add('resent');
        part.send(part.text);
      };
      if (!part.reliable) repeats.start(timing.t1, timing.t2, again);
      const receive = (response: Response): void => {
        reason = response.reason;
        setTimers(timing, part.reliable);
        machine.receiveResponse(answerWith(response.status));
      };
      this.#clients.set(key, { machine, receive, give });
    });
  }

  /** False when it answers nothing of ours. */
  receive(response: Response): boolean {
    const client = this.#clients.get(`${response.via.branch} ${response.method}`);
    client?.receive(response);
    return client !== undefined;
  }

  end(): void {
    for (const server of this.#servers.values()) server.end();
    for (const client of this.#clients.values()) {
      client.machine.dispose();
      client.give(NO_ANSWER);
    }
    this.#servers.clear();
    this.#merged.clear();
    this.#clients.clear();
  }
}

function serverKey(request: Request, method: string): string {
  const { branch, sentBy } = request.via;
  const kind = method === 'ACK' ? 'INVITE' : method;
  // a sender from before RFC 3261 says what it means by everything else
  return branch.startsWith('z9hG4bK') ? `${branch} ${sentBy} ${kind}` : `${request.callId} ${request.from.params.get('tag') ?? ''} ${request.cseq} ${sentBy} ${kind}`;
}

function mergeKey(request: Request): string {
  return `${request.callId} ${request.from.params.get('tag') ?? ''} ${request.cseq} ${request.method}`;
}
