import { afterEach, expect, it } from 'vitest';
import { eventually } from '../waits.ts';
import { codeWords, readCodeWords } from './code-words.ts';
import { RtpPeer } from './rtp-peer.ts';

const open: RtpPeer[] = [];
const pair = async (): Promise<[RtpPeer, RtpPeer]> => {
  const one = await RtpPeer.open();
  const other = await RtpPeer.open();
  open.push(one, other);
  one.connectTo(other);
  other.connectTo(one);
  return [one, other];
};

afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});

it('is heard by another one, a packet each 20 ms', async () => {
  const [one, other] = await pair();
  one.sequence = 65_530;
  await one.send(codeWords(12));
  const audio = await eventually('all of it', () => (other.packets.all.length === 12 ? other.heard() : undefined));
  expect(readCodeWords(audio)).toEqual({ offset: 0, numbers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] });
  const [first, last] = [other.packets.all[0], other.packets.all[11]];
  expect((last?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(200);
  expect(first?.marker).toBe(true);
});

it('loses what it is told to lose, with its number and time', async () => {
  const [one, other] = await pair();
  const [a, , c] = codeWords(3);
  await one.send([a, undefined, c]);
  const [first, second] = await eventually('two packets', () => (other.packets.all.length === 2 ? other.packets.all : undefined));
  expect([(second?.sequence ?? 0) - (first?.sequence ?? 0), (second?.timestamp ?? 0) - (first?.timestamp ?? 0)]).toEqual([2, 320]);
});

it('dials digits that the other one reads, and puts order into what came', async () => {
  const [one, other] = await pair();
  const [a, b] = [one.next(Uint8Array.of(1)), one.next(Uint8Array.of(2))];
  for (const packet of [b, b, a]) one.sendRaw(packet);
  await one.dial('1*#D', { toneMs: 40, pauseMs: 20 });
  expect(await eventually('four digits', () => (other.dialled().length === 4 ? other.dialled() : undefined))).toBe('1*#D');
  expect([...other.heard()]).toEqual([1, 2]);
});
