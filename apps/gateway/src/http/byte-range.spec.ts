import { describe, expect, it } from 'vitest';
import { byteRangeOf } from './byte-range.ts';

const SIZE = 1000;
const WHOLE = 'whole';
const NOTHING = 'unsatisfiable';

/** Range -> what of 1,000 bytes is sent */
const TABLE: readonly (readonly [string | undefined, readonly [number, number] | string])[] = [
  [undefined, WHOLE],
  ['bytes=0-', [0, 999]],
  ['bytes=0-0', [0, 0]],
  ['bytes=999-', [999, 999]],
  ['bytes=10-19', [10, 19]],
  ['bytes=10-5000', [10, 999]],
  [`bytes=10-${'9'.repeat(400)}`, [10, 999]],
  ['bytes=-1', [999, 999]],
  ['bytes=-5000', [0, 999]],
  [`bytes=-${'9'.repeat(400)}`, [0, 999]],
  ['BYTES=0-9', [0, 9]],
  ['bytes= 0-9 ', [0, 9]],
  ['bytes=1000-', NOTHING],
  ['bytes=1000-2000', NOTHING],
  [`bytes=${'9'.repeat(400)}-`, NOTHING],
  ['bytes=-0', NOTHING],
  ['', WHOLE],
  ['bytes', WHOLE],
  ['bytes=', WHOLE],
  ['bytes=-', WHOLE],
  ['bytes=5-2', WHOLE],
  ['bytes=a-b', WHOLE],
  ['bytes=0x1-2', WHOLE],
  ['bytes=1.5-2', WHOLE],
  ['bytes=--1', WHOLE],
  ['bytes=0-1,5-6', WHOLE],
  ['bytes=0-1, bytes=5-6', WHOLE],
  ['seconds=0-1', WHOLE],
  ['bytes =0-1', WHOLE],
  ['bytes=١-٢', WHOLE],
];

describe('byteRangeOf', () => {
  it.each(TABLE)('takes %s for %s', (header, expected) => {
    const range = byteRangeOf(header, SIZE);
    expect(typeof range === 'string' ? range : [range.first, range.last]).toEqual(expected);
  });

  it('finds nothing in an empty recording', () => {
    expect(byteRangeOf('bytes=0-', 0)).toBe(NOTHING);
    expect(byteRangeOf('bytes=-5', 0)).toBe(NOTHING);
  });
});
