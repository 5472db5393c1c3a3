import { Once } from '../waits.ts';
import { Dialog, type InsideParts } from './dialog.ts';
import { token, type Line } from './line.ts';
import { audioOffer } from './session-description.ts';
import { headerOf, headersOf, routesOf, tagOf, type HeaderLine, type SipRequest, type SipResponse } from './sip-message.ts';
import type { ServerTransaction } from './transactions.ts';

const REASONS: Record<number, string> = { 100: 'Trying', 180: 'Ringing', 200: 'OK', 302: 'Moved Temporarily', 480: 'Temporarily Unavailable', 486: 'Busy Here', 487: 'Request Terminated', 603: 'Decline' };

/** The response to a request of theirs, with its Vias and routes as RFC 3261 8.2.6 wants them. */
export function respond(request: SipRequest, status: number, extra: { toTag?: string; headers?: readonly HeaderLine[]; body?: string } = {}): SipResponse {
  const to = headerOf(request, 'to') ?? '';
  const tagged = extra.toTag !== undefined && tagOf(request, 'to') === undefined ? `${to};tag=${extra.toTag}` : to;
  const headers: HeaderLine[] = [
    ...headersOf(request, 'via').map((value): HeaderLine => ['Via', value]),
    ...routesOf(request).map((value): HeaderLine => ['Record-Route', value]),
    ['From', headerOf(request, 'from') ?? ''],
    ['To', tagged],
    ['Call-ID', headerOf(request, 'call-id') ?? ''],
    ['CSeq', headerOf(request, 'cseq') ?? ''],
    ...(extra.headers ?? []),
    ...(extra.body === undefined ? [] : [['Content-Type', 'application/sdp'] as const]),
  ];
  return { kind: 'response', status, reason: REASONS[status] ?? 'Scripted', headers, body: extra.body ?? '' };
}

/** A call that rings at this phone. */
export class IncomingCall {
  readonly invite: SipRequest;
  readonly callId: string;
  readonly cancelled: Once<SipRequest>;
  readonly acknowledged: Once<SipRequest>;
  readonly hungUp: Once<SipRequest>;
  readonly #line: Line;
  readonly #transaction: ServerTransaction;
  readonly #dialog: Dialog;
  readonly #tag = token();
  #finished = false;

  constructor(line: Line, transaction: ServerTransaction) {
    this.#line = line;
    this.#transaction = transaction;
    this.invite = transaction.request;
    this.callId = headerOf(this.invite, 'call-id') ?? '';
    this.#dialog = Dialog.ofCallee(line, this.invite, this.#tag);
    const who = `at ${line.options.user}`;
    this.cancelled = new Once(`CANCEL ${who}`);
    this.acknowledged = new Once(`ACK ${who}`);
    this.hungUp = new Once(`BYE ${who}`);
  }

  header(name: string): string | undefined {
    return headerOf(this.invite, name);
  }

  headers(name: string): string[] {
    return headersOf(this.invite, name);
  }

  ring(): void {
    if (!this.#finished) this.#send(180);
  }

  answer(): void {
    this.#finish(200, [], audioOffer({ host: this.#line.socket.local.host }));
  }

  reject(status: number, headers: readonly HeaderLine[] = []): void {
    this.#finish(status, headers);
  }

  redirect(uri: string): void {
    this.#finish(302, [['Contact', `<${uri}>`]]);
  }

  receiveCancel(request: SipRequest): void {
    this.#finish(487, []);
    this.cancelled.settle(request);
  }

  inside(method: string, parts?: InsideParts, limitMs?: number): Promise<SipResponse> {
    return this.#line.start(this.#dialog.compose(method, parts)).final(limitMs);
  }

  hangUp(limitMs?: number): Promise<SipResponse> {
    return this.inside('BYE', {}, limitMs);
  }

  /** Does nothing when there is a final answer already. */
  #finish(status: number, headers: readonly HeaderLine[], body?: string): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#send(status, headers, body);
  }

  #send(status: number, headers: readonly HeaderLine[] = [], body?: string): void {
    const contact: readonly HeaderLine[] = status < 300 && status > 100 ? [['Contact', `<${this.#line.contactUri}>`]] : [];
    this.#transaction.send(respond(this.invite, status, { toTag: this.#tag, headers: [...contact, ...headers], ...(body === undefined ? {} : { body }) }));
  }
}
