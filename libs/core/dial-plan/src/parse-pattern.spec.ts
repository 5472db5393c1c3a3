import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mismatchAt } from './closest-match.ts';
import { parsePattern } from './parse-pattern.ts';

interface PatternCase {
  readonly pattern: string;
  readonly text?: string;
  readonly takes?: readonly string[];
  readonly leaves?: readonly string[];
  readonly error?: { readonly position: number; readonly message: string; readonly remedy?: string };
}

const cases = JSON.parse(readFileSync(new URL('../testdata/patterns.json', import.meta.url), 'utf8')) as readonly PatternCase[];

it.each(cases.filter((one) => one.error))('refuses $pattern: $error.message', ({ pattern, error }) => {
  expect(parsePattern(pattern)).toMatchObject({ ok: false, error });
});

it.each(cases.filter((one) => !one.error))('$pattern takes $takes and leaves $leaves', ({ pattern, text, takes = [], leaves = [] }) => {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(parsed.value.text).toBe(text ?? pattern);
  expect(takes.filter((digits) => mismatchAt(parsed.value, digits) >= 0)).toEqual([]);
  expect(leaves.filter((digits) => mismatchAt(parsed.value, digits) < 0)).toEqual([]);
});

it('refuses a text of ten thousand digits unread', () => {
  expect(parsePattern('1'.repeat(10_000))).toMatchObject({ ok: false, error: { message: 'The pattern is longer than 256 characters.' } });
});

it('names a remedy for every fault', () => {
  const remedies = cases.filter((one) => one.error).map(({ pattern }) => parsePattern(pattern));
  expect(remedies.filter((parsed) => parsed.ok || parsed.error.remedy === '')).toEqual([]);
});
