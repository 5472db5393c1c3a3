import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedKeys } from './sorted-keys.ts';

const step = fc.record({ does: fc.constantFrom('add', 'delete', 'look'), key: fc.integer({ min: 0, max: 60 }).map((number) => String(number).padStart(2, '0')) });

describe('sorted keys', () => {
  it('are those of a plain set in order, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.nat(70), (steps, from) => {
        const keys = new SortedKeys();
        const model = new Set<string>();
        for (const { does, key } of steps) {
          if (does === 'look') keys.after(key, 3);
          else keys[does as 'add' | 'delete'](key);
          if (does === 'add') model.add(key);
          if (does === 'delete') model.delete(key);
        }
        const all = [...model].sort();
        const after = String(from).padStart(2, '0');
        expect(keys.after('', 100)).toEqual(all);
        expect(keys.after(after, 4)).toEqual(all.filter((key) => key > after).slice(0, 4));
        expect(keys.size).toBe(all.length);
      }),
    );
  });

  it('page through 100,000 in a moment', () => {
    const keys = new SortedKeys();
    for (let number = 0; number < 100_000; number += 1) keys.add(((number * 7919) % 100_000).toString(16).padStart(12, '0'));
    let seen = 0;
    for (let page = keys.after('', 200); page.length > 0; page = keys.after(page.at(-1) ?? '', 200)) seen += page.length;
    expect(seen).toBe(100_000);
  });
});
