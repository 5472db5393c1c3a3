import type { CallSettings, ForwardTarget } from '@sfs/call-settings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePlan } from './compile-plan.ts';
import { decideCall } from './decide-call.ts';
import { parsePattern } from './parse-pattern.ts';
import type { CallPlan, PlanStep } from './plan.ts';
import { BLOCK, EXTENSION, PSTN, aCall, aCompiledPlan, aDirectory, aPartition, aPlanSource, aUser, someSettings } from './plan-builders.ts';
import type { Partition, PlanSource } from './plan-source.ts';
import { MAX_STEPS } from './step-list.ts';

// Few digits, so that patterns meet and numbers match often.
const token = fc.constantFrom('1', '1', '2', '3', '*', 'X', 'Z', 'N', '[12]', '[1-3]', '[23]', '[2*]', '[0-9*#]');
const tail = fc.constantFrom('', '', '.', '!');

const pattern = fc.tuple(fc.array(token, { maxLength: 4 }), tail).map(([tokens, end]) => (tokens.length === 0 && end === '' ? 'X' : tokens.join('') + end));
const dialled = fc.array(fc.constantFrom('0', '1', '2', '3', '*'), { minLength: 1, maxLength: 5 }).map((digits) => digits.join(''));

const action = fc.constantFrom(EXTENSION, BLOCK, PSTN, { ...PSTN, trunks: ['pstn', 'backup'], stripDigits: 0, prefix: '9' });
const ids = ['a', 'b', 'c', 'd', 'e'];

const partitions: fc.Arbitrary<readonly Partition[]> = fc
  .uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 5 })
  .chain((some) => fc.tuple(...some.map((id) => fc.tuple(fc.array(pattern, { minLength: 1, maxLength: 4 }), action, fc.boolean()).map(([patterns, what, active]) => aPartition(id, patterns, what, active)))));

/** Every partition in the profile of everybody; no emergency numbers, which would refuse some plans. */
const planSource: fc.Arbitrary<PlanSource> = partitions.map((some) => ({
  tenant: 'default',
  switchId: 'site-a',
  sipDomain: 'site-a',
  partitions: some,
  callingProfiles: [{ id: 'staff', name: 'Staff', partitionIds: some.map(({ id }) => id) }],
  settings: someSettings({ inboundProfileId: 'staff', emergency: { numbers: [], trunk: '' } }),
}));

const target = (numbers: readonly string[]): fc.Arbitrary<ForwardTarget> =>
  fc.oneof({ weight: 1, arbitrary: fc.constantFrom<ForwardTarget>({ kind: 'off' }, { kind: 'voicemail' }) }, { weight: 3, arbitrary: fc.constantFrom(...numbers).map((number): ForwardTarget => ({ kind: 'number', number })) });

const callSettings = (numbers: readonly string[]): fc.Arbitrary<CallSettings> =>
  fc.record(
    { rejectOnNotReady: fc.boolean(), callWaiting: fc.boolean(), forwardAll: fc.oneof({ weight: 4, arbitrary: fc.constant<ForwardTarget>({ kind: 'off' }) }, { weight: 1, arbitrary: target(numbers) }), forwardOnNoAnswer: target(numbers), forwardOnBusy: target(numbers) },
    { requiredKeys: [] },
  );

const OPTIONS = { trace: true, revision: 'p1-d1' };
const nobody = aDirectory([]);

const winnerIn = (source: PlanSource, to: string): string => {
  const won = decideCall(aCompiledPlan(source), nobody, aCall(to), OPTIONS).trace?.candidates.find((candidate) => candidate.result === 'won');
  return won ? `${won.partitionId} ${won.pattern}` : 'none';
};

