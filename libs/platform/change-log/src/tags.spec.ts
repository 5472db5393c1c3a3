import { expect, test } from 'vitest';
import { eventId, fingerprintOf, idFromKey, tagFor } from './tags.ts';

const row = { kind: 'user', id: 'u' };

test('the same request derives the same tag, every other part another one', () => {
  expect(tagFor('t', 'k', row)).toBe(tagFor('t', 'k', row));
  const others = [tagFor('t2', 'k', row), tagFor('t', 'k2', row), tagFor('t', 'k', { ...row, id: 'v' }), tagFor('t', 'k', { ...row, kind: 'dn' }), idFromKey('t', 'user', 'k')];
  expect(new Set([tagFor('t', 'k', row), ...others]).size).toBe(6);
  expect(tagFor('t', 'k', row)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('parts do not run into each other', () => {
  expect(tagFor('ab', 'c', row)).not.toBe(tagFor('a', 'bc', row));
});

test('one intent that publishes two states gives two events', () => {
  expect(eventId('i', 'user', 'u', 'tag-1')).not.toBe(eventId('i', 'user', 'u', 'tag-2'));
});

test('the fingerprint sees content, not the order of keys', () => {
  const rows = (body: Record<string, unknown>) => [{ ...row, expect: 'any' as const, body }];
  expect(fingerprintOf(rows({ a: 1, b: { c: [1, 2], d: 2 } }))).toBe(fingerprintOf(rows({ b: { d: 2, c: [1, 2] }, a: 1 })));
  expect(fingerprintOf(rows({ a: [1, 2] }))).not.toBe(fingerprintOf(rows({ a: [2, 1] })));
});
