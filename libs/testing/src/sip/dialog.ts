import { headerOf, routesOf, uriOf, type HeaderLine, type SipRequest, type SipResponse } from './sip-message.ts';
import type { Line } from './line.ts';

export interface InsideParts {
  readonly headers?: readonly HeaderLine[];
  readonly body?: string;
  /** replaces the dialog's routes */
  readonly routes?: readonly string[];
}

/** One side's view of a call that is up: where its requests go and which way. */
export class Dialog {
  readonly callId: string;
  readonly routes: readonly string[];
  readonly #line: Line;
  readonly #local: string;
  readonly #remote: string;
  readonly #target: string;
  #cseq: number;

  private constructor(line: Line, state: { callId: string; local: string; remote: string; target: string; routes: readonly string[]; cseq: number }) {
    this.#line = line;
    this.callId = state.callId;
    this.routes = state.routes;
    this.#local = state.local;
    this.#remote = state.remote;
    this.#target = state.target;
    this.#cseq = state.cseq;
  }

  static ofCaller(line: Line, invite: SipRequest, response: SipResponse): Dialog {
    return new Dialog(line, {
      callId: headerOf(invite, 'call-id') ?? '',
      local: headerOf(invite, 'from') ?? '',
      remote: headerOf(response, 'to') ?? '',
      target: uriOf(headerOf(response, 'contact') ?? ''),
      routes: routesOf(response).reverse(),
      cseq: Number((headerOf(invite, 'cseq') ?? '1').split(' ')[0]),
    });
  }

  static ofCallee(line: Line, invite: SipRequest, toTag: string): Dialog {
    return new Dialog(line, {
      callId: headerOf(invite, 'call-id') ?? '',
      local: `${headerOf(invite, 'to') ?? ''};tag=${toTag}`,
      remote: headerOf(invite, 'from') ?? '',
      target: uriOf(headerOf(invite, 'contact') ?? ''),
      routes: routesOf(invite),
      cseq: 0,
    });
  }

  /** A request inside the dialog; an ACK keeps the number of its INVITE. */
  compose(method: string, parts: InsideParts = {}): SipRequest {
    if (method !== 'ACK') this.#cseq += 1;
    const routes = parts.routes ?? this.routes;
    const headers: HeaderLine[] = [
      ['Via', this.#line.newVia()],
      ['Max-Forwards', '70'],
      ...routes.map((route): HeaderLine => ['Route', route]),
      ['From', this.#local],
      ['To', this.#remote],
      ['Call-ID', this.callId],
      ['CSeq', `${this.#cseq} ${method}`],
      ['Contact', `<${this.#line.contactUri}>`],
      ...(parts.headers ?? []),
      ...(parts.body === undefined ? [] : [['Content-Type', 'application/sdp'] as const]),
    ];
    return { kind: 'request', method, uri: this.#target, headers, body: parts.body ?? '' };
  }
}
