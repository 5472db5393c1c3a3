import { Dialog } from './dialog.ts';
import type { Line } from './line.ts';
import { headerOf, type HeaderLine, type SipRequest, type SipResponse } from './sip-message.ts';

export interface SubscribeParts {
  /** default: the own address */
  readonly uri?: string;
  readonly event?: string;
  readonly expires?: number;
  readonly headers?: readonly HeaderLine[];
}

/** A subscription of this phone (RFC 6665); its NOTIFYs arrive among the phone's requests. */
export class Subscription {
  /** to the first SUBSCRIBE, after the challenge */
  readonly response: SipResponse;
  readonly request: SipRequest;
  readonly #line: Line;
  readonly #event: string;
  readonly #dialog: Dialog | undefined;

  private constructor(line: Line, event: string, request: SipRequest, response: SipResponse) {
    this.#line = line;
    this.#event = event;
    this.request = request;
    this.response = response;
    this.#dialog = response.status < 300 ? Dialog.ofCaller(line, request, response) : undefined;
  }

  static async open(line: Line, uri: string, parts: SubscribeParts): Promise<Subscription> {
    const event = parts.event ?? 'message-summary';
    const headers: HeaderLine[] = [['Event', event], ['Accept', 'application/simple-message-summary'], ['Expires', String(parts.expires ?? 300)], ...(parts.headers ?? [])];
    const request = line.compose('SUBSCRIBE', { uri: parts.uri ?? uri, headers });
    const response = await line.start(request).final();
    const signed = line.sign(request, response);
    return new Subscription(line, event, signed ?? request, signed ? await line.start(signed).final() : response);
  }

  get callId(): string {
    return headerOf(this.request, 'call-id') ?? '';
  }

  /** A SUBSCRIBE inside the dialog; 0 ends it. */
  refresh(expires = 300): Promise<SipResponse> {
    if (!this.#dialog) throw new Error(`the subscription was answered ${this.response.status} ${this.response.reason}`);
    const headers: HeaderLine[] = [['Event', this.#event], ['Expires', String(expires)]];
    return this.#line.start(this.#dialog.compose('SUBSCRIBE', { headers })).final();
  }
}