/** The definition once more, told another way: a regular expression and the widths read off the text. */
function naiveWinner(some: readonly Partition[], to: string): string {
  const widths: Record<string, number> = { X: 10, Z: 9, N: 8, '[12]': 2, '[1-3]': 3, '[23]': 2, '[2*]': 2, '[0-9*#]': 12 };
  const all = some
    .filter(({ active }) => active)
    .flatMap(({ id, patterns }) =>
      patterns.map((text) => {
        const tokens = text.match(/\[[^\]]*\]|[^[\]]/g) ?? [];
        const expression = tokens.map((token) => ({ X: '[0-9]', Z: '[1-9]', N: '[2-9]', '.': '[0-9*#+]+', '!': '[0-9*#+]*', '*': String.raw`\*` })[token] ?? token).join('');
        const fixed = tokens.filter((token) => token !== '.' && token !== '!').map((token) => widths[token] ?? 1);
        const key = [...fixed, ...Array<number>(to.length + 1).fill(99)].slice(0, to.length);
        return { id, text, takes: new RegExp(`^${expression}$`).test(to), key: [...key, text.endsWith('!') ? 2 : text.endsWith('.') ? 1 : 0] };
      }),
    )
    .filter(({ takes }) => takes);
  all.sort((a, b) => {
    const at = a.key.findIndex((width, place) => width !== b.key[place]);
    return at >= 0 ? (a.key[at] ?? 0) - (b.key[at] ?? 0) : a.id !== b.id ? (a.id < b.id ? -1 : 1) : a.text < b.text ? -1 : 1;
  });
  return all[0] ? `${all[0].id} ${all[0].text}` : 'none';
}

describe('matching', { timeout: 60_000 }, () => {
  it('compiled match = naive closest match', () => {
    fc.assert(
      fc.property(planSource, dialled, (source, to) => {
        expect(winnerIn(source, to)).toBe(naiveWinner(source.partitions, to));
      }),
      { numRuns: 800 },
    );
  });

  it('the order of partitions, patterns and profile entries changes nothing', () => {
    const shuffled = planSource.chain((source) =>
      fc.tuple(fc.constant(source), fc.shuffledSubarray([...source.partitions], { minLength: source.partitions.length })).map(([before, some]) => ({
        before,
        after: { ...before, partitions: some.map((one) => ({ ...one, patterns: [...one.patterns].reverse() })), callingProfiles: before.callingProfiles.map((profile) => ({ ...profile, partitionIds: some.map(({ id }) => id) })) },
      })),
    );
    fc.assert(
      fc.property(shuffled, dialled, ({ before, after }, to) => {
        expect(decideCall(aCompiledPlan(after), nobody, aCall(to), OPTIONS)).toEqual(decideCall(aCompiledPlan(before), nobody, aCall(to), OPTIONS));
      }),
    );
  });

  it('a rule that does not take the number changes no decision', () => {
    fc.assert(
      fc.property(planSource, pattern, dialled, (source, text, to) => {
        const extra = aPartition('0-first', [text], PSTN);
        fc.pre(naiveWinner([extra], to) === 'none');
        const more = { ...source, partitions: [extra, ...source.partitions], callingProfiles: source.callingProfiles.map((profile) => ({ ...profile, partitionIds: ['0-first', ...profile.partitionIds] })) };
        const options = { revision: 'p1-d1' };
        expect(decideCall(aCompiledPlan(more), nobody, aCall(to), options)).toEqual(decideCall(aCompiledPlan(source), nobody, aCall(to), options));
      }),
    );
  });

  it('a pattern is said to be never reached only when it wins for no number', () => {
    fc.assert(
      fc.property(planSource, fc.array(dialled, { minLength: 20, maxLength: 20 }), (source, numbers) => {
        const idle = new Set(aCompiledPlan(source).warnings.filter(({ code }) => code === 'plan/never-reached').map(({ partitionId, pattern: text }) => `${partitionId} ${text}`));
        expect(numbers.map((to) => winnerIn(source, to)).filter((winner) => idle.has(winner) && !isTwin(source, winner))).toEqual([]);
      }),
    );
  });
});

