import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DigitDetector, isDigitPayload } from './digit-detector.ts';

interface EventPacket {
  readonly event: number;
  readonly end: boolean;
  readonly timestamp: number;
  readonly marker?: boolean;
}

/** As RFC 4733 2.5.1: a packet each 20 ms, the end three times. */
function packetsOf(event: number, timestamp: number): EventPacket[] {
  const lasts = [0, 1, 2].map((index) => ({ event, end: false, timestamp, marker: index === 0 }));
  return [...lasts, ...[0, 1, 2].map(() => ({ event, end: true, timestamp }))];
}

let detector: DigitDetector;
let now: number;
beforeEach(() => {
  detector = new DigitDetector();
  now = 1000;
});

function dial(packets: readonly EventPacket[], stepMs = 20): string {
  return packets
    .map(({ event, end, timestamp, marker = false }) => {
      now += stepMs;
      return detector.receive(Uint8Array.of(99, event, (end ? 0x80 : 0) | 10, 0, 160), 1, timestamp, marker, now) ?? '';
    })
    .join('');
}

describe('a digit', () => {
  it('is told once, with its first packet', () => expect(dial(packetsOf(5, 100).slice(0, 1))).toBe('5'));
  it('is told once, however often its packets come', () => expect(dial([...packetsOf(5, 100), ...packetsOf(5, 100)])).toBe('5'));
  it('is told twice when it is dialled twice', () => expect(dial([...packetsOf(5, 100), ...packetsOf(5, 900)])).toBe('55'));
  it('knows all sixteen keys', () => expect(dial(Array.from({ length: 16 }, (_, event) => packetsOf(event, 100 + event * 1000)).flat())).toBe('0123456789*#ABCD'));

  it('is told when any one of its packets comes through', () => {
    for (const packet of packetsOf(7, 100)) {
      detector = new DigitDetector();
      expect(dial([packet])).toBe('7');
    }
  });

  it('is not told again when its packets come late, behind those of the next', () => {
    const [one, two] = [packetsOf(1, 100), packetsOf(2, 900)];
    expect(dial([...one.slice(0, 4), ...two.slice(0, 3), ...one.slice(4), ...two.slice(3)])).toBe('12');
  });

  it('stays one when it is held so long that its time stamp moves on', () => {
    const held = [{ event: 3, end: false, timestamp: 100, marker: true }, { event: 3, end: false, timestamp: 65_635 }, { event: 3, end: true, timestamp: 65_635 }];
    expect(dial(held)).toBe('3');
  });

  it('counts on over the wrap of the time stamp', () => expect(dial([...packetsOf(1, 0xffff_fff0), ...packetsOf(2, 800)])).toBe('12'));

  it('is known again after the stream began anew with an older time', () => {
    expect(dial(packetsOf(1, 5_000_000))).toBe('1');
    detector.restart();
    expect(dial(packetsOf(2, 100))).toBe('2');
  });

  it('is known when its sender has begun anew without a word', () => {
    expect(dial(packetsOf(1, 5_000_000))).toBe('1');
    now += 2000;
    expect(dial(packetsOf(2, 100))).toBe('2');
  });

  it('is told once for any loss and any order of its packets', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(packetsOf(4, 77), { minLength: 1 }), (packets) => {
        detector = new DigitDetector();
        expect(dial(packets)).toBe('4');
      }),
    );
  });
});

it('refuses what is faster than twenty digits a second', () => {
  const flood = Array.from({ length: 500 }, (_, index) => ({ event: index % 10, end: true, timestamp: index * 160, marker: true }));
  expect(dial(flood, 2)).toHaveLength(20);
  expect(detector.refused).toBe(480);
  now += 1000;
  expect(dial([{ event: 1, end: true, timestamp: 500 * 160 }])).toBe('1');
});

it('takes keys only', () => {
  expect(isDigitPayload(Uint8Array.of(11, 0, 0, 0), 0, 4)).toBe(true);
  expect(isDigitPayload(Uint8Array.of(16, 0, 0, 0), 0, 4)).toBe(false);
  expect(isDigitPayload(Uint8Array.of(1, 0, 0), 0, 3)).toBe(false);
});
