import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuestion } from './check-question.ts';
import { questionSchema } from './question.ts';

const text = fc.oneof(fc.constantFrom('1001', '', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(256), 'x'.repeat(257), '١', '\u007f', '~ '), fc.string({ unit: 'grapheme', maxLength: 70 }));
const odd = fc.oneof(fc.constant(undefined), fc.constant(null), fc.boolean(), fc.integer(), fc.constant({}), fc.constant([]), text);
const value = fc.record(
  {
    callId: fc.oneof(text, odd),
    from: fc.oneof(text, odd),
    to: fc.oneof(text, odd),
    origin: fc.oneof(fc.constantFrom('internal', 'external'), odd),
    diversions: fc.oneof(fc.array(fc.oneof(fc.constant('1002'), odd), { maxLength: 34 }), odd),
    target: fc.oneof(fc.record({ ready: odd, busy: odd }, { requiredKeys: [] }), odd),
    trace: odd,
    op: fc.oneof(fc.constantFrom('route', 'other'), odd),
    more: odd,
  },
  { requiredKeys: [] },
);
const good = fc.record({
  callId: fc.constant('c'),
  from: fc.constantFrom('', '1001'),
  to: fc.constant('1002'),
  origin: fc.constantFrom('internal', 'external'),
});

describe('the check of the hot path', () => {
  it('agrees with the published schema on anything', () => {
    fc.assert(
      fc.property(fc.oneof(value, odd, fc.tuple(good, value).map(([a, b]) => ({ ...b, ...a })), fc.tuple(good, fc.record({ target: fc.record({ ready: odd, busy: odd }, { requiredKeys: [] }), trace: odd, op: odd }, { requiredKeys: [] })).map(([a, b]) => ({ ...a, ...b }))), (candidate) => {
        expect(checkQuestion(candidate) === undefined).toBe(questionSchema.safeParse(candidate).success);
      }),
      { numRuns: 3_000 },
    );
  });
});
