import { expect, it } from 'vitest';
import { parseMac } from './mac.ts';

it.each(['805ec0d57d72', '805EC0D57D72', '80:5e:c0:d5:7d:72', '80-5E-C0-D5-7D-72', '80.5e.c0.d5.7d.72', '805e.c0d5.7d72', '805E-C0D5-7D72'])('%s is a MAC', (text) => {
  expect(parseMac(text)).toBe('805ec0d57d72');
});

it.each(['', '805ec0d57d7', '805ec0d57d722', '805ec0d57d7g', '80:5e:c0:d5:7d72', '80:5e-c0:d5:7d:72', ' 805ec0d57d72', '805ec0d57d72\n', '805e:c0d5:7d72', '８05ec0d57d72', ':'.repeat(17), 'f'.repeat(100_000)])('%j is none', (text) => {
  expect(parseMac(text)).toBeUndefined();
});
