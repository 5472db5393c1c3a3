import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROMPTS } from './prompts.ts';
import { speakCount, speakNumber, speakTime } from './speak.ts';

/** as it would be read */
const aloud = (names: readonly string[]): string => names.map((name) => PROMPTS[name] ?? `?${name}?`).join(' ');

it('says numbers digit by digit, and leaves out what cannot be said', () => {
  expect(aloud(speakNumber('+49*0#'))).toBe('plus four nine star zero pound');
  expect(speakNumber('a b-１')).toEqual([]);
});

it.each([
  [0, 'zero'],
  [7, 'seven'],
  [20, 'twenty'],
  [21, 'twenty one'],
  [90, 'ninety'],
  [100, 'one hundred'],
  [342, 'three hundred forty two'],
  [1000, 'one thousand'],
  [2025, 'two thousand twenty five'],
  [12_000, 'nine thousand nine hundred ninety nine'],
  [-3, 'zero'],
  [Number.NaN, 'zero'],
])('counts %d', (count, words) => {
  expect(aloud(speakCount(count))).toBe(words);
});

describe('a time', () => {
  const at = (iso: string): number => Date.parse(iso);
  it.each([
    ['today', '2026-11-25T09:05:00Z', 'UTC', '2026-11-25T10:00:00Z', 'Today at nine oh five A M.'],
    ['at midnight', '2026-11-25T00:00:00Z', 'UTC', '2026-11-25T10:00:00Z', 'Today at twelve A M.'],
    ['at noon', '2026-11-25T12:30:00Z', 'UTC', '2026-11-25T13:00:00Z', 'Today at twelve thirty P M.'],
    ['yesterday, an hour ago', '2026-11-24T23:30:00Z', 'UTC', '2026-11-25T00:30:00Z', 'Yesterday at eleven thirty P M.'],
    ['the same moment in another zone', '2026-11-24T23:30:00Z', 'Europe/Berlin', '2026-11-25T00:30:00Z', 'Today at twelve thirty A M.'],
    ['another day', '2026-11-03T15:47:00Z', 'UTC', '2026-11-25T10:00:00Z', 'November third at three forty seven P M.'],
    ['yesterday over the new year', '2025-12-31T08:00:00Z', 'UTC', '2026-01-01T10:00:00Z', 'Yesterday at eight A M.'],
    ['another year', '2025-12-30T08:00:00Z', 'UTC', '2026-01-01T10:00:00Z', 'December thirtieth two thousand twenty five at eight A M.'],
    ['yesterday over the end of summer time, 25 hours ago', '2026-10-24T22:30:00Z', 'Europe/Berlin', '2026-10-25T23:30:00Z', 'Yesterday at twelve thirty A M.'],
    ['in a zone with a quarter', '2026-11-25T18:15:00Z', 'Asia/Kathmandu', '2026-11-25T19:00:00Z', 'Today at twelve A M.'],
    ['in no zone: UTC', '2026-11-25T09:00:00Z', 'Mars/Olympus', '2026-11-25T10:00:00Z', 'Today at nine A M.'],
  ])('%s', (_, then, zone, now, words) => {
    expect(aloud(speakTime(at(then), zone, at(now)))).toBe(words);
  });

  it('is said with prompts that exist, whenever it was', () => {
    const time = fc.date({ noInvalidDate: true, min: new Date('1971-01-01'), max: new Date('2999-01-01') }).map((date) => date.getTime());
    fc.assert(
      fc.property(time, time, fc.constantFrom('UTC', 'Pacific/Auckland', 'America/St_Johns'), (then, now, zone) => {
        expect(speakTime(then, zone, now).filter((name) => !Object.hasOwn(PROMPTS, name))).toEqual([]);
      }),
    );
  });
});
