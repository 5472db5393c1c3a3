import { describe, expect, it } from 'vitest';
import { parsePattern, patternWords } from './parse-pattern.ts';

describe('a pattern in words', () => {
  it.each([
    ['112', '112'],
    ['1XXX', '1, then 3 digits'],
    ['0Z.', '0, then 1–9, then any digits'],
    ['11[3-9]', '11, then 3–9'],
    ['0[3-58]X!', '0, then 3–5 or 8, then one digit, then any digits or none'],
    ['XXXX', '4 digits'],
    ['N11', '2–9, then 11'],
  ])('%s: %s', (pattern, words) => expect(patternWords(pattern)).toBe(words));
});

describe('a slip in a pattern', () => {
  it.each([
    ['0[3-', 'The set opened at position 2 is not closed. Add the last digit and ], for example 0[3-5].'],
    ['1A2', '“A” at position 2 is not part of a pattern. Use digits, * and #, X, Z, N, a set like [3-5], and . or ! at the end.'],
    ['1.2', '“.” at position 2 takes everything that follows. Put it at the end.'],
    ['1[]', 'The set at position 2 is empty. Put digits in it, for example [3-5].'],
  ])('%s', (pattern, message) => expect(parsePattern(pattern).fault?.message).toBe(message));

  it('is not seen in a good one', () => expect(parsePattern('015[127]XXXXXXX.').fault).toBeUndefined());
});