/** The same pattern twice in one partition: one of the two is idle, and they read alike. */
function isTwin({ partitions: some }: PlanSource, winner: string): boolean {
  const [id, text] = winner.split(' ');
  return (some.find((partition) => partition.id === id)?.patterns.filter((one) => one === text).length ?? 0) > 1;
}

const next = ({ busy, noAnswer, unreachable, reject }: PlanStep): readonly number[] => [busy, noAnswer, unreachable, reject].filter((place) => place !== undefined);

/** All ways through the steps, as the numbers rung. */
function ways({ steps }: CallPlan, from = 0): readonly (readonly string[])[] {
  const step = steps[from];
  if (!step) return [[]];
  const after = next(step);
  const rest = after.length === 0 ? [[]] : after.flatMap((place) => ways({ steps } as CallPlan, place));
  return rest.map((way) => [...step.ring, ...way]);
}

describe('forwarding', { timeout: 60_000 }, () => {
  const numbers = ['1000', '1001', '1002', '1003', '1004', '1005'];
  const VOICEMAIL = { targets: ['sip:192.0.2.20:5070', 'sip:192.0.2.21:5070'], accessNumber: '5555' };
  /** `9` before the number: a mailbox is recognised in a URI. */
  const users = (mailbox: (number: string) => fc.Arbitrary<string>) =>
    fc.tuple(...numbers.map((number) => fc.tuple(callSettings([...numbers, '0441', '5555']), mailbox(number)).map(([user, box]) => aUser(number, { user, mailbox: box })))).map(aDirectory);
  const everybody = users((number) => fc.constantFrom('', `9${number}`));
  const max = fc.integer({ min: 1, max: 20 });
  const state = fc.option(fc.record({ ready: fc.boolean(), busy: fc.boolean() }), { nil: undefined });

  it('never loops: steps point forward, all are reached, no way rings a number twice, no way forwards too often', () => {
    fc.assert(
      fc.property(everybody, fc.constantFrom(...numbers), max, state, (directory, to, maxForwards, target) => {
        const { plan } = decideCall(aCompiledPlan(aPlanSource({ settings: { maxForwards, voicemail: VOICEMAIL } })), directory, aCall(to, { target }), { revision: 'r' });
        const linked = plan.steps.flatMap((step, place) => next(step).map((after) => ({ place, after })));
        expect(plan.steps.length).toBeLessThanOrEqual(MAX_STEPS);
        expect(linked.filter(({ place, after }) => after <= place || after >= plan.steps.length)).toEqual([]);
        expect([...new Set([0, ...linked.map(({ after }) => after)])].length).toBe(Math.max(plan.steps.length, 1));
        expect(plan.steps.length === 0).toBe(plan.reject !== undefined);
        for (const way of ways(plan)) expect(new Set(way).size).toBe(way.length);
        // Voicemail is where forwarding ends: it is no further forward.
        const counters = plan.steps.filter(({ ring }) => !isDeposit(ring[0])).map(({ diversion }) => Number(/counter=(\d+)$/.exec(diversion ?? 'counter=0')?.[1]));
        expect(Math.max(0, ...counters)).toBeLessThanOrEqual(maxForwards);
      }),
      { numRuns: 400 },
    );
  });

  it('a message is taken once at the end of a way, in the mailbox of a number rung or forwarded on it, and nothing rings after it', () => {
    fc.assert(
      fc.property(everybody, fc.constantFrom(...numbers), state, (directory, to, target) => {
        const { plan } = decideCall(aCompiledPlan(aPlanSource({ settings: { voicemail: VOICEMAIL } })), directory, aCall(to, { target }), { revision: 'r' });
        for (const way of ways(plan)) {
          const boxes = way.filter(isDeposit).map((uri) => /sfs-mailbox=(\d+)/.exec(uri)?.[1]);
          expect(new Set(boxes).size).toBeLessThanOrEqual(1);
          expect(way.slice(way.length - boxes.length).every(isDeposit)).toBe(true);
          // who was called has a mailbox: then it is this one, whoever else was rung
          const own = directory.find(to)?.mailbox ?? '';
          if (own !== '') expect(boxes.filter((box) => box !== own)).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a switch with voicemail decides as ever while nobody has a mailbox', () => {
    const withoutBoxes = users(() => fc.constant(''));
    fc.assert(
      fc.property(withoutBoxes, fc.constantFrom(...numbers), state, (directory, to, target) => {
        const answers = [VOICEMAIL, { ...VOICEMAIL, targets: [] }].map((voicemail) => decideCall(aCompiledPlan(aPlanSource({ settings: { voicemail: { ...voicemail, accessNumber: '' } } })), directory, aCall(to, { target }), OPTIONS));
        expect(answers[0]).toEqual(answers[1]);
      }),
    );
  });
});

const isDeposit = (uri = ''): boolean => uri.startsWith('sip:deposit@');

describe('hostile input', { timeout: 60_000 }, () => {
  const emergency = fc.uniqueArray(fc.constantFrom('1', '11', '112', '123', '2*3', '*1', '911'), { minLength: 1, maxLength: 4 });
  const hostile = fc.record({ partitions, numbers: emergency, active: fc.boolean(), profile: fc.constantFrom('staff', '', 'gone'), own: fc.constantFrom('', 'staff', 'gone') });

  it('an emergency number always goes out by the emergency trunk', () => {
    fc.assert(
      fc.property(hostile, fc.nat(3), fc.constantFrom('internal', 'external' as const), callSettings(['1001', '112']), (plan, pick, origin, user) => {
        const { numbers } = plan;
        const compiled = compilePlan({
          tenant: 'default',
          switchId: 'site-a',
          sipDomain: 'site-a',
          partitions: plan.partitions,
          callingProfiles: [{ id: 'staff', name: 'Staff', partitionIds: plan.partitions.map(({ id }) => id) }],
          settings: someSettings({ active: plan.active, defaultProfileId: plan.profile, inboundProfileId: plan.profile, emergency: { numbers, trunk: 'sos' }, voicemail: { targets: ['sip:192.0.2.20:5070'], accessNumber: '77' } }),
        });
        fc.pre(compiled.ok);
        if (!compiled.ok) return;
        const to = numbers[pick % numbers.length] ?? '';
        const directory = aDirectory(['1001', to].map((number) => aUser(number, { callingProfileId: plan.own, mailbox: number, user })));
        const decided = decideCall(compiled.value, directory, aCall(to, { origin, diversions: [to, '1', '2', '3', '4', '5', '6'], target: { ready: false, busy: true } }), OPTIONS);
        expect(decided).toMatchObject({ outcome: 'emergency', plan: { emergency: true, steps: [{ ring: [`sip:${to}@192.0.2.112`], timeout: 180 }] } });
        expect(decided.plan).not.toHaveProperty('reject');
        expect(decided.plan).not.toHaveProperty('useOwnPlan');
      }),
      { numRuns: 300 },
    );
  });

  it('a plan of nothing but an emergency number is refused with the partition and the pattern', () => {
    fc.assert(
      fc.property(emergency, fc.nat(3), (numbers, pick) => {
        const text = numbers[pick % numbers.length] ?? '';
        const compiled = compilePlan(aPlanSource({ partitions: [aPartition('a', [text])], settings: { emergency: { numbers, trunk: 'sos' } } }));
        expect(compiled).toMatchObject({ ok: false, error: expect.arrayContaining([expect.objectContaining({ code: 'plan/emergency-shadowed', partitionId: 'a', pattern: text })]) });
      }),
    );
  });

  it('no text makes a pattern or a call throw', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), fc.string({ unit: fc.constantFrom('[', ']', '-', '1', 'X', '.', '!', '+', ' ', '٣') }));
    const plan = aCompiledPlan();
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 3 }), (to, from, diversions) => {
        const parsed = parsePattern(to);
        if (!parsed.ok) expect(parsed.error.position).toBeLessThanOrEqual(to.length);
        expect(decideCall(plan, nobody, aCall(to, { from, diversions }), OPTIONS).summary).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
