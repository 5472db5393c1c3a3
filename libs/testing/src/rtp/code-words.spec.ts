import { expect, it } from 'vitest';
import { codeWords, readCodeWords } from './code-words.ts';

const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const silence = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0xff);

it('reads code words back wherever the recording began', () => {
  const read = readCodeWords(joined(silence(333), ...codeWords(450, 7), silence(500)));
  expect(read.offset).toBe(333);
  expect(read.numbers).toEqual(Array.from({ length: 450 }, (_, index) => index + 7));
});

it('shows a frame that is silent, missing or doubled', () => {
  const [a, b, c] = codeWords(3) as [Uint8Array, Uint8Array, Uint8Array];
  expect(readCodeWords(joined(a, silence(160), c)).numbers).toEqual([0, undefined, 2]);
  expect(readCodeWords(joined(a, c)).numbers).toEqual([0, 2]);
  expect(readCodeWords(joined(a, b, b, c)).numbers).toEqual([0, 1, 1, 2]);
});

it('begins with the first whole frame when the recording cuts one', () => {
  expect(readCodeWords(joined(...codeWords(3)).subarray(30))).toEqual({ offset: 130, numbers: [1, 2] });
});

it('finds nothing in silence', () => {
  expect(readCodeWords(silence(1000))).toEqual({ offset: 1000, numbers: [] });
});
