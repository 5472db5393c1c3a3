import { randomBytes } from 'node:crypto';
import { digestAnswer } from './digest.ts';
import { formatMessage, headerOf, parseMessage, type HeaderLine, type SipMessage, type SipRequest, type SipResponse } from './sip-message.ts';
import { openSocket, type Endpoint, type SipSocket } from './sip-socket.ts';
import { Transactions, type ClientTransaction } from './transactions.ts';

export interface LineOptions {
  readonly user: string;
  /** SIP domain, for From, To and the registrar */
  readonly domain: string;
  /** absent: never answers a challenge, as a trunk */
  readonly password?: string;
  /** name to log in with, when it is not `user` */
  readonly authUser?: string;
  /** everything is sent there */
  readonly proxy: Endpoint;
  readonly address?: string;
  /** default: any free one */
  readonly port?: number;
  readonly transport?: 'udp' | 'tcp';
}

export interface RequestParts {
  readonly uri: string;
  readonly from?: string;
  readonly to?: string;
  readonly callId?: string;
  readonly headers?: readonly HeaderLine[];
  readonly body?: string;
}

export const token = (): string => randomBytes(8).toString('hex');

/** One address at which a user agent speaks: builds requests, sends them, answers challenges. */
export class Line {
  readonly options: LineOptions;
  readonly socket: SipSocket;
  readonly transactions = new Transactions();

  private constructor(options: LineOptions, socket: SipSocket) {
    this.options = options;
    this.socket = socket;
  }

  static async open(options: LineOptions, onMessage: (message: SipMessage, from: Endpoint) => void): Promise<Line> {
    const socket = await openSocket({
      transport: options.transport ?? 'udp',
      local: { host: options.address ?? '127.0.0.1', port: options.port ?? 0 },
      proxy: options.proxy,
      onMessage: (text, from) => {
        const message = parseMessage(text);
        if (message) onMessage(message, from);
      },
    });
    return new Line(options, socket);
  }

  get contactUri(): string {
    const { local, transport } = this.socket;
    return `sip:${this.options.user}@${local.host}:${local.port}${transport === 'tcp' ? ';transport=tcp' : ''}`;
  }

  newVia(): string {
    const { local, transport } = this.socket;
    return `SIP/2.0/${transport.toUpperCase()} ${local.host}:${local.port};branch=z9hG4bK${token()};rport`;
  }

  /** A request outside a dialog. */
  compose(method: string, parts: RequestParts): SipRequest {
    const { user, domain } = this.options;
    const headers: HeaderLine[] = [
      ['Via', this.newVia()],
      ['Max-Forwards', '70'],
      ['From', `${parts.from ?? `<sip:${user}@${domain}>`};tag=${token()}`],
      ['To', parts.to ?? `<${parts.uri}>`],
      ['Call-ID', parts.callId ?? `${token()}@${this.socket.local.host}`],
      ['CSeq', `1 ${method}`],
      ['Contact', `<${this.contactUri}>`],
    ];
    const given = new Set((parts.headers ?? []).map(([name]) => name.toLowerCase()));
    const merged = [...headers.filter(([name]) => !given.has(name.toLowerCase())), ...(parts.headers ?? [])];
    if (parts.body !== undefined && !given.has('content-type')) merged.push(['Content-Type', 'application/sdp']);
    return { kind: 'request', method, uri: parts.uri, headers: merged, body: parts.body ?? '' };
  }

  start(request: SipRequest): ClientTransaction {
    return this.transactions.start(request, this.socket, this.options.proxy);
  }

  /** For ACK, and for what is to be wrong on purpose: no transaction. */
  sendRaw(message: SipMessage | string | Uint8Array): void {
    this.socket.send(typeof message === 'string' || message instanceof Uint8Array ? message : formatMessage(message), this.options.proxy);
  }

  /** Sends and waits for the final answer; a challenge is answered once. */
  async exchange(request: SipRequest, limitMs = 5000): Promise<SipResponse> {
    const response = await this.start(request).final(limitMs);
    const signed = this.sign(request, response);
    return signed ? this.start(signed).final(limitMs) : response;
  }

  /** The same request with credentials, when the response is a challenge and there is a password. */
  sign(request: SipRequest, response: SipResponse): SipRequest | undefined {
    const { password, user, authUser = user } = this.options;
    const [asked, answered] = response.status === 401 ? ['www-authenticate', 'Authorization'] : ['proxy-authenticate', 'Proxy-Authorization'];
    const challenge = headerOf(response, asked);
    if ((response.status !== 401 && response.status !== 407) || challenge === undefined || password === undefined) return undefined;
    const { method, uri } = request;
    const credentials = digestAnswer({ challenge, method, uri, user: authUser, password });
    const [number = '1'] = (headerOf(request, 'cseq') ?? '').split(' ');
    const headers = request.headers.map(([name, value]): HeaderLine => {
      if (name === 'Via') return [name, this.newVia()];
      return name === 'CSeq' ? [name, `${Number(number) + 1} ${method}`] : [name, value];
    });
    return { ...request, headers: [...headers, [answered, credentials]] };
  }

  async close(): Promise<void> {
    this.transactions.end();
    await this.socket.close();
  }
}
