import { randomInt } from 'node:crypto';
import { FRAME, silenceByte, type Codec } from './codec.ts';
import type { Player } from './player.ts';
import { beginHeader, HEADER, setHeader } from './rtp-packet.ts';

/** while nothing plays a packet of silence goes out each second: keeps NAT bindings open (RFC 6263 asks for one each 15 s) and peers sure that we are there */
export const QUIET_TICKS = 50;
/** a packet may wait in the kernel while the next ones are written */
const BUFFERS = 4;

/** Makes the packets of one stream that goes out: a frame each tick, in buffers that are written again and again. */
export class Talker {
  /** whether the last packet follows the one before it in the same spurt of talk */
  followed = false;
  private readonly player: Player;
  private readonly buffers: readonly Uint8Array[];
  private sequence = randomInt(0x1_0000);
  private timestamp = randomInt(2 ** 32);
  private quiet = 0;
  private talking = false;

  constructor(player: Player) {
    this.player = player;
    const ssrc = randomInt(2 ** 32);
    this.buffers = Array.from({ length: BUFFERS }, () => new Uint8Array(HEADER + FRAME));
    for (const buffer of this.buffers) beginHeader(buffer, ssrc);
  }

  /** Time passes without a packet. */
  pass(): void {
    this.timestamp = (this.timestamp + FRAME) >>> 0;
    this.talking = false;
    this.quiet = 0;
  }

  /** The packet of this tick; undefined: nothing is said now. */
  next(codec: Codec, payloadType: number): Uint8Array | undefined {
    const packet = this.buffers[this.sequence % BUFFERS];
    if (!packet) return undefined;
    const talks = this.player.fill(packet, HEADER, codec);
    this.followed = talks && this.talking;
    const due = talks || this.quiet % QUIET_TICKS === 0;
    if (due) {
      if (!talks) packet.fill(silenceByte(codec), HEADER);
      setHeader(packet, payloadType | (talks && !this.talking ? 0x80 : 0), this.sequence, this.timestamp);
      this.sequence = (this.sequence + 1) & 0xffff;
    }
    this.quiet = talks ? 0 : this.quiet + 1;
    this.talking = talks;
    this.timestamp = (this.timestamp + FRAME) >>> 0;
    return due ? packet : undefined;
  }
}
