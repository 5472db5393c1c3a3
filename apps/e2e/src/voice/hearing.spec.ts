import { codeWords } from '@sfs/testing';
import { describe, expect, it } from 'vitest';
import { endOfTone, heardMs, loudnessOf, sampleOf } from './hearing.ts';

it.each([
  ['pcmu', 0xff, 0],
  ['pcmu', 0x80, 32_124],
  ['pcmu', 0x00, -32_124],
  ['pcma', 0xd5, 8],
  ['pcma', 0xaa, 32_256],
  ['pcma', 0x2a, -32_256],
] as const)('in %s the byte %i is %i', (codec, byte, sample) => expect(sampleOf(byte, codec)).toBe(sample));

describe.each([
  ['pcmu', 0xff],
  ['pcma', 0xd5],
] as const)('hearing in %s', (codec, silence) => {
  const quiet = (frames: number): number[] => new Array<number>(frames * 160).fill(silence);
  /** a byte for each sample, the nearest of the 256 */
  const tone = (frames: number): number[] => Array.from({ length: frames * 160 }, (_, at) => nearest(8000 * Math.sin((2 * Math.PI * 425 * at) / 8000)));
  const nearest = (wanted: number): number => Array.from({ length: 256 }, (_, byte) => byte).reduce((best, byte) => (Math.abs(sampleOf(byte, codec) - wanted) < Math.abs(sampleOf(best, codec) - wanted) ? byte : best));

  it('tells sound from silence', () => {
    expect(loudnessOf(Uint8Array.from(quiet(5)), codec)).toBeLessThan(10);
    expect(heardMs(Uint8Array.from([...quiet(10), ...codeWords(5).flatMap((each) => [...each]), ...quiet(10)]), codec)).toBe(100);
  });

  it('finds where a tone ends, once it has ended', () => {
    const audio = Uint8Array.from([...quiet(7), ...tone(10), ...quiet(2)]);
    expect(endOfTone(audio, codec)).toBe(17 * 160);
    expect(endOfTone(audio.subarray(0, 17 * 160), codec)).toBeUndefined();
    expect(endOfTone(Uint8Array.from(quiet(30)), codec)).toBeUndefined();
  });
});
