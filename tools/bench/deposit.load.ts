// Places calls that leave a message of 9 s each: SIP over one socket, one connected RTP socket a call, one 20 ms tick for all.
import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { serveBench } from './bench-process.ts';

export interface DepositOrder {
  /** request URIs of the INVITEs, in turn */
  readonly uris: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly calls: number;
  /** frames of 20 ms sent after the tone */
  readonly frames: number;
}

export interface DepositReport {
  /** calls that were answered and ended as they should */
  readonly over: number;
  /** ms between two packets of one stream that plays, as they arrive here: their time stamps are one frame apart */
  readonly spacing: readonly number[];
}

const TICK_MS = 20;
const FRAME = 160;
/** answer, skip the greeting, hear the tone, then speak */
const TONE_TICKS = 60;

interface Call {
  readonly id: string;
  readonly tag: string;
  readonly rtp: Socket;
  readonly frame: Buffer;
  toTag: string;
  target: string;
  ticks: number;
  heardAt: number;
  heardStamp: number;
  state: 'inviting' | 'up' | 'leaving' | 'over' | 'refused';
}

async function bound(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}

class Caller {
  readonly #order: DepositOrder;
  readonly #sip: Socket;
  readonly #calls = new Map<string, Call>();
  readonly #spacing: number[] = [];

  constructor(order: DepositOrder, sip: Socket) {
    this.#order = order;
    this.#sip = sip;
    sip.on('message', (data) => this.#received(data.toString('latin1')));
  }

  async run(): Promise<DepositReport> {
    for (let at = 0; at < this.#order.calls; at += 1) await this.#place(at);
    const began = performance.now();
    for (let tick = 1; ![...this.#calls.values()].every(({ state }) => state === 'over' || state === 'refused'); tick += 1) {
      const wait = began + tick * TICK_MS - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      for (const call of this.#calls.values()) this.#tick(call);
      if (tick > this.#order.frames * 4) break;
    }
    for (const { rtp } of this.#calls.values()) rtp.close();
    const count = (state: Call['state']): number => [...this.#calls.values()].filter((call) => call.state === state).length;
    return { over: count('over'), spacing: this.#spacing };
  }

  async #place(at: number): Promise<void> {
    const rtp = await bound();
    const call: Call = { id: `${randomBytes(8).toString('hex')}-${at}`, tag: randomBytes(4).toString('hex'), rtp, frame: frameOf(at), toTag: '', target: this.#order.uris[at % this.#order.uris.length] ?? '', ticks: 0, heardAt: 0, heardStamp: -FRAME, state: 'inviting' };
    rtp.on('message', (packet) => this.#heard(call, packet.readUInt32BE(4)));
    this.#calls.set(call.id, call);
    const sdp = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', `m=audio ${rtp.address().port} RTP/AVP 0 101`, 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000', ''].join('\r\n');
    this.#send(call, 'INVITE', 1, sdp);
  }

  #heard(call: Call, timestamp: number): void {
    const now = performance.now();
    if (timestamp === (call.heardStamp + FRAME) >>> 0) this.#spacing.push(now - call.heardAt);
    call.heardAt = now;
    call.heardStamp = timestamp;
  }

  #send(call: Call, method: 'INVITE' | 'ACK' | 'BYE', cseq: number, body = ''): void {
    const { port } = this.#sip.address();
    const to = call.toTag === '' ? '<sip:deposit@sfs.example>' : `<sip:deposit@sfs.example>;tag=${call.toTag}`;
    const lines = [
      `${method} ${call.target} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${method}${call.id}`,
      'Max-Forwards: 70',
      `From: <sip:1001@sfs.example>;tag=${call.tag}`,
      `To: ${to}`,
      `Call-ID: ${call.id}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:1001@127.0.0.1:${port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ];
    this.#sip.send(lines.join('\r\n'), this.#order.port, this.#order.host);
  }

  #received(text: string): void {
    const call = this.#calls.get(/^Call-ID: *(\S+)/im.exec(text)?.[1] ?? '');
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0);
    const method = /^CSeq: *\d+ (\w+)/im.exec(text)?.[1];
    if (!call || status < 200) return;
    if (method === 'BYE') call.state = 'over';
    if (method === 'INVITE') this.#answered(call, status, text);
  }

  #answered(call: Call, status: number, text: string): void {
    call.toTag = /^To:.*;tag=([^\s;]+)/im.exec(text)?.[1] ?? '';
    if (status >= 300) {
      this.#send(call, 'ACK', 1);
      call.state = 'refused';
      return;
    }
    call.target = /^Contact: *<([^>]+)>/im.exec(text)?.[1] ?? call.target;
    this.#send(call, 'ACK', 1);
    if (call.state !== 'inviting') return;
    call.state = 'up';
    call.rtp.connect(Number(/^m=audio (\d+)/m.exec(text)?.[1] ?? 9), '127.0.0.1');
  }

  #tick(call: Call): void {
    if (call.state !== 'up') return;
    call.ticks += 1;
    const { ticks, rtp, frame } = call;
    if (ticks < 2) return;
    if (ticks <= 6) return rtp.send(poundKey(ticks));
    frame.writeUInt16BE(ticks & 0xffff, 2);
    frame.writeUInt32BE(ticks * 160, 4);
    rtp.send(frame);
    if (ticks < TONE_TICKS + this.#order.frames) return;
    call.state = 'leaving';
    this.#send(call, 'BYE', 2);
  }
}

function frameOf(at: number): Buffer {
  const frame = randomBytes(172);
  frame.writeUInt8(0x80, 0);
  frame.writeUInt8(0, 1);
  frame.writeUInt32BE(at + 1, 8);
  return frame;
}

/** RFC 4733: event 11 is `#`; the last three packets carry the end bit. */
function poundKey(ticks: number): Buffer {
  const packet = Buffer.alloc(16);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(101, 1);
  packet.writeUInt16BE(ticks, 2);
  packet.writeUInt32BE(320, 4);
  packet.writeUInt8(11, 12);
  packet.writeUInt8(ticks > 3 ? 0x8a : 0x0a, 13);
  packet.writeUInt16BE((ticks - 1) * 160, 14);
  return packet;
}

serveBench({ ready: true }, async (message) => {
  const sip = await bound();
  const report = await new Caller(message as DepositOrder, sip).run();
  sip.close();
  return report;
});
