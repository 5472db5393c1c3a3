import { Arrivals } from '../waits.ts';
import { IncomingCall, respond } from './incoming-call.ts';
import { Line, token, type LineOptions, type RequestParts } from './line.ts';
import { OutgoingCall, type PlacedCall } from './outgoing-call.ts';
import { audioOffer } from './session-description.ts';
import { headerOf, headersOf, tagOf, type HeaderLine, type SipMessage, type SipRequest, type SipResponse } from './sip-message.ts';
import type { Endpoint } from './sip-socket.ts';
import { Subscription, type SubscribeParts } from './subscription.ts';

/**
 * What the phone does by itself with a call: `answer` rings and answers, `ring` rings for ever, `silent` answers nothing at all,
 * `manual` leaves all to the test.
 */
export type Behaviour =
  | 'answer'
  | 'ring'
  | 'silent'
  | 'manual'
  | { readonly status: number; readonly ringFirst?: boolean; readonly headers?: readonly HeaderLine[] }
  | { readonly redirectTo: string };

export interface PhoneOptions extends LineOptions {
  /** default `answer` */
  readonly behaviour?: Behaviour;
}

export type CallParts = Partial<PlacedCall>;

/** A scripted SIP phone, or a trunk when it has no password. Every wait is a condition with a limit. */
export class SipPhone {
  /** everything received, ACK and CANCEL too, repetitions not */
  readonly requests = new Arrivals<SipRequest>((each) => each.method);
  readonly calls = new Arrivals<IncomingCall>((each) => each.callId);
  /** method to the status it is answered with, where that is not 200; not for calls */
  readonly refusals = new Map<string, number>();
  behaviour: Behaviour;
  readonly #line: Line;
  readonly #incoming = new Map<string, IncomingCall[]>();
  readonly #outgoing = new Map<string, OutgoingCall>();
  readonly #registration = { callId: token(), cseq: 0 };

  private constructor(line: Line, behaviour: Behaviour) {
    this.#line = line;
    this.behaviour = behaviour;
  }

  static async open(options: PhoneOptions): Promise<SipPhone> {
    let receive: (message: SipMessage, from: Endpoint) => void = () => undefined;
    const line = await Line.open(options, (message, from) => receive(message, from));
    const phone = new SipPhone(line, options.behaviour ?? 'answer');
    receive = (message, from) => phone.#receive(message, from);
    return phone;
  }

  get user(): string {
    return this.#line.options.user;
  }

  get local(): Endpoint {
    return this.#line.socket.local;
  }

  /** `sip:USER@DOMAIN` */
  get address(): string {
    return `sip:${this.user}@${this.#line.options.domain}`;
  }

  get contactUri(): string {
    return this.#line.contactUri;
  }

