import { expect, test } from 'vitest';
import { microTimeAfter } from './micro-time.ts';

const noon = Date.parse('2026-01-01T12:00:00.123Z');

test('gives the clock with microseconds', () => {
  expect(microTimeAfter(noon, '')).toBe('2026-01-01T12:00:00.123000Z');
});

test('rises above the time before although the clock stands or goes back', () => {
  expect(microTimeAfter(noon, '2026-01-01T12:00:00.123000Z')).toBe('2026-01-01T12:00:00.123001Z');
  expect(microTimeAfter(noon - 5_000, '2026-01-01T12:00:00.123999Z')).toBe('2026-01-01T12:00:00.124000Z');
});
