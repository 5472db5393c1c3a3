import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JitterWindow, WAIT_MS } from './jitter-window.ts';

const LOST = 0xff;
const PAUSE = 0xee;
const frame = (index: number, bytes = 160): Uint8Array => new Uint8Array(bytes).fill(index % 200);

/** What a recorder would keep: lost packets and pauses as bytes that no frame has. */
class Heard {
  readonly bytes: number[] = [];
  lostPackets = 0;
  restarts = 0;
  readonly window = new JitterWindow({
    audio: (payload) => void this.bytes.push(...payload),
    lost: (packets, samples) => {
      this.lostPackets += packets;
      this.fill(samples, LOST);
    },
    pause: (samples) => this.fill(samples, PAUSE),
    restarted: () => (this.restarts += 1),
  });

  /** each frame once, in short; a part of a frame shows as a fraction */
  get frames(): number[] {
    return this.bytes.filter((_, at) => at % 160 === 0);
  }

  private fill(samples: number, byte: number): void {
    this.bytes.push(...new Array<number>(samples).fill(byte));
  }
}

const START = 0xfffd; // the numbers wrap soon
const push = (heard: Heard, index: number, now = index * 20): boolean => heard.window.push((START + index) & 0xffff, (0xffff_ff00 + index * 160) >>> 0, frame(index), now);

describe('a window', () => {
  it('lets through at once what is in order', () => {
    const heard = new Heard();
    for (const index of [0, 1, 2, 3, 4]) expect(push(heard, index)).toBe(true);
    expect(heard.frames).toEqual([0, 1, 2, 3, 4]);
  });

  it('waits for what is late, and drops what is doubled', () => {
    const heard = new Heard();
    expect([0, 2, 2, 3, 1, 1, 0].map((index) => push(heard, index))).toEqual([true, true, false, true, true, false, false]);
    expect([heard.frames, heard.lostPackets]).toEqual([[0, 1, 2, 3], 0]);
  });

  it('gives a packet up after 60 ms, and drops it when it comes after all', () => {
    const heard = new Heard();
    push(heard, 0);
    push(heard, 2, 40);
    heard.window.expire(40 + WAIT_MS - 1);
    expect(heard.frames).toEqual([0]);
    heard.window.expire(40 + WAIT_MS);
    expect([heard.frames, heard.lostPackets]).toEqual([[0, LOST, 2], 1]);
    expect(push(heard, 1, 110)).toBe(false);
    expect(heard.bytes).toHaveLength(480);
  });

  it('gives the same bytes for any order within 60 ms', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 80 }), (delays) => {
        const arrivals = delays.map((delay, index) => ({ index, at: index === 0 ? 0 : index * 20 + delay })).sort((a, b) => a.at - b.at);
        const heard = new Heard();
        for (const { index, at } of arrivals) {
          heard.window.expire(at);
          expect(push(heard, index, at)).toBe(true);
        }
        expect(heard.frames).toEqual(delays.map((_, index) => index));
        expect(heard.bytes).toHaveLength(delays.length * 160);
        expect(heard.lostPackets).toBe(0);
      }),
    );
  });

  it('keeps exactly 160 samples of silence for each packet that is lost, wherever', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 120 }), (fates) => {
        const heard = new Heard();
        const arrive = [true, ...fates, true];
        arrive.forEach((arrives, index) => {
          heard.window.expire(index * 20);
          if (arrives) push(heard, index);
        });
        heard.window.drain(arrive.length * 20);
        expect(heard.frames).toEqual(arrive.map((arrives, index) => (arrives ? index : LOST)));
        expect(heard.bytes).toHaveLength(arrive.length * 160);
        expect(heard.lostPackets).toBe(fates.filter((arrives) => !arrives).length);
      }),
    );
  });

  it('takes packets of any length', () => {
    const heard = new Heard();
    heard.window.push(1, 0, frame(1, 240), 0);
    heard.window.push(3, 480, frame(3, 240), 60);
    heard.window.drain(60);
    expect(heard.bytes).toEqual([...frame(1, 240), ...new Array<number>(240).fill(LOST), ...frame(3, 240)]);
  });
});

describe('time', () => {
  it('that the sender kept silent is a pause and no loss', () => {
    const heard = new Heard();
    heard.window.push(1, 0, frame(1), 0);
    heard.window.push(2, 160 + 8000, frame(2), 1020);
    expect(heard.bytes).toHaveLength(320 + 8000);
    expect([heard.bytes[160], heard.lostPackets]).toEqual([PAUSE, 0]);
  });

  it('that has not passed is not believed', () => {
    const heard = new Heard();
    heard.window.push(1, 0, frame(1), 0);
    heard.window.push(2, 2 ** 30, frame(2), 20);
    heard.window.push(3, 2 ** 30 + 160, frame(3), 40);
    expect(heard.frames).toEqual([1, 2, 3]);
  });

  it('of digits is a pause, and their lost packets are no audio', () => {
    const heard = new Heard();
    const empty = new Uint8Array(0);
    heard.window.push(1, 0, frame(1), 0);
    for (const sequence of [2, 3, 5]) heard.window.push(sequence, 160, empty, sequence * 20);
    heard.window.push(6, 800, frame(6), 120);
    heard.window.expire(300);
    expect(heard.frames).toEqual([1, PAUSE, PAUSE, PAUSE, PAUSE, 6]);
    expect(heard.lostPackets).toBe(1);
  });
});

describe('a jump', () => {
  it('is a loss when as much time has passed', () => {
    const heard = new Heard();
    push(heard, 0);
    expect(push(heard, 100, 2000)).toBe(true);
    expect(heard.lostPackets).toBe(99);
    expect(heard.bytes).toHaveLength(101 * 160);
  });

  it.each([20_000, -20_000])('of %i is believed with its second packet, and loses nothing', (by) => {
    const heard = new Heard();
    for (const sequence of [30_000, 30_001]) heard.window.push(sequence, sequence * 160, frame(1), 20);
    expect([0, 1, 2].map((index) => heard.window.push(30_002 + by + index, index * 160, frame(2), 40))).toEqual([false, true, true]);
    expect([heard.frames, heard.lostPackets, heard.restarts]).toEqual([[1, 1, 2, 2], 0, 1]);
  });

  it('of one stray packet changes nothing', () => {
    const heard = new Heard();
    for (const index of [0, 1, 20_000, 2, 3]) push(heard, index, Math.min(index, 4) * 20);
    expect([heard.frames, heard.lostPackets]).toEqual([[0, 1, 2, 3], 0]);
  });
});
