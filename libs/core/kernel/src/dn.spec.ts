import { expect, it } from 'vitest';
import { parseDn, stripSeparators } from './dn.ts';
import { parseName } from './names.ts';

it.each(['0', '1001', '*21#', '+493012345', '1'.repeat(32)])('%s is a number', (text) => {
  expect(parseDn(text)).toEqual({ ok: true, value: text });
});

it.each(['', '+', '1+2', ' 1001', '1001\n', 'alice', '１００１', '١٠٠١', '1'.repeat(33), '1'.repeat(10_000)])('%j is no number', (text) => {
  expect(parseDn(text).ok).toBe(false);
});

it('takes out visual separators, nothing else', () => {
  expect(stripSeparators('+44 (0) 16.32-96\t0')).toBe('+4401632' + '96\t0');
});

it.each(['site-a', 'a', 'a1', 'a'.repeat(63)])('%s is a name', (text) => {
  expect(parseName(text)).toEqual({ ok: true, value: text });
});

it.each(['', '1a', '-a', 'A', 'a_b', 'a b', 'a'.repeat(64), 'site-a\n', 'ä'])('%j is no name', (text) => {
  expect(parseName(text).ok).toBe(false);
});
