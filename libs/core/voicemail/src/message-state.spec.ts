import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageFact, countMessages, messageState, standingDeletions } from './message-state.ts';

const fact = (id: string, step: 'deposited' | 'heard' | 'saved' | 'deleted'): MessageFact => ({ id, step });
const restored = (id: string, ...undoes: readonly string[]): MessageFact => ({ id, step: 'restored', undoes });
const DEPOSITED = fact('0', 'deposited');

describe('a message', () => {
  const cases: readonly (readonly [string, readonly MessageFact[], string | undefined])[] = [
    ['is not there before it is deposited', [fact('1', 'heard'), fact('2', 'deleted')], undefined],
    ['is not there without facts', [], undefined],
    ['is new', [DEPOSITED], 'new'],
    ['is old once heard', [DEPOSITED, fact('1', 'heard')], 'old'],
    ['is old once saved', [DEPOSITED, fact('1', 'saved')], 'old'],
    ['is deleted, heard or not', [DEPOSITED, fact('1', 'heard'), fact('2', 'deleted')], 'deleted'],
    ['stays deleted when it is heard at another site afterwards', [DEPOSITED, fact('2', 'deleted'), fact('3', 'heard')], 'deleted'],
    ['is new again when an unheard one is restored', [DEPOSITED, fact('2', 'deleted'), restored('3', '2')], 'new'],
    ['is old again when a heard one is restored', [DEPOSITED, fact('1', 'heard'), fact('2', 'deleted'), restored('3', '2')], 'old'],
    ['stays deleted when only one of two deletions is undone', [DEPOSITED, fact('2', 'deleted'), fact('4', 'deleted'), restored('3', '2')], 'deleted'],
    ['is back when both are undone', [DEPOSITED, fact('2', 'deleted'), fact('4', 'deleted'), restored('3', '2', '4')], 'new'],
    ['is deleted again after a restore', [DEPOSITED, fact('2', 'deleted'), restored('3', '2'), fact('5', 'deleted')], 'deleted'],
    ['is untouched by a restore of nothing', [DEPOSITED, restored('3')], 'new'],
  ];
  it.each(cases)('%s', (_, facts, state) => {
    expect(messageState(facts)).toBe(state);
  });
});

const ids = ['1', '2', '3', '4', '5'];
// As in the table a fact's id names its content, so facts that came twice are equal.
const facts: fc.Arbitrary<readonly MessageFact[]> = fc
  .tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 5 }))
  .chain(([isDeposited, some]) =>
    fc
      .tuple(...some.map((id) => fc.oneof(fc.constantFrom('heard' as const, 'saved' as const, 'deleted' as const).map((step) => fact(id, step)), fc.subarray(ids).map((undoes) => restored(id, ...undoes)))))
      .map((rest) => (isDeposited ? [DEPOSITED, ...rest] : rest)),
  );

describe('facts', () => {
  it('mean the same in any order, and twice the same as once', () => {
    const shuffled = facts.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 })));
    fc.assert(
      fc.property(shuffled, ([some, mixed]) => {
        expect(messageState(mixed)).toBe(messageState(some));
        expect([...standingDeletions(mixed)].sort()).toEqual([...standingDeletions(some)].sort());
      }),
    );
  });

  it('make a message deleted when, and only when, a deletion stands', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const state = messageState([DEPOSITED, ...some]);
        expect(state === 'deleted').toBe(standingDeletions(some).length > 0);
      }),
    );
  });

  it('are undone by a restore that names what stands, and by no delete that comes later', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const back = [DEPOSITED, ...some, restored('9', ...standingDeletions(some))];
        expect(messageState(back)).not.toBe('deleted');
        expect(messageState([...back, fact('10', 'deleted')])).toBe('deleted');
      }),
    );
  });

  it('count each message once', () => {
    fc.assert(
      fc.property(fc.array(facts), (messages) => {
        const counts = countMessages(messages);
        expect(counts.new + counts.old + counts.deleted).toBe(messages.filter((some) => messageState(some) !== undefined).length);
      }),
    );
    expect(countMessages([[DEPOSITED], [DEPOSITED, fact('1', 'heard')], [DEPOSITED, fact('1', 'deleted')], [fact('1', 'heard')]])).toEqual({ new: 1, old: 1, deleted: 1 });
  });
});
