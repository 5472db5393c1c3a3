import { expect, it } from 'vitest';
import { Player } from './player.ts';
import { hasMarker, payloadTypeOf, sequenceOf, ssrcOf, timestampOf } from './rtp-packet.ts';
import { Talker } from './talker.ts';

interface Sent {
  readonly tick: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
}

function talk(talker: Talker, ticks: number): Sent[] {
  return Array.from({ length: ticks }, (_, tick) => {
    const packet = talker.next('pcma', 8);
    return packet ? [{ tick, marker: hasMarker(packet), sequence: sequenceOf(packet), timestamp: timestampOf(packet) }] : [];
  }).flat();
}

it('sends every frame of what is played, and of the silence a packet each second', () => {
  const player = new Player(new Map(), () => undefined);
  const talker = new Talker(player);
  const before = talk(talker, 70);
  player.play(1, [{ silenceMs: 100 }]);
  const talking = talk(talker, 70);
  expect(before.map(({ tick }) => tick)).toEqual([0, 50]);
  expect(talking.map(({ tick }) => tick)).toEqual([0, 1, 2, 3, 4, 5, 55]);
  expect([...before, ...talking].map(({ marker }) => marker)).toEqual([false, false, true, false, false, false, false, false, false]);
});

it('counts packets by one and time by the clock, also when nothing may be sent', () => {
  const player = new Player(new Map(), () => undefined);
  const talker = new Talker(player);
  player.play(1, [{ silenceMs: 1000 }]);
  const [first, second] = talk(talker, 2);
  for (let tick = 0; tick < 10; tick += 1) talker.pass();
  const [third] = talk(talker, 1);
  const since = (sent: Sent | undefined): number[] => [((sent?.sequence ?? 0) - (first?.sequence ?? 0)) & 0xffff, ((sent?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0];
  expect([since(second), since(third)]).toEqual([[1, 160], [2, 12 * 160]]);
  expect(third?.marker).toBe(true);
});

it('begins each stream at random, with the payload type that was agreed', () => {
  const packets = [1, 2, 3].map(() => new Talker(new Player(new Map(), () => undefined)).next('pcma', 8) ?? new Uint8Array(12));
  for (const start of [sequenceOf, timestampOf, ssrcOf]) expect(new Set(packets.map(start)).size).toBeGreaterThan(1);
  expect(packets.map(payloadTypeOf)).toEqual([8, 8, 8]);
});
