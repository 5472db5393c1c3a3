import { expect, it } from 'vitest';
import { takeDigits } from './typed-digits.ts';

it.each([
  ['', 4, '#', undefined],
  ['12', 4, '#', undefined],
  ['12#', 4, '#', { digits: '12', end: 'terminator', rest: '' }],
  ['#', 4, '#', { digits: '', end: 'terminator', rest: '' }],
  ['1234', 4, '#', { digits: '1234', end: 'full', rest: '' }],
  ['1234#7', 4, '#', { digits: '1234', end: 'full', rest: '#7' }],
  ['12#1', 4, '#', { digits: '12', end: 'terminator', rest: '1' }],
  ['#', 1, '', { digits: '#', end: 'full', rest: '' }],
  ['17', 1, '', { digits: '1', end: 'full', rest: '7' }],
] as const)('of %j, at most %i ended by %j, takes %j', (typed, max, terminator, taken) => {
  expect(takeDigits(typed, { max, terminator })).toEqual(taken);
});
