import { BYTES_PER_MS, FRAME } from './codec.ts';

/** power of two: how far a packet may be ahead of the one that is due */
const SLOTS = 16;
/** a packet is waited for as long as this once a later one is there */
export const WAIT_MS = 60;
/** RFC 3550 A.1: what is further behind belongs to a stream that began anew */
const MAX_MISORDER = 100;
/** by how much time stamps may run ahead of the clock */
const SLACK_MS = 200;
/** a gap may be longer than the time since the last packet by this: else it is a jump, and nothing was lost */
const JUMP_MS = 1000;
const NONE = -1;

/** What the window gives, in the order it was sent. */
export interface InOrder {
  audio(payload: Uint8Array, now: number): void;
  /** packets that never came, and the samples they would have been */
  lost(packets: number, samples: number, now: number): void;
  /** the sender sent nothing for a while: no sound, no loss */
  pause(samples: number, now: number): void;
  /** the stream begins anew: sequence and time cannot be compared with what was */
  restarted(): void;
}

/** Puts packets into order: one that is early waits up to 60 ms for those before it. What is in order goes through at once, uncopied. */
export class JitterWindow {
  private readonly output: InOrder;
  private readonly waiting = new Array<Uint8Array | undefined>(SLOTS).fill(undefined);
  private readonly waitingTime = new Uint32Array(SLOTS);
  private readonly waitingSince = new Float64Array(SLOTS);
  private count = 0;
  private begun = false;
  /** sequence number that is due */
  private due = 0;
  /** time stamp of the first sample that has not come */
  private dueTime = 0;
  private size = FRAME;
  private lastAt = 0;
  /** a packet with this number proves that a jump was meant */
  private proof = NONE;

  constructor(output: InOrder) {
    this.output = output;
  }

  /** An empty payload holds its place: digits and comfort noise count in the same sequence. False: late, doubled or out of range. */
  push(sequence: number, time: number, payload: Uint8Array, now: number): boolean {
    if (!this.begun) this.begin(sequence, time, now);
    let ahead = this.ahead(sequence);
    if (ahead >= SLOTS) {
      this.drain(now);
      ahead = this.ahead(sequence);
    }
    if (this.isJump(ahead, now)) {
      if (sequence !== this.proof) {
        this.proof = (sequence + 1) & 0xffff;
        return false;
      }
      this.restart(now);
      this.begin(sequence, time, now);
      ahead = 0;
    }
    if (ahead < 0) return false;
    if (ahead >= SLOTS) this.lose(ahead, time, now);
    else if (ahead > 0) return this.keep(sequence, time, payload, now);
    this.deliver(time, payload, now);
    this.release(now);
    return true;
  }

  /** Gives up packets that have been waited for long enough. */
  expire(now: number): void {
    while (this.count > 0) {
      const ahead = this.firstWaiting();
      if (now - (this.waitingSince[(this.due + ahead) % SLOTS] ?? 0) < WAIT_MS) return;
      this.skip(ahead, now);
    }
  }

  /** Gives all that is there now: nothing is waited for any more. */
  drain(now: number): void {
    while (this.count > 0) this.skip(this.firstWaiting(), now);
  }

  /** The next packet begins a new stream. */
  restart(now: number): void {
    this.drain(now);
    this.begun = false;
    this.output.restarted();
  }

  private begin(sequence: number, time: number, now: number): void {
    this.begun = true;
    this.due = sequence;
    this.dueTime = time;
    this.lastAt = now;
    this.proof = NONE;
  }

  private ahead(sequence: number): number {
    return ((sequence - this.due + 0x8000) & 0xffff) - 0x8000;
  }

  private isJump(ahead: number, now: number): boolean {
    if (ahead < 0) return ahead < -MAX_MISORDER;
    return ahead >= SLOTS && (ahead * this.size) / BYTES_PER_MS > now - this.lastAt + JUMP_MS;
  }

  private keep(sequence: number, time: number, payload: Uint8Array, now: number): boolean {
    const slot = sequence % SLOTS;
    if (this.waiting[slot]) return false;
    this.waiting[slot] = payload;
    this.waitingTime[slot] = time;
    this.waitingSince[slot] = now;
    this.count += 1;
    return true;
  }

  private firstWaiting(): number {
    let ahead = 1;
    while (!this.waiting[(this.due + ahead) % SLOTS]) ahead += 1;
    return ahead;
  }

  private skip(packets: number, now: number): void {
    this.lose(packets, this.waitingTime[(this.due + packets) % SLOTS] ?? 0, now);
    this.release(now);
  }

  private release(now: number): void {
    for (;;) {
      const slot = this.due % SLOTS;
      const payload = this.waiting[slot];
      if (!payload) return;
      this.waiting[slot] = undefined;
      this.count -= 1;
      this.deliver(this.waitingTime[slot] ?? 0, payload, now);
    }
  }

  /** As much as the time stamps leave room for: lost packets may have been digits, which take no time of their own. */
  private lose(packets: number, time: number, now: number): void {
    const room = (time - this.dueTime) | 0;
    const full = packets * this.size;
    const samples = room >= 0 && room < full ? room : full;
    this.due = (this.due + packets) & 0xffff;
    this.dueTime = (this.dueTime + samples) >>> 0;
    this.output.lost(packets, samples, now);
  }

  private deliver(time: number, payload: Uint8Array, now: number): void {
    this.due = (this.due + 1) & 0xffff;
    if (payload.length === 0) return;
    const pause = (time - this.dueTime) | 0;
    if (pause > 0 && pause <= (now - this.lastAt + SLACK_MS) * BYTES_PER_MS) this.output.pause(pause, now);
    this.dueTime = (time + payload.length) >>> 0;
    this.size = payload.length;
    this.lastAt = now;
    this.output.audio(payload, now);
  }
}
