import { describe, expect, it } from 'vitest';
import { compareFields, mergeFields, same } from './merge-fields.ts';

interface Thing {
  a?: number;
  b?: { kind: string; number?: string };
  c?: string[];
}
const KEYS = ['a', 'b', 'c'] as const;

describe('two versions field by field', () => {
  it('leaves out fields nobody touched and fields both changed alike', () => {
    expect(compareFields<Thing>(KEYS, { a: 1, c: ['x'] }, { a: 2, c: ['x'] }, { a: 2, c: ['x'] })).toEqual([]);
  });

  it('preselects the side that alone touched a field', () => {
    expect(compareFields<Thing>(KEYS, { a: 1, b: { kind: 'off' } }, { a: 2, b: { kind: 'off' } }, { a: 1, b: { kind: 'number', number: '7' } })).toEqual([
      { key: 'a', mineChanged: true, theirsChanged: false, choice: 'mine' },
      { key: 'b', mineChanged: false, theirsChanged: true, choice: 'theirs' },
    ]);
  });

  it('preselects nothing where both sides touched it', () => {
    expect(compareFields<Thing>(KEYS, { a: 1 }, { a: 2 }, { a: 3 })).toEqual([{ key: 'a', mineChanged: true, theirsChanged: true, choice: undefined }]);
  });

  it('sees a removed field as a change', () => {
    expect(compareFields<Thing>(KEYS, { a: 1 }, {}, { a: 1 })).toMatchObject([{ key: 'a', choice: 'mine' }]);
  });

  it('builds the result on what is saved', () => {
    expect(mergeFields<Thing>({ a: 2, c: ['mine'] }, { a: 3, b: { kind: 'off' }, c: ['theirs'] }, { a: 'mine', c: 'theirs' })).toEqual({ a: 2, b: { kind: 'off' }, c: ['theirs'] });
  });

  it('can take a field away again', () => {
    expect(same(mergeFields<Thing>({}, { a: 3 }, { a: 'mine' }), {})).toBe(true);
  });

  it('compares by content, not by the order of keys', () => {
    expect(same({ kind: 'number', number: '1' }, { number: '1', kind: 'number' })).toBe(true);
    expect(same(['1', '2'], ['2', '1'])).toBe(false);
  });
});
