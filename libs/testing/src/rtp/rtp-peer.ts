import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AudioEnd } from '../sip/outgoing-call.ts';
import { DIGITS, payloadTypes, type G711, type RemoteAudio } from '../sip/session-description.ts';
import type { Endpoint } from '../sip/sip-socket.ts';
import { Arrivals } from '../waits.ts';
import { digitPayload, endedDigit, formatRtp, parseRtp, type RtpPacket } from './rtp-packet.ts';

const FRAME_MS = 20;
const FRAME_SAMPLES = 160;

export interface RtpPeerOptions {
  readonly host?: string;
  /** default: any free one */
  readonly port?: number;
}

export interface ReceivedPacket extends RtpPacket {
  readonly from: Endpoint;
  /** by performance.now() */
  readonly at: number;
}

/** The audio of one scripted call: sends what it is told, paced as a phone does, and keeps what it hears. */
export class RtpPeer implements AudioEnd {
  /** everything that came, digits too */
  readonly packets = new Arrivals<ReceivedPacket>(({ payloadType, sequence }) => `${payloadType}/${sequence}`);
  /** of the next packet; set them to break a stream */
  sequence = 1 + Math.floor(Math.random() * 30_000);
  timestamp = Math.floor(Math.random() * 2 ** 31);
  ssrc = 1 + Math.floor(Math.random() * 2 ** 31);
  remote: RemoteAudio | undefined;
  readonly #socket: Socket;
  /** one thing is said at a time, in the order asked for */
  #saying: Promise<void> = Promise.resolve();
  /** when the next packet is due, by performance.now(); 0: nothing has been said */
  #free = 0;
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (message, from) => this.#receive(message, from));
    socket.on('error', () => undefined); // a closed port at the other end is part of many a test
  }

  static async open({ host = '127.0.0.1', port = 0 }: RtpPeerOptions = {}): Promise<RtpPeer> {
    const socket = createSocket({ type: 'udp4', lookup: (address, _options, done) => done(null, address, 4) }); // at once, else packets overtake each other
    const listening = once(socket, 'listening');
    socket.bind(port, host);
    await listening;
    return new RtpPeer(socket);
  }

  get host(): string {
    return this.#socket.address().address;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  connect(remote: RemoteAudio): void {
    this.remote = remote;
  }

  /** For a test without SIP. */
  connectTo(endpoint: Endpoint, codec: G711 = 'pcmu'): void {
    this.connect({ host: endpoint.host, port: endpoint.port, payloadType: payloadTypes[codec], digitPayloadType: DIGITS });
  }

  /** One packet each 20 ms; resolves when the last one is on its way. `undefined` is lost on the way: its number and its time pass. */
  send(frames: readonly (Uint8Array | undefined)[]): Promise<void> {
    return this.#say(async (start) => {
      for (const [index, frame] of frames.entries()) {
        await until(start + index * FRAME_MS);
        if (this.#closed) break;
        const packet = this.next(frame ?? new Uint8Array(FRAME_SAMPLES), { marker: index === 0 });
        if (frame) this.sendRaw(packet);
      }
      return start + frames.length * FRAME_MS;
    });
  }

  /** RFC 4733 digits one after the other: a packet each 20 ms, the end three times, then a pause. */
  dial(digits: string, { toneMs = 80, pauseMs = 60 } = {}): Promise<void> {
    return this.#say(async (start) => {
      let at = start;
      for (const digit of digits) {
        for (let ms = FRAME_MS; ms < toneMs; ms += FRAME_MS) {
          this.#sendDigit(digit, false, ms, ms === FRAME_MS);
          await until((at += FRAME_MS));
        }
        for (let copy = 0; copy < 3; copy += 1) this.#sendDigit(digit, true, toneMs, false);
        this.timestamp = (this.timestamp + (toneMs + pauseMs) * 8) >>> 0;
        await until((at += pauseMs));
        if (this.#closed) break;
      }
      return at;
    });
  }

  /** The next packet of this stream, not yet sent: to reorder, double or spoil. */
  next(payload: Uint8Array, parts: Partial<RtpPacket> = {}): Uint8Array {
    const packet = formatRtp({ marker: false, payloadType: this.remote?.payloadType ?? 0, sequence: this.sequence, timestamp: this.timestamp, ssrc: this.ssrc, payload, ...parts });
    this.sequence = (this.sequence + 1) % 0x1_0000;
    this.timestamp = (this.timestamp + payload.length) >>> 0;
    return packet;
  }

  sendRaw(packet: Uint8Array): void {
    if (!this.remote) throw new Error('the peer does not know where to send: connect it first');
    if (!this.#closed) this.#socket.send(packet, this.remote.port, this.remote.host, () => undefined);
  }

  /** The audio that came, in the order of its numbers, without what was doubled. */
  heard(): Uint8Array {
    const inOrder = ordered(this.packets.all.filter(({ payloadType }) => payloadType === payloadTypes.pcmu || payloadType === payloadTypes.pcma));
    return Buffer.concat(inOrder.map(({ payload }) => payload));
  }

  /** The digits that came, each once. */
  dialled(): string {
    const ends = this.packets.all.filter(({ payloadType, payload }) => payloadType === (this.remote?.digitPayloadType ?? DIGITS) && endedDigit(payload) !== undefined);
    const each = ends.filter(({ timestamp }, index) => ends.findIndex((other) => other.timestamp === timestamp) === index);
    return each.map(({ payload }) => endedDigit(payload)).join('');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  /** Between two things that are said the time stamps go on, as a phone's do. */
  #say(words: (start: number) => Promise<number>): Promise<void> {
    this.#saying = this.#saying.then(async () => {
      await until(this.#free);
      const frames = this.#free === 0 ? 0 : Math.round((performance.now() - this.#free) / FRAME_MS);
      this.timestamp = (this.timestamp + frames * FRAME_SAMPLES) >>> 0;
      this.#free = await words(performance.now());
    });
    return this.#saying;
  }

  #sendDigit(digit: string, end: boolean, ms: number, marker: boolean): void {
    const { timestamp } = this;
    this.sendRaw(this.next(digitPayload(digit, end, ms * 8), { marker, payloadType: this.remote?.digitPayloadType ?? DIGITS }));
    this.timestamp = timestamp; // all packets of a digit bear the time of its beginning
  }

  #receive(message: Uint8Array, { address, port }: RemoteInfo): void {
    const packet = parseRtp(message);
    if (packet) this.packets.push({ ...packet, from: { host: address, port }, at: performance.now() });
  }
}

/** By number, counted on beyond 65,535; of the same number the first. */
function ordered(packets: readonly ReceivedPacket[]): ReceivedPacket[] {
  const byNumber = new Map<number, ReceivedPacket>();
  let last = packets[0]?.sequence ?? 0;
  for (const packet of packets) {
    const step = ((packet.sequence - last + 0x8000) & 0xffff) - 0x8000;
    last += step;
    if (!byNumber.has(last)) byNumber.set(last, packet);
  }
  return [...byNumber].sort(([a], [b]) => a - b).map(([, packet]) => packet);
}

async function until(time: number): Promise<void> {
  const left = time - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}
