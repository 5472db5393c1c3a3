import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame, FrameError, FrameReader } from './netstring.ts';

describe('a netstring', () => {
  it('counts bytes, not characters', () => {
    expect(frame('{"d":"ü"}')).toBe('10:{"d":"ü"},');
  });

  it('is found again however TCP cuts the stream, also inside the length digits', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 5 }), fc.array(fc.nat(20)), (texts, cuts) => {
        const bytes = Buffer.from(texts.map(frame).join(''));
        const reader = new FrameReader();
        const read: string[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          read.push(...reader.read(bytes.subarray(at, at + cut)));
          at += cut;
        }
        read.push(...reader.read(bytes.subarray(at)));
        expect(read).toEqual(texts);
      }),
    );
  });

  it.each(['x', '-1:a,', '123456', '99999:', '1:ab', '01x:'])('refuses the stream %j', (text) => {
    expect(() => new FrameReader().read(Buffer.from(text))).toThrow(FrameError);
  });
});
