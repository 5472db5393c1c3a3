import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCK, type PinAttempt, lockState } from './lock-state.ts';

/** One attempt a second. */
const attempts = (...kinds: readonly PinAttempt['kind'][]): readonly PinAttempt[] => kinds.map((kind, at) => ({ at: at * 1000, kind }));
const wrong = (count: number): readonly PinAttempt['kind'][] => Array<PinAttempt['kind']>(count).fill('wrong');

describe('a mailbox', () => {
  it.each([
    ['is open at first', attempts(), 4],
    ['has one attempt left after three failures', attempts(...wrong(3)), 1],
    ['starts anew after a success', attempts(...wrong(3), 'right'), 4],
    ['counts only what failed after it', attempts(...wrong(3), 'right', 'wrong'), 3],
    ['is opened by an unlock', attempts(...wrong(4), 'unlocked'), 4],
    ['is opened by a reset of the PIN', attempts(...wrong(4), 'reset'), 4],
  ] as const)('%s', (_, some, left) => {
    expect(lockState(some, 10_000)).toEqual({ locked: false, until: undefined, left });
  });

  it('is locked by the fourth failure for ten minutes from then', () => {
    const some = attempts(...wrong(4));
    expect(lockState(some, 3000)).toEqual({ locked: true, until: 603_000, left: 0 });
    expect(lockState(some, 602_999).locked).toBe(true);
    expect(lockState(some, 603_000)).toEqual({ locked: false, until: undefined, left: 4 });
  });

  it('takes an attempt whose answer is not known for a failure: parallel calls gain nothing', () => {
    expect(lockState(attempts('pending', 'pending', 'wrong', 'pending'), 5000).locked).toBe(true);
  });

  it('is not locked for longer by what is tried meanwhile', () => {
    expect(lockState([...attempts(...wrong(4)), { at: 300_000, kind: 'wrong' }], 602_999).until).toBe(603_000);
  });

  it('counts anew after a lock', () => {
    const later: readonly PinAttempt[] = [{ at: 603_000, kind: 'wrong' }, { at: 604_000, kind: 'wrong' }, { at: 605_000, kind: 'wrong' }];
    expect(lockState([...attempts(...wrong(4)), ...later], 606_000)).toEqual({ locked: false, until: undefined, left: 1 });
    expect(lockState([...attempts(...wrong(4)), ...later, { at: 606_000, kind: 'wrong' }], 607_000).until).toBe(1_206_000);
  });

  it('does not eat an unlock of the same millisecond', () => {
    expect(lockState([{ at: 3000, kind: 'unlocked' }, ...attempts(...wrong(4))], 4000)).toEqual({ locked: false, until: undefined, left: 4 });
  });
});

const some = fc.array(fc.record({ at: fc.nat(30).map((moment) => moment * 100_000), kind: fc.constantFrom('pending', 'wrong', 'wrong', 'right', 'unlocked', 'reset') }), { maxLength: 30 }) as fc.Arbitrary<PinAttempt[]>;

describe('attempts', () => {
  it('mean the same in any order', () => {
    const shuffled = some.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, fc.nat(4_000_000), ([list, mixed], now) => {
        expect(lockState(mixed, now)).toEqual(lockState(list, now));
      }),
    );
  });

  it('come in fours at most, with ten minutes in between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400_000), { maxLength: 60 }), (pauses) => {
        const tried: PinAttempt[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          if (!lockState(tried, now).locked) tried.push({ at: now, kind: 'wrong' });
        }
        for (let at = 3; at + 1 < tried.length; at += 4) expect((tried[at + 1]?.at ?? 0) - (tried[at]?.at ?? 0)).toBeGreaterThanOrEqual(LOCK.ms);
      }),
    );
  });
});
