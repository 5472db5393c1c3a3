import { describe, expect, it } from 'vitest';
import { HeardCounter } from './heard-counter.ts';

function begun(lengthS: number): HeardCounter {
  const counter = new HeardCounter();
  counter.begin(lengthS);
  return counter;
}

describe('HeardCounter', () => {
  it('says once that three seconds were played', () => {
    const counter = begun(40);
    expect([1, 2, 2.9, 3, 4].map((position) => counter.at(position, 1))).toEqual([false, false, false, true, false]);
  });

  it('does not count what was skipped', () => {
    const counter = begun(40);
    counter.at(1, 1);
    counter.seek(30);
    expect([31, 31.9, 32].map((position) => counter.at(position, 1))).toEqual([false, false, true]);
  });

  it('does not count a leap nobody announced, or going back', () => {
    const counter = begun(40);
    expect([20, 5, 6, 7].map((position) => counter.at(position, 1))).toEqual([false, false, false, false]);
  });

  it('takes longer steps at a higher speed', () => {
    const counter = begun(40);
    expect([2, 4].map((position) => counter.at(position, 2))).toEqual([false, true]);
  });

  it('counts a short message at its end only', () => {
    const counter = begun(2);
    expect(counter.at(1, 1)).toBe(false);
    expect([counter.end(), counter.end()]).toEqual([true, false]);
    expect(begun(10).end()).toBe(false);
  });

  it('begins anew with the next message', () => {
    const counter = begun(2);
    counter.end();
    counter.begin(2);
    expect(counter.end()).toBe(true);
  });
});
