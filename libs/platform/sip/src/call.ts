import { DomainError } from '@sfs/kernel';
import { addressOf, parseNameAddress, parseUri } from './address.ts';
import { contactOf } from './checks.ts';
import { dialogBegunBy, dialogKey } from './dialog.ts';
import type { CallEnd, DialogState, IncomingCall, SipAddress } from './endpoint.ts';
import { ALLOW, formatResponse, newToken, type ResponseParts } from './format.ts';
import { headerOf, listOf, utf8, type Request } from './message.ts';
import { sessionInterval, watchMs } from './session-interval.ts';
import type { Timing } from './sip-js.ts';
import type { Answer } from './client-transaction.ts';
import { Repeater } from './repeater.ts';
import type { ServerTransaction } from './server-transaction.ts';
import type { Source } from './transport.ts';

/** What a call needs of its endpoint. */
export interface CallHost {
  readonly userAgent: string;
  readonly timing: Timing;
  contact(source: Source): string;
  ask(dialog: DialogState, method: 'BYE'): Promise<Answer>;
  /** the call is over: forget it */
  release(call: Call): void;
  /** code of the application has thrown */
  failed(what: string, error: unknown): void;
}

/** A 2xx that waits for its ACK. */
interface Unacknowledged {
  readonly cseq: number;
  readonly repeats: Repeater;
  readonly limit: NodeJS.Timeout;
  /** the answer is in the ACK, for the offer was ours */
  readonly offered: boolean;
}

interface Waiting {
  resolve(sdp: string | undefined): void;
  reject(error: Error): void;
}

/**
 *   new ──accept──► accepted ──ACK──► up ──BYE, hangUp, session expired──► over
 *    └─reject, CANCEL─► over  └─no ACK─► BYE, over
 */
type State = 'new' | 'accepted' | 'up' | 'over';

/** The side of a call that was called (RFC 3261 13.3, 14.2, 15; RFC 3311; RFC 4028). */
export class Call implements IncomingCall {
  readonly callId: string;
  readonly requestUri: SipAddress;
  readonly from: SipAddress;
  readonly to: SipAddress;
  readonly diversions: readonly string[];
  readonly source: string;
  readonly offer: string | undefined;
  onReoffer: IncomingCall['onReoffer'] = () => undefined;
  onEnd: IncomingCall['onEnd'] = () => undefined;
  readonly #host: CallHost;
  readonly #transaction: ServerTransaction;
  readonly #contact: string;
  #dialog: DialogState;
  #state: State = 'new';
  #remoteSeq: number;
  #waiting: Waiting | undefined;
  #unacknowledged: Unacknowledged | undefined;
  #hangUpWanted = false;
  #session: NodeJS.Timeout | undefined;

  constructor(transaction: ServerTransaction, source: Source, host: CallHost) {
    const { request } = transaction;
    this.#host = host;
    this.#transaction = transaction;
    this.#contact = host.contact(source);
    this.#dialog = dialogBegunBy(request, newToken());
    this.#remoteSeq = request.cseq;
    this.callId = request.callId;
    this.requestUri = addressOf(request.uri);
    this.from = addressOf(request.from.uri, utf8(request.from.displayName));
    this.to = addressOf(request.to.uri, utf8(request.to.displayName));
    this.diversions = listOf(request, 'diversion').map((each) => parseUri(parseNameAddress(each)?.uri ?? '')?.user ?? '').filter((user) => user !== '');
    this.source = `${source.host}:${source.port}`;
    this.offer = sdpOf(request);
  }

