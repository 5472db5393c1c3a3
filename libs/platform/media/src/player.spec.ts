import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { convert, silenceByte } from './codec.ts';
import { Player, type Prompts } from './player.ts';
import type { Clip } from './session.ts';

const hello = Uint8Array.from({ length: 333 }, (_, at) => at % 256);
const prompts: Prompts = new Map([['hello', { pcmu: hello, pcma: convert(hello, 'pcmu', 'pcma') }]]);
let ends: [number, number, boolean][];
let player: Player;

beforeEach(() => {
  ends = [];
  player = new Player(prompts, (...end) => ends.push(end));
});

/** All that is said, frame by frame. */
function said(codec: 'pcmu' | 'pcma'): Uint8Array {
  const bytes: number[] = [];
  const frame = new Uint8Array(172);
  while (player.fill(frame, 12, codec)) bytes.push(...frame.subarray(12));
  return Uint8Array.from(bytes);
}

const clips = fc.array(
  fc.oneof(
    fc.constant<Clip>({ prompt: 'hello' }),
    fc.nat(50).map((silenceMs): Clip => ({ silenceMs })),
    fc.record({ audio: fc.uint8Array({ maxLength: 500 }), codec: fc.constantFrom('pcmu' as const, 'pcma' as const) }),
  ),
  { maxLength: 6 },
);

it('says clips of any length one after the other without a gap, and fills up the last frame with silence', () => {
  fc.assert(
    fc.property(clips, fc.constantFrom('pcmu' as const, 'pcma' as const), (each, codec) => {
      ends = [];
      player.play(5, each);
      const expected = each.flatMap((clip) => {
        if ('silenceMs' in clip) return new Array<number>(clip.silenceMs * 8).fill(silenceByte(codec));
        return 'prompt' in clip ? [...convert(hello, 'pcmu', codec)] : [...convert(clip.audio, clip.codec, codec)];
      });
      const frames = Math.ceil(expected.length / 160);
      const rest = new Array<number>(frames * 160 - expected.length).fill(silenceByte(codec));
      expect(said(codec)).toEqual(Uint8Array.from([...expected, ...rest]));
      expect(ends).toEqual([[5, Math.round(expected.length / 8), false]]);
    }),
  );
});

it.each([['nothing', []], ['a prompt that nobody knows', [{ prompt: 'unknown' }]], ['no time', [{ silenceMs: 0 }]]] as const)('is done at once with %s', (_, nothing) => {
  player.play(1, nothing);
  expect(ends).toEqual([[1, 0, false]]);
});

it('tells what was said when it is stopped, once', () => {
  player.play(1, [{ silenceMs: 1000 }]);
  const frame = new Uint8Array(160);
  for (let count = 0; count < 3; count += 1) player.fill(frame, 0, 'pcmu');
  player.stop();
  player.stop();
  expect(ends).toEqual([[1, 60, true]]);
  expect(player.fill(frame, 0, 'pcmu')).toBe(false);
});
