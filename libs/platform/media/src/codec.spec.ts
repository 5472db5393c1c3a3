import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, linearOf, silenceByte, speechLevel, SPEECH_LEVEL } from './codec.ts';

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('the two laws', () => {
  it('know the corners of G.711', () => {
    expect([...linearOf(Uint8Array.of(0x00, 0x80, 0x7f, 0xff), 'pcmu')]).toEqual([-32124, 32124, -0, 0].map((value) => value + 0));
    expect([...linearOf(Uint8Array.of(0x2a, 0xaa, 0x55, 0xd5), 'pcma')]).toEqual([-32256, 32256, -8, 8]);
  });

  it('rise from the lowest sample to the highest without a step back', () => {
    const positive = [...linearOf(every.slice(0x80), 'pcmu')];
    expect(positive).toEqual([...positive].sort((a, b) => b - a));
    const aLaw = [...linearOf(every.slice(0x80).map((code) => code ^ 0x55), 'pcma')];
    expect(aLaw).toEqual([...aLaw].sort((a, b) => a - b));
  });

  it('convert without leaving the neighbourhood of a sample', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 160 }), fc.constantFrom('pcmu' as const, 'pcma' as const), (audio, from) => {
        const to = from === 'pcmu' ? 'pcma' : 'pcmu';
        const [before, after] = [linearOf(audio, from), linearOf(convert(audio, from, to), to)];
        before.forEach((sample, at) => expect(Math.abs(sample - (after[at] ?? 0))).toBeLessThanOrEqual(16 + Math.abs(sample) / 32));
      }),
    );
  });

  it('convert there and back and there to the same bytes', () => {
    const there = convert(every, 'pcmu', 'pcma');
    expect(convert(convert(there, 'pcma', 'pcmu'), 'pcmu', 'pcma')).toEqual(there);
  });

  it('keep silence silent, and audio of the right law as it is', () => {
    expect(convert(Uint8Array.of(silenceByte('pcmu')), 'pcmu', 'pcma')).toEqual(Uint8Array.of(silenceByte('pcma')));
    expect(convert(every, 'pcma', 'pcma')).toBe(every);
  });
});

describe('the speech level', () => {
  it.each(['pcmu', 'pcma'] as const)('tells speech from line noise in %s', (codec) => {
    const noise = Uint8Array.from({ length: 160 }, (_, at) => silenceByte(codec) ^ (at % 4));
    const speech = Uint8Array.from({ length: 160 }, (_, at) => (at % 2 === 0 ? 0xa5 : 0x2a));
    expect(speechLevel(noise, codec)).toBeLessThan(SPEECH_LEVEL);
    expect(speechLevel(speech, codec)).toBeGreaterThan(SPEECH_LEVEL);
    expect(speechLevel(new Uint8Array(0), codec)).toBe(0);
  });
});