  get key(): string {
    return dialogKey(this.#dialog);
  }

  get transaction(): ServerTransaction {
    return this.#transaction;
  }

  header(name: string): string | undefined {
    const value = headerOf(this.#transaction.request, name.toLowerCase());
    return value === undefined ? undefined : utf8(value);
  }

  ring(): void {
    if (this.#state === 'new') this.#respond(this.#transaction, { status: 180, recordRoute: true, headers: [this.#contact] });
  }

  accept(sdp: string): Promise<string | undefined> {
    if (this.#state !== 'new') return Promise.reject(over('it cannot be accepted any more'));
    this.#state = 'accepted';
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#accept(this.#transaction, sdp, this.offer === undefined);
    });
  }

  reject(status: number, reason: string, headers: readonly string[] = []): void {
    if (this.#state === 'new') this.#refuse({ status, reason, headers }, 'rejected');
  }

  hangUp(): void {
    if (this.#state === 'new') this.#refuse({ status: 480 }, 'hung-up');
    // RFC 3261 15: not before the ACK
    if (this.#state === 'accepted') this.#hangUpWanted = true;
    if (this.#state === 'up') this.#bye('hung-up');
  }

  /** The endpoint closes and nobody answered in time. */
  abandon(): void {
    this.#finish('hung-up');
  }

  cancel(): void {
    if (this.#state === 'new') this.#refuse({ status: 487 }, 'cancel');
  }

  acknowledge(ack: Request): void {
    const waited = this.#unacknowledged;
    if (!waited || ack.cseq !== waited.cseq) return;
    this.#forgetUnacknowledged();
    const sdp = sdpOf(ack);
    if (this.#state === 'accepted') {
      this.#state = 'up';
      this.#waiting?.resolve(sdp);
      this.#waiting = undefined;
    } else if (waited.offered && sdp !== undefined) {
      this.#answerTo(sdp);
    }
    if (this.#hangUpWanted) this.#bye('hung-up');
  }

  /** BYE, re-INVITE and UPDATE */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (request.cseq < this.#remoteSeq) return this.#respond(transaction, { status: 500, reason: 'Out of Order' });
    this.#remoteSeq = request.cseq;
    if (request.method === 'BYE') this.#receiveBye(transaction);
    else this.#receiveOffer(transaction);
  }

  #receiveBye(transaction: ServerTransaction): void {
    this.#respond(transaction, { status: 200 });
    if (this.#state === 'new') this.#refuse({ status: 487 }, 'bye');
    else this.#finish('bye');
  }

  #receiveOffer(transaction: ServerTransaction): void {
    const { request } = transaction;
    const offer = sdpOf(request);
    const refresh = request.method === 'UPDATE' && offer === undefined;
    const busy = this.#state === 'new' || (this.#unacknowledged !== undefined && !refresh);
    if (busy) return this.#respond(transaction, { status: 500, headers: ['Retry-After: 3'] });
    const answer = refresh ? undefined : this.#answerTo(offer);
    if (!refresh && answer === undefined) return this.#respond(transaction, { status: 488 });
    const target = contactOf(request);
    if (target !== undefined) this.#dialog = { ...this.#dialog, remoteTarget: target };
    if (request.method === 'INVITE' && answer !== undefined) this.#accept(transaction, answer, offer === undefined);
    else this.#respond(transaction, this.#consent(request, answer));
  }

  #answerTo(offer: string | undefined): string | undefined {
    try {
      return this.onReoffer(offer);
    } catch (error) {
      this.#host.failed('onReoffer', error);
      return undefined;
    }
  }

  /** A 2xx to an INVITE, again and again until its ACK (RFC 3261 13.3.1.4). */
  #accept(transaction: ServerTransaction, sdp: string, offered: boolean): void {
    const { timing } = this.#host;
    const { request } = transaction;
    const parts = this.#consent(request, sdp);
    const text = this.#format(transaction, parts);
    const repeats = new Repeater();
    const limit = setTimeout(() => this.#bye('no-ack'), 64 * timing.t1);
    this.#unacknowledged = { cseq: request.cseq, repeats, limit, offered };
    transaction.respond(parts.status, text);
    repeats.start(timing.t1, timing.t2, () => transaction.repeat(text));
  }

  #consent(request: Request, sdp: string | undefined): ResponseParts {
    const seconds = this.#watchSession(request);
    const session = seconds === undefined ? [] : ['Require: timer', `Session-Expires: ${seconds};refresher=uac`];
    return {
      status: 200,
      recordRoute: true,
      headers: [this.#contact, `Allow: ${ALLOW}`, 'Supported: timer', ...session],
      body: sdp === undefined ? undefined : { type: 'application/sdp', text: sdp },
    };
  }

  #watchSession(request: Request): number | undefined {
    const seconds = sessionInterval(request);
    clearTimeout(this.#session);
    if (typeof seconds !== 'number') return undefined;
    this.#session = setTimeout(() => this.#bye('session-expired'), watchMs(seconds));
    return seconds;
  }

  #refuse(parts: ResponseParts, end: CallEnd): void {
    this.#respond(this.#transaction, parts);
    this.#finish(end);
  }

  #bye(end: CallEnd): void {
    if (this.#state === 'over') return;
    const dialog = this.#dialog;
    this.#finish(end);
    void this.#host.ask(dialog, 'BYE');
  }

  #finish(end: CallEnd): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#forgetUnacknowledged();
    clearTimeout(this.#session);
    this.#host.release(this);
    this.#waiting?.reject(over(end));
    try {
      this.onEnd(end);
    } catch (error) {
      this.#host.failed('onEnd', error);
    }
  }

  #forgetUnacknowledged(): void {
    this.#unacknowledged?.repeats.stop();
    clearTimeout(this.#unacknowledged?.limit);
    this.#unacknowledged = undefined;
  }

  #respond(transaction: ServerTransaction, parts: ResponseParts): void {
    transaction.respond(parts.status, this.#format(transaction, parts));
  }

  #format(transaction: ServerTransaction, parts: ResponseParts): string {
    return formatResponse(transaction.request, this.#host.userAgent, { toTag: this.#dialog.localTag, ...parts });
  }
}

function over(why: string): DomainError {
  return new DomainError('unavailable', 'sip/call-over', `The call is over: ${why}`);
}

function sdpOf(request: Request): string | undefined {
  return request.body === '' ? undefined : utf8(request.body);
}
