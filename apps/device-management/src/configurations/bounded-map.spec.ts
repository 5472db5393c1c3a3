import { expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

it('keeps the entries that were used last, and no more than it may', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect([map.size, map.get('a'), map.get('b'), map.get('c')]).toEqual([2, 1, undefined, 3]);
  map.set('c', 4);
  expect([map.size, map.get('c')]).toEqual([2, 4]);
  map.delete('c');
  expect([map.size, map.get('c')]).toEqual([1, undefined]);
});
