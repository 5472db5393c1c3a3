import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Arrivals, SipPhone, freePort, type PhoneOptions } from '@sfs/testing';
import { pino } from 'pino';
import type { CallEnd, IncomingCall, IncomingSubscribe, SipEndpoint, SipEndpointOptions } from '../src/endpoint.ts';
import { openSipEndpoint } from '../src/open-sip-endpoint.ts';
import type { Timing } from '../src/sip-js.ts';

export const HOST = '127.0.0.1';
/** Every repetition and limit 25 times as soon as in the standard. */
export const QUICK: Timing = { t1: 20, t2: 160, t4: 200 };

export interface Registered {
  readonly user: string;
  readonly domain: string;
  readonly expires: number;
}

/** Sends and shows bytes as they are; consents to each BYE. */
export class RawPeer {
  readonly answers = new Arrivals<string>((each) => each.slice(0, 40));
  readonly port: number;
  readonly #socket: Socket;
  readonly #to: number;

  private constructor(socket: Socket, to: number) {
    this.#socket = socket;
    this.#to = to;
    this.port = socket.address().port;
    socket.on('message', (bytes) => this.#receive(bytes.toString('latin1')));
  }

  static async open(to: number): Promise<RawPeer> {
    const socket = createSocket('udp4').bind(0, HOST);
    await once(socket, 'listening');
    return new RawPeer(socket, to);
  }

  #receive(text: string): void {
    if (text.startsWith('BYE ')) this.send(text.replace(/^BYE .*/, 'SIP/2.0 200 OK'));
    this.answers.push(text);
  }

  send(text: string): void {
    this.sendBytes(Buffer.from(text));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#socket.send(bytes, this.#to, HOST);
  }

  close(): Promise<void> {
    this.#socket.close();
    return Promise.resolve();
  }
}

/** An endpoint that keeps what it is given; what it does with a call is up to the test. */
export class Opened {
  readonly endpoint: SipEndpoint;
  readonly port: number;
  readonly calls: Arrivals<IncomingCall>;
  readonly subscribes: Arrivals<IncomingSubscribe>;
  readonly registers: Arrivals<Registered>;
  readonly #closing: { close(): Promise<void> }[] = [];

  private constructor(parts: Pick<Opened, 'endpoint' | 'port' | 'calls' | 'subscribes' | 'registers'>) {
    this.endpoint = parts.endpoint;
    this.port = parts.port;
    this.calls = parts.calls;
    this.subscribes = parts.subscribes;
    this.registers = parts.registers;
  }

  static async open(options: Partial<SipEndpointOptions> & { timing?: Timing; onCall?: (call: IncomingCall) => void } = {}): Promise<Opened> {
    const { timing = QUICK, onCall, ...rest } = options;
    const port = await freePort();
    const calls = new Arrivals<IncomingCall>((call) => call.callId);
    const subscribes = new Arrivals<IncomingSubscribe>((each) => each.event);
    const registers = new Arrivals<Registered>((each) => each.user);
    const endpoint = await openSipEndpoint(
      { host: HOST, port, trusted: [HOST], proxy: `${HOST}:${port}`, userAgent: 'sfs test', log: pino({ level: 'silent' }), maxCalls: 1000, ...rest },
      {
        invite: (call) => {
          onCall?.(call);
          calls.push(call);
        },
        subscribe: (each) => subscribes.push(each),
        register: (user, domain, expires) => registers.push({ user, domain, expires }),
      },
      timing,
    );
    return new Opened({ endpoint, port, calls, subscribes, registers });
  }

  async phone(options: Partial<PhoneOptions> = {}): Promise<SipPhone> {
    const phone = await SipPhone.open({ user: '1001', domain: 'site-a.example', proxy: { host: HOST, port: this.port }, ...options });
    this.#closing.push(phone);
    return phone;
  }

  async rawPeer(): Promise<RawPeer> {
    const peer = await RawPeer.open(this.port);
    this.#closing.push(peer);
    return peer;
  }

  count(name: string): number {
    return this.endpoint.counters()[name] ?? 0;
  }

  nextCall(): Promise<IncomingCall> {
    return this.calls.next('a call at the endpoint');
  }

  async close(): Promise<void> {
    await this.endpoint.close();
    for (const each of this.#closing) await each.close();
  }
}

export const ANSWER = ['v=0', 'o=- 7 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 20000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', ''].join('\r\n');

/** How a call ended, when it has. */
export function endOf(call: IncomingCall): Arrivals<CallEnd> {
  const ends = new Arrivals<CallEnd>();
  call.onEnd = (end) => ends.push(end);
  return ends;
}
