const DIGITS = '0123456789*#ABCD';
const DIGITS_PER_SECOND = 20;
/** packets of one digit come at least this often */
const PAUSE_MS = 100;
/** after so long nothing of the last digit is on its way: what looks older is a sender that has begun anew */
const LATEST_MS = 2000;

/** One digit for each RFC 4733 event, however its packets are repeated, lost or reordered. */
export class DigitDetector {
  /** digits beyond twenty a second: nobody dials so fast */
  refused = 0;
  private known = false;
  private timestamp = 0;
  private event = 0;
  private ended = false;
  private lastAt = 0;
  /** when the last twenty digits came: a ring */
  private readonly cameAt = new Float64Array(DIGITS_PER_SECOND).fill(-Infinity);
  private next = 0;

  /** The stream begins anew: its times cannot be compared with what was. */
  restart(): void {
    this.known = false;
  }

  /** The payload of one packet from `start` on; gives the digit that begins with it. */
  receive(packet: Uint8Array, start: number, timestamp: number, marker: boolean, now: number): string | undefined {
    const event = packet[start] ?? 255;
    const age = (timestamp - this.timestamp) | 0;
    if (this.known && age < 0 && now - this.lastAt < LATEST_MS) return undefined;
    const same = this.known && (age === 0 || this.goesOn(event, marker, now));
    this.known = true;
    this.timestamp = timestamp;
    this.event = event;
    this.ended = (same && this.ended) || (packet[start + 1] ?? 0) >= 0x80;
    this.lastAt = now;
    return same ? undefined : this.accept(event, now);
  }

  /** RFC 4733 2.5.1.3: what is held for long gets a new time stamp on its way; some phones give one to each packet. */
  private goesOn(event: number, marker: boolean, now: number): boolean {
    return event === this.event && !this.ended && !marker && now - this.lastAt < PAUSE_MS;
  }

  private accept(event: number, now: number): string | undefined {
    if (now - (this.cameAt[this.next] ?? 0) < 1000) {
      this.refused += 1;
      return undefined;
    }
    this.cameAt[this.next] = now;
    this.next = (this.next + 1) % DIGITS_PER_SECOND;
    return DIGITS[event];
  }
}

/** Four bytes, and an event that is a key (not a flash, a tone or a fax). */
export function isDigitPayload(packet: Uint8Array, start: number, end: number): boolean {
  return end - start >= 4 && (packet[start] ?? 255) < DIGITS.length;
}
