import { expect, it } from 'vitest';
import { Arrivals, Once, eventually } from './waits.ts';

it('gives what has arrived to who asks later, and what comes to who waits', async () => {
  const arrivals = new Arrivals<number>();
  arrivals.push(1);
  const third = arrivals.next('a three', 1000, (each) => each === 3);
  arrivals.push(2);
  arrivals.push(3);
  expect([await arrivals.next('any'), await arrivals.next('any'), await third]).toEqual([1, 2, 3]);
  expect(arrivals.all).toEqual([1, 2, 3]);
});

it('says what did not happen and what did', async () => {
  const arrivals = new Arrivals<number>();
  arrivals.push(7);
  await expect(arrivals.next('an eight', 10, (each) => each === 8)).rejects.toThrow('an eight did not happen within 10 ms; seen: 7');
});

it('keeps the first settlement of what happens once', async () => {
  const once = new Once<string>('the end');
  const waiting = once.within(1000);
  once.settle('first');
  once.settle('second');
  expect([await waiting, await once.within(), await once.within()]).toEqual(['first', 'first', 'first']);
});

it('asks again until there is an answer, and a probe that throws has none', async () => {
  let asked = 0;
  const value = await eventually('a third try', () => {
    asked += 1;
    if (asked === 1) throw new Error('not yet');
    return asked === 3 ? asked : undefined;
  });
  expect(value).toBe(3);
  await expect(eventually('the impossible', () => undefined, 30)).rejects.toThrow('the impossible did not happen');
});
