import { DomainError } from '@sfs/kernel';
import { parseUri, type CallEnd, type IncomingCall, type SipAddress } from '@sfs/sip';

/** A call without a wire: answered at once, ended by the spec. */
export class FakeCall implements IncomingCall {
  readonly callId = 'call-1';
  readonly requestUri: SipAddress;
  readonly from = address('sip:1001@site-a.example');
  readonly to = address('sip:1002@site-a.example');
  readonly diversions: readonly string[] = [];
  readonly source = '127.0.0.1:5060';
  readonly offer: string | undefined;
  onReoffer: IncomingCall['onReoffer'] = () => undefined;
  onEnd: IncomingCall['onEnd'] = () => undefined;
  accepted: string | undefined;
  refused: { readonly status: number; readonly headers: readonly string[] } | undefined;
  end: CallEnd | undefined;
  /** the SDP in the ACK, when the offer was ours */
  answer: string | undefined;

  constructor(uri: string, offer: string | undefined) {
    this.requestUri = address(uri);
    this.offer = offer;
  }

  header(): undefined {
    return undefined;
  }

  ring(): void {}

  accept(sdp: string): Promise<string | undefined> {
    if (this.end) return Promise.reject(new DomainError('unavailable', 'sip/call-over', 'The call is over'));
    this.accepted = sdp;
    return Promise.resolve(this.answer);
  }

  reject(status: number, _reason: string, headers: readonly string[] = []): void {
    this.refused = { status, headers };
    this.finish('rejected');
  }

  hangUp(): void {
    this.finish('hung-up');
  }

  /** by the caller, unless told otherwise */
  finish(end: CallEnd = 'bye'): void {
    if (this.end) return;
    this.end = end;
    this.onEnd(end);
  }
}

function address(uri: string): SipAddress {
  const parsed = parseUri(uri);
  if (!parsed) throw new Error(`no SIP URI: ${uri}`);
  return parsed;
}
