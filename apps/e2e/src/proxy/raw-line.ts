import { connect, type Socket } from 'node:net';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { Arrivals, eventually } from '@sfs/testing';
import { DOMAIN } from './proxy-under-test.ts';

export interface Lines {
  /** replaces a header of that name; '' takes it out */
  readonly [name: string]: string;
}

/** Speaks bytes at the proxy, right or wrong, over UDP or TCP, and sees the status lines that come back with their Call-ID. */
export class RawLine {
  readonly arrived = new Arrivals<string>();
  readonly #port: number;
  readonly #proxyPort: number;
  readonly #datagrams: Datagrams | undefined;
  readonly #stream: Socket | undefined;
  #count = 0;

  private constructor(port: number, proxyPort: number, over: { datagrams?: Datagrams; stream?: Socket }) {
    this.#port = port;
    this.#proxyPort = proxyPort;
    this.#datagrams = over.datagrams;
    this.#stream = over.stream;
    over.datagrams?.on('message', (bytes) => this.#note(bytes.toString('latin1')));
    over.stream?.on('data', (bytes) => this.#note(bytes.toString('latin1')));
    over.stream?.on('error', () => undefined);
  }

  static async udp(proxyPort: number): Promise<RawLine> {
    const datagrams = createSocket('udp4');
    datagrams.bind(0, '127.0.0.1');
    await once(datagrams, 'listening');
    return new RawLine(datagrams.address().port, proxyPort, { datagrams });
  }

  static async tcp(proxyPort: number): Promise<RawLine> {
    const stream = connect({ host: '127.0.0.1', port: proxyPort, noDelay: true });
    await once(stream, 'connect');
    return new RawLine(stream.localPort ?? 0, proxyPort, { stream });
  }

  /** A request that is right but for what the test replaces. */
  request(method: string, lines: Lines = {}, body = ''): string {
    this.#count += 1;
    const transport = this.#stream ? 'TCP' : 'UDP';
    const headers: Record<string, string> = {
      Via: `SIP/2.0/${transport} 127.0.0.1:${this.#port};branch=z9hG4bKraw${this.#port}x${this.#count};rport`,
      'Max-Forwards': '70',
      From: `<sip:1001@${DOMAIN}>;tag=raw`,
      To: `<sip:1002@${DOMAIN}>`,
      'Call-ID': `raw-${this.#port}-${this.#count}`,
      CSeq: `1 ${method}`,
      Contact: `<sip:1001@127.0.0.1:${this.#port}>`,
      'Content-Length': String(Buffer.byteLength(body)),
      ...lines,
    };
    const start = lines['Start'] ?? `${method} sip:1002@${DOMAIN} SIP/2.0`;
    const kept = Object.entries(headers).filter(([name, value]) => name !== 'Start' && value !== '');
    return [start, ...kept.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n');
  }

  send(bytes: string | Uint8Array): void {
    const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    this.#datagrams?.send(raw, this.#proxyPort, '127.0.0.1');
    this.#stream?.write(raw);
  }

  /** Resolves with all status codes that have come when `count` have and the proxy still answers. */
  async others(count = 0): Promise<number[]> {
    const others = (): string[] => this.arrived.all.filter((text) => !text.endsWith('-alive'));
    await eventually(`${count} answers`, () => (others().length >= count ? true : undefined));
    // four workers read the same socket: three rounds let a slower one send what nobody expects
    for (let round = 0; round < 3; round += 1) {
      const options = this.request('OPTIONS', { Start: `OPTIONS sip:${DOMAIN} SIP/2.0`, To: `<sip:${DOMAIN}>` });
      const callId = /Call-ID: (\S+)/.exec(options)?.[1] ?? '';
      this.send(options);
      await this.arrived.next('an answer to OPTIONS', 3000, (text) => text === `200 ${callId}-alive`);
    }
    return others().map((text) => Number(text.split(' ')[0]));
  }

  end(): void {
    this.#datagrams?.close();
    this.#stream?.destroy();
  }

  #note(text: string): void {
    for (const [, status = '', rest = ''] of text.matchAll(/SIP\/2\.0 (\d{3}) [^\r\n]*((?:\r\n[^\r\n]+)*)/g)) {
      const callId = /\r\nCall-ID: ([^\r\n]+)/i.exec(rest)?.[1] ?? '';
      const alive = status === '200' && /CSeq: \d+ OPTIONS/i.test(rest);
      this.arrived.push(`${status} ${callId}${alive ? '-alive' : ''}`);
    }
  }
}
