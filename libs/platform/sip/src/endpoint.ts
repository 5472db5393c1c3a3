import type { Logger } from 'pino';

export interface SipAddress {
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly displayName: string;
  /** URI parameters, names in lower case */
  readonly params: ReadonlyMap<string, string>;
}

export interface SipEndpointOptions {
  readonly host: string;
  /** UDP and TCP */
  readonly port: number;
  /** who may send requests: `ADDRESS[/PREFIX][:PORT]`; all others get no answer at all */
  readonly trusted: readonly string[];
  /** where our own requests go, `HOST:PORT` */
  readonly proxy: string;
  readonly userAgent: string;
  readonly log: Logger;
  /** calls at once; more are answered 503 with Retry-After */
  readonly maxCalls: number;
}

export interface SipHandlers {
  /** a new INVITE; 100 has been sent */
  invite(call: IncomingCall): void;
  subscribe(subscribe: IncomingSubscribe): void;
  /** third-party REGISTER of the proxy: somebody came (expires > 0) or went */
  register(user: string, domain: string, expires: number): void;
}

export type CallEnd = 'bye' | 'cancel' | 'no-ack' | 'session-expired' | 'hung-up' | 'rejected';

export interface IncomingCall {
  readonly callId: string;
  readonly requestUri: SipAddress;
  readonly from: SipAddress;
  readonly to: SipAddress;
  /** users of the Diversion headers, newest first */
  readonly diversions: readonly string[];
  readonly source: string;
  /** undefined: the offer is ours to make, theirs is the answer in the ACK */
  readonly offer: string | undefined;
  header(name: string): string | undefined;
  ring(): void;
  /** 200 with this SDP; resolves at the ACK with its SDP if it had one; rejects when the call ended before */
  accept(sdp: string): Promise<string | undefined>;
  reject(status: number, reason: string, headers?: readonly string[]): void;
  /**
   * re-INVITE or UPDATE: answer SDP, or undefined for 488; `offer` undefined = make one.
   * The answer to an offer of ours comes in the same way, in the ACK; what is returned then is ignored.
   */
  onReoffer: (offer: string | undefined) => string | undefined;
  /** once, whatever ends it */
  onEnd: (end: CallEnd) => void;
  /** BYE; nothing when it is over */
  hangUp(): void;
}

/** Enough to send requests within a dialog after a restart. */
export interface DialogState {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly localUri: string;
  readonly remoteUri: string;
  readonly remoteTarget: string;
  readonly routes: readonly string[];
  /** CSeq of our next request in it */
  readonly localSeq: number;
}

export interface IncomingSubscribe {
  readonly event: string;
  readonly expires: number;
  readonly requestUri: SipAddress;
  readonly to: SipAddress;
  readonly from: SipAddress;
  /** of an existing subscription (refresh, or expires 0); undefined = a new one */
  readonly localTag: string | undefined;
  readonly callId: string;
  /** 200 with Expires and Contact; answers the dialog for the NOTIFYs */
  accept(expires: number): DialogState;
  reject(status: number, reason: string, headers?: readonly string[]): void;
}

export interface OutgoingRequest {
  readonly method: 'NOTIFY' | 'OPTIONS';
  /** sip:USER@DOMAIN, sent to the proxy */
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly headers: readonly string[];
  readonly body?: { readonly type: string; readonly text: string };
  readonly timeoutMs: number;
}

export interface SipEndpoint {
  /** the final answer; 408 when there was none */
  request(request: OutgoingRequest): Promise<{ status: number; reason: string }>;
  /** within a dialog, with `localSeq` as CSeq; keeping a greater one for the next is up to you */
  requestInDialog(dialog: DialogState, request: Pick<OutgoingRequest, 'method' | 'headers' | 'body' | 'timeoutMs'>): Promise<{ status: number; reason: string }>;
  readonly calls: number;
  /** counters by name, for metrics: received, dropped_untrusted, malformed, slow_path, ... */
  counters(): Readonly<Record<string, number>>;
  /** new INVITEs get 503 from now on */
  drain(): void;
  /** BYE to all calls, then closes the sockets */
  close(): Promise<void>;
}
