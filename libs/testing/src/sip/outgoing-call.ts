import { Once } from '../waits.ts';
import { Dialog, type InsideParts } from './dialog.ts';
import type { Line, RequestParts } from './line.ts';
import { audioOf, audioOffer, type G711, type RemoteAudio } from './session-description.ts';
import { headerOf, headersOf, type HeaderLine, type SipRequest, type SipResponse } from './sip-message.ts';
import type { ClientTransaction } from './transactions.ts';

/** What a call needs of the audio at its end: `RtpPeer` is one. */
export interface AudioEnd {
  readonly port: number;
  /** called once the other side has said where it wants its audio, and again when it says so anew */
  connect(remote: RemoteAudio): void;
}

export interface PlacedCall extends RequestParts {
  /** absent: nothing is sent or heard */
  readonly audio?: AudioEnd;
  /** in the order of preference */
  readonly codecs?: readonly G711[];
}

/** A call this phone has placed. */
export class OutgoingCall {
  /** every answer to the INVITEs in order, challenges too */
  readonly answers: SipResponse[] = [];
  readonly callId: string;
  readonly hungUp: Once<SipRequest>;
  dialog: Dialog | undefined;
  readonly #line: Line;
  readonly #audio: AudioEnd | undefined;
  readonly #final: Once<SipResponse>;
  readonly #provisional: Once<SipResponse>;
  readonly #ringing: Once<SipResponse>;
  #transaction: ClientTransaction;
  #ack: SipRequest | undefined;

  constructor(line: Line, { audio, codecs = ['pcmu'], ...parts }: PlacedCall) {
    this.#line = line;
    this.#audio = audio;
    const offer = audioOffer({ host: line.socket.local.host, codecs, ...(audio ? { port: audio.port } : {}) });
    const invite = line.compose('INVITE', { body: offer, ...parts });
    this.callId = headerOf(invite, 'call-id') ?? '';
    this.#final = new Once(`a final answer to the call to ${parts.uri}`);
    this.#provisional = new Once(`any answer to the call to ${parts.uri}`);
    this.#ringing = new Once(`ringing of the call to ${parts.uri}`);
    this.hungUp = new Once(`the other side's BYE for the call to ${parts.uri}`);
    this.#transaction = this.#invite(invite);
  }

  /** The INVITE that counts: with credentials, once it was challenged. */
  get invite(): SipRequest {
    return this.#transaction.request;
  }

  get statuses(): number[] {
    return this.answers.map(({ status }) => status);
  }

  /** The last word on the INVITE, whatever it is. */
  final(limitMs?: number): Promise<SipResponse> {
    return this.#final.within(limitMs);
  }

  ringing(limitMs?: number): Promise<SipResponse> {
    return this.#ringing.within(limitMs);
  }

  /** The first answer beyond the challenge; a 100 counts. */
  trying(limitMs?: number): Promise<SipResponse> {
    return this.#provisional.within(limitMs);
  }

  /** Fails when the call was refused. */
  async answered(limitMs?: number): Promise<SipResponse> {
    const response = await this.final(limitMs);
    if (response.status >= 300) throw new Error(`the call to ${this.#transaction.request.uri} ended with ${response.status} ${response.reason}`);
    return response;
  }

  /** Gives up; RFC 3261 9.1 wants a provisional answer first. Resolves with the answer to the CANCEL. */
  async cancel(limitMs?: number): Promise<SipResponse> {
    await this.trying(limitMs);
    const { uri, headers } = this.#transaction.request;
    const kept = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'Route'];
    const same = headers.filter(([name]) => kept.includes(name));
    const [number = '1'] = (headerOf(this.#transaction.request, 'cseq') ?? '').split(' ');
    return this.#line.start({ kind: 'request', method: 'CANCEL', uri, headers: [...same, ['CSeq', `${number} CANCEL`]], body: '' }).final(limitMs);
  }

  /** A request inside the call, such as a re-INVITE (whose 200 is acknowledged). */
  async inside(method: string, parts?: InsideParts, limitMs?: number): Promise<SipResponse> {
    if (!this.dialog) throw new Error('the call is not up');
    const response = await this.#line.start(this.dialog.compose(method, parts)).final(limitMs);
    if (method === 'INVITE' && response.status < 300) {
      this.#line.sendRaw(this.dialog.compose('ACK'));
      this.#connect(response);
    }
    return response;
  }

  hangUp(limitMs?: number): Promise<SipResponse> {
    return this.inside('BYE', {}, limitMs);
  }

  #connect(response: SipResponse): void {
    const remote = audioOf(response.body);
    if (remote) this.#audio?.connect(remote);
  }

  #invite(request: SipRequest): ClientTransaction {
    const transaction = this.#line.start(request);
    transaction.onResponse = (response) => this.#receive(request, response);
    return transaction;
  }

  #receive(request: SipRequest, response: SipResponse): void {
    this.answers.push(response);
    if (response.status < 200) {
      this.#provisional.settle(response);
      if (response.status > 100) this.#ringing.settle(response);
      return;
    }
    if (response.status < 300) {
      this.dialog ??= Dialog.ofCaller(this.#line, request, response);
      this.#ack ??= this.dialog.compose('ACK');
      this.#line.sendRaw(this.#ack);
      this.#connect(response);
    } else {
      this.#line.sendRaw(refusalAck(request, response));
      const signed = this.#transaction.request === request ? this.#line.sign(request, response) : undefined;
      const already = headersOf(request, 'proxy-authorization').length > 0 || headersOf(request, 'authorization').length > 0;
      if (signed && !already) {
        this.#transaction = this.#invite(signed);
        return;
      }
      if (this.#transaction.request !== request) return;
    }
    this.#provisional.settle(response);
    this.#final.settle(response);
  }
}

/** RFC 3261 17.1.1.3: same branch and routes as the INVITE, To of the response. */
function refusalAck(invite: SipRequest, response: SipResponse): SipRequest {
  const kept = invite.headers.filter(([name]) => ['Via', 'Max-Forwards', 'From', 'Call-ID', 'Route'].includes(name));
  const [number = '1'] = (headerOf(invite, 'cseq') ?? '').split(' ');
  const rest: HeaderLine[] = [['To', headerOf(response, 'to') ?? ''], ['CSeq', `${number} ACK`]];
  return { kind: 'request', method: 'ACK', uri: invite.uri, headers: [...kept, ...rest], body: '' };
}
