import { describe, expect, test } from 'vitest';
import { violations } from './check.ts';
import { FAULTS } from './world.ts';

const SEEDS = 200;
/** a second or two on a quiet machine */
const LIMIT_MS = 60_000;
const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);

describe('the change log of two sites with kills, stalls, skewed clocks, late and lost rows, unknown outcomes and Kafka away', () => {
  test('brings every committed change to every consumer, publishes nothing else, loses no loser, halves no operation', () => {
    const broken = seeds.flatMap((seed) => violations(seed).map((what) => `seed ${seed}: ${what}`));
    expect(broken).toEqual([]);
  }, LIMIT_MS);

  test.each(FAULTS)('would not hold with the error "%s": the check finds it', (fault) => {
    expect(seeds.some((seed) => violations(seed, fault).length > 0)).toBe(true);
  }, LIMIT_MS);
});