  /** The final answer, after the challenge if there is a password. */
  register(parts: { expires?: number; contact?: string; headers?: readonly HeaderLine[] } = {}): Promise<SipResponse> {
    this.#registration.cseq += 2;
    const headers: HeaderLine[] = [
      ['CSeq', `${this.#registration.cseq} REGISTER`],
      ['Contact', parts.contact ?? `<${this.contactUri}>`],
      ['Expires', String(parts.expires ?? 300)],
      ...(parts.headers ?? []),
    ];
    return this.request('REGISTER', { uri: `sip:${this.#line.options.domain}`, to: `<${this.address}>`, callId: this.#registration.callId, headers });
  }

  unregister(): Promise<SipResponse> {
    return this.register({ expires: 0 });
  }

  /** To the own message lamp unless told otherwise. */
  subscribe(parts: SubscribeParts = {}): Promise<Subscription> {
    return Subscription.open(this.#line, this.address, parts);
  }

  /** Any request outside a dialog; resolves with its final answer. */
  request(method: string, parts: RequestParts, limitMs?: number): Promise<SipResponse> {
    return this.#line.exchange(this.#line.compose(method, parts), limitMs);
  }

  /** A request as it is: no challenge is answered. */
  send(request: SipRequest, limitMs?: number): Promise<SipResponse> {
    return this.#line.start({ ...request, headers: request.headers.map(([name, value]): HeaderLine => [name, name === 'Via' ? this.#line.newVia() : value]) }).final(limitMs);
  }

  /** Bytes as they are, for what is wrong on purpose. */
  sendRaw(bytes: SipMessage | string | Uint8Array): void {
    this.#line.sendRaw(bytes);
  }

  /** `number` is a number of the own domain, or a whole URI. */
  call(number: string, parts: CallParts = {}): OutgoingCall {
    const uri = /^[a-z]+:/.test(number) ? number : `sip:${number}@${this.#line.options.domain}`;
    const call = new OutgoingCall(this.#line, { uri, ...parts });
    this.#outgoing.set(call.callId, call);
    return call;
  }

  nextCall(limitMs?: number): Promise<IncomingCall> {
    return this.calls.next(`a call at ${this.user}`, limitMs);
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  #receive(message: SipMessage, from: Endpoint): void {
    if (message.kind === 'response') {
      this.#line.transactions.findClient(message)?.receive(message);
      return;
    }
    if (message.method === 'ACK') {
      this.requests.push(message);
      this.#line.transactions.acknowledge(message);
      for (const call of this.#callsOf(message)) call.acknowledged.settle(message);
      return;
    }
    const transaction = this.#line.transactions.accept(message, this.#line.socket, from);
    if (!transaction) return;
    this.requests.push(message);
    if (message.method === 'INVITE' && tagOf(message, 'to') === undefined) {
      this.#ring(new IncomingCall(this.#line, transaction));
      return;
    }
    if (this.behaviour === 'silent') return;
    transaction.send(this.#consent(message));
    if (message.method === 'CANCEL') this.#cancel(message);
    if (message.method === 'BYE') this.#bye(message);
  }

  /** What makes or renews a dialog names us in its Contact. */
  #consent(message: SipRequest): SipResponse {
    const refusal = this.refusals.get(message.method);
    if (refusal !== undefined) return respond(message, refusal, { toTag: token() });
    const contact: readonly HeaderLine[] = [['Contact', `<${this.contactUri}>`]];
    if (message.method === 'INVITE') return respond(message, 200, { toTag: token(), headers: contact, body: audioOffer({ host: this.local.host }) });
    if (message.method !== 'SUBSCRIBE') return respond(message, 200, { toTag: token() });
    return respond(message, 200, { toTag: token(), headers: [...contact, ['Expires', headerOf(message, 'expires') ?? '0']] });
  }

  #ring(call: IncomingCall): void {
    const others = this.#incoming.get(call.callId) ?? [];
    this.#incoming.set(call.callId, [...others, call]);
    this.calls.push(call);
    const { behaviour } = this;
    if (behaviour === 'silent' || behaviour === 'manual') return;
    if (behaviour === 'ring') return call.ring();
    if (behaviour === 'answer') {
      call.ring();
      // a 180 and a 200 sent back to back may overtake each other in the proxy
      setTimeout(() => call.answer(), 30);
      return;
    }
    if ('redirectTo' in behaviour) return call.redirect(behaviour.redirectTo);
    if (behaviour.ringFirst) call.ring();
    call.reject(behaviour.status, behaviour.headers);
  }

  #callsOf(message: SipRequest): IncomingCall[] {
    return this.#incoming.get(headerOf(message, 'call-id') ?? '') ?? [];
  }

  /** A phone may be rung twice for one call; the CANCEL has the branch of its INVITE. */
  #cancel(message: SipRequest): void {
    const via = headersOf(message, 'via')[0];
    for (const call of this.#callsOf(message)) if (headersOf(call.invite, 'via')[0] === via) call.receiveCancel(message);
  }

  #bye(message: SipRequest): void {
    for (const call of this.#callsOf(message)) call.hungUp.settle(message);
    this.#outgoing.get(headerOf(message, 'call-id') ?? '')?.hungUp.settle(message);
  }
}
