import { Arrivals } from '../waits.ts';
import { branchOf, formatMessage, headerOf, methodOf, tagOf, type SipRequest, type SipResponse } from './sip-message.ts';
import type { Endpoint, SipSocket } from './sip-socket.ts';

/** Timers of RFC 3261 17.1.1.1 */
const T1 = 500;
const T2 = 4000;

/** Sends again with growing pauses, for UDP only, until stopped. */
function resend(transport: 'udp' | 'tcp', send: () => void): () => void {
  if (transport === 'tcp') return () => undefined;
  let pause = T1;
  let timer = setTimeout(again, pause);
  function again(): void {
    send();
    pause = Math.min(pause * 2, T2);
    timer = setTimeout(again, pause);
  }
  return () => clearTimeout(timer);
}

/** A request of ours and what came back. */
export class ClientTransaction {
  readonly request: SipRequest;
  readonly responses = new Arrivals<SipResponse>((each) => String(each.status));
  /** called for each response, repeated ones too: a repeated final answer to an INVITE wants its ACK again */
  onResponse: (response: SipResponse) => void = () => undefined;
  readonly #stop: () => void;

  constructor(request: SipRequest, transport: 'udp' | 'tcp', send: () => void) {
    this.request = request;
    send();
    this.#stop = resend(transport, send);
  }

  receive(response: SipResponse): void {
    if (response.status >= 200 || this.request.method === 'INVITE') this.#stop();
    this.responses.push(response);
    this.onResponse(response);
  }

  final(limitMs = 5000): Promise<SipResponse> {
    return this.responses.next(`a final answer to ${this.request.method} ${this.request.uri}`, limitMs, (each) => each.status >= 200);
  }

  end(): void {
    this.#stop();
  }
}

/** A request of theirs: answers a repeated request again, and repeats a final answer to an INVITE until the ACK. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly #socket: SipSocket;
  readonly #from: Endpoint;
  #last: string | undefined;
  #stop: () => void = () => undefined;

  constructor(request: SipRequest, socket: SipSocket, from: Endpoint) {
    this.request = request;
    this.#socket = socket;
    this.#from = from;
  }

  send(response: SipResponse): void {
    this.#last = formatMessage(response);
    this.#stop();
    this.#write();
    if (response.status >= 200 && this.request.method === 'INVITE') this.#stop = resend(this.#socket.transport, () => this.#write());
  }

  repeat(): void {
    this.#write();
  }

  end(): void {
    this.#stop();
  }

  #write(): void {
    if (this.#last !== undefined) this.#socket.send(this.#last, this.#from);
  }
}

/** All transactions of one phone. */
export class Transactions {
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();

  start(request: SipRequest, socket: SipSocket, to: Endpoint): ClientTransaction {
    const text = formatMessage(request);
    const transaction = new ClientTransaction(request, socket.transport, () => socket.send(text, to));
    this.#clients.set(`${branchOf(request)} ${request.method}`, transaction);
    return transaction;
  }

  findClient(response: SipResponse): ClientTransaction | undefined {
    return this.#clients.get(`${branchOf(response)} ${methodOf(response)}`);
  }

  /** undefined: a repetition, already answered. */
  accept(request: SipRequest, socket: SipSocket, from: Endpoint): ServerTransaction | undefined {
    const key = `${branchOf(request)} ${request.method}`;
    const known = this.#servers.get(key);
    if (known) {
      known.repeat();
      return undefined;
    }
    const transaction = new ServerTransaction(request, socket, from);
    this.#servers.set(key, transaction);
    return transaction;
  }

  /** The ACK of a 2xx has a branch of its own, so it is found by its dialog. */
  acknowledge(ack: SipRequest): void {
    for (const each of this.#servers.values()) {
      if (each.request.method !== 'INVITE') continue;
      const sameCall = headerOf(each.request, 'call-id') === headerOf(ack, 'call-id');
      if (sameCall && headerOf(each.request, 'cseq')?.split(' ')[0] === headerOf(ack, 'cseq')?.split(' ')[0] && tagOf(each.request, 'from') === tagOf(ack, 'from')) each.end();
    }
  }

  end(): void {
    for (const each of this.#clients.values()) each.end();
    for (const each of this.#servers.values()) each.end();
  }
}
