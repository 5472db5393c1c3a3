import { contentLengths } from './message.ts';
import { MAX_STREAM_MESSAGE } from './transport.ts';

/**
 * Cuts a stream into messages. Where one ends must be beyond doubt, for a doubt hides a second request behind the first:
 * anything but exactly one plain Content-Length breaks the stream, and a broken stream cannot be mended.
 */
export class Framing {
  #rest: Buffer = Buffer.alloc(0);
  #broken = false;

  /** Whole messages, or 'broken'. */
  take(bytes: Buffer): Buffer[] | 'broken' {
    if (this.#broken) return 'broken';
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const messages: Buffer[] = [];
    for (;;) {
      this.#skipEmptyLines();
      const end = this.#messageEnd();
      if (end === 'broken') {
        this.#broken = true;
        return messages.length > 0 ? messages : 'broken';
      }
      if (end === undefined) return messages;
      messages.push(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
  }

  get broken(): boolean {
    return this.#broken;
  }

  #skipEmptyLines(): void {
    let start = 0;
    while (this.#rest[start] === 13 || this.#rest[start] === 10) start += 1;
    if (start > 0) this.#rest = this.#rest.subarray(start);
  }

  #messageEnd(): number | undefined | 'broken' {
    const split = this.#rest.indexOf('\r\n\r\n');
    if (split < 0) return this.#rest.length > MAX_STREAM_MESSAGE ? 'broken' : undefined;
    const [length, ...more] = contentLengths(this.#rest.toString('latin1', 0, split));
    if (length === undefined || more.length > 0 || !/^\d{1,6}$/.test(length)) return 'broken';
    const end = split + 4 + Number(length);
    if (end > MAX_STREAM_MESSAGE) return 'broken';
    return this.#rest.length < end ? undefined : end;
  }
}
