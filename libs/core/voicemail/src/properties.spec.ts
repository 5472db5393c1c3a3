import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depositStep, startDeposit } from './deposit.ts';
import { ALL_EVENTS, aBox, aMessage, answers, effectWords, eventOf, NOW } from './dialogue-builders.ts';
import type { DialogueEvent, Effect, Said, Step } from './dialogue.ts';
import type { MenuState } from './menu-state.ts';
import { menuStep, startMenu } from './menu.ts';
import { PROMPTS } from './prompts.ts';

interface AnyState {
  readonly at: string;
}
interface Machine {
  readonly start: AnyState;
  readonly step: (state: AnyState, event: DialogueEvent) => Step<AnyState>;
}

const deposit: Machine = { start: startDeposit(), step: (state, event) => depositStep(state as ReturnType<typeof startDeposit>, event, { mailbox: '1002' }) };
const menu = (mailbox: string | undefined): Machine => ({ start: startMenu(), step: (state, event) => menuStep(state as MenuState, event, { mailbox, now: NOW }) });
const MACHINES: readonly (readonly [string, Machine])[] = [
  ['a deposit', deposit],
  ['the menu from an own phone', menu('1002')],
  ['the menu from a foreign phone', menu(undefined)],
];

const box = aBox([aMessage('m1'), aMessage('m2', { recordedAt: NOW - 86_400_000, fromNumber: '+4930*#' }), aMessage('m3', { state: 'old', fromNumber: '', recordedAt: NOW - 400 * 86_400_000, truncated: true })], { timeZone: 'Asia/Kathmandu' });

/** What a shell may answer to an effect; what leads further more often, or most walks would end at the PIN. */
function answersTo(effect: Effect | undefined): readonly DialogueEvent[] {
  const named = (...names: readonly string[]): readonly DialogueEvent[] => names.map(eventOf);
  const often = (events: readonly DialogueEvent[]): readonly DialogueEvent[] => Array<readonly DialogueEvent[]>(5).fill(events).flat();
  const starting = (prefix: string): readonly DialogueEvent[] => named(...Object.keys(ALL_EVENTS).filter((name) => name === prefix || name.startsWith(`${prefix},`) || name.startsWith(`${prefix} `)));
  switch (effect?.do) {
    case 'play':
      return named('played', 'played, a key after 2 s', 'played, a key after 3 s', 'play-failed');
    case 'collect':
      return effect.terminator === '#' ? [...named('entered 1002', 'entered nothing', 'entered *'), ...often(named('entered 482913'))] : [...starting('entered'), ...often(named('entered 1', 'entered 2', 'entered 7'))];
    case 'record':
      return starting('recorded').filter((event) => event.kind === 'recorded' && event.endedBy !== 'stopped');
    case 'open-deposit':
      return [...starting('deposit-open'), ...starting('deposit-refused')];
    case 'keep-message':
      return named('kept', 'keep-failed');
    case 'check-pin':
      return [...often(named('pin right', 'pin must-change')), ...starting('pin')];
    case 'change-pin':
      return [...often(named('pin-changed done')), ...starting('pin-changed')];
    case 'load-box':
      return [...often([{ kind: 'box', box }]), ...named('box, empty', 'box-failed')];
    case 'mark':
      return starting('marked');
    case 'keep-greeting':
      return starting('greeting-kept');
    default:
      return [];
  }
}

/** The caller says and presses nothing any more, and everything else works. */
function silentAnswer(effect: Effect | undefined): DialogueEvent {
  if (effect?.do === 'collect') return eventOf('entered nothing');
  if (effect?.do === 'record') return eventOf('recorded, no speech');
  const [answer] = answersTo(effect);
  if (!answer) throw new Error(`${effect?.do ?? 'nothing'} has no answer`);
  return answer;
}

const choices = fc.array(fc.nat(1000), { maxLength: 60, size: 'max' });

/** A call with a shell that keeps its promises: each choice picks one of the possible answers. */
function call({ start, step }: Machine, picks: readonly number[]): { readonly state: AnyState; readonly waitsFor: Effect | undefined; readonly effects: readonly Effect[] } {
  let { state, effects } = step(start, { kind: 'start' });
  const all = [...effects];
  for (const pick of picks) {
    const possible = answersTo(effects.at(-1));
    const event = possible[pick % Math.max(1, possible.length)];
    if (!event) break;
    ({ state, effects } = step(state, event));
    all.push(...effects);
  }
  return { state, waitsFor: effects.at(-1), effects: all };
}

const saidBy = (effect: Effect): readonly Said[] => ('said' in effect ? effect.said : []);

/** Where random calls must get to, so that the properties below say something. */
const FAR: Readonly<Record<string, readonly string[]>> = {
  'a deposit': ['telling-short', 'telling-long', 'reviewing', 'listening', 'keeping', 'ended'],
  'the menu from an own phone': ['repeating-pin', 'changing-pin', 'offering', 'keeping', 'listening', 'options', 'playing', 'noting-heard', 'marking', 'ended'],
  'the menu from a foreign phone': ['asking-number', 'changing-pin', 'offering', 'options', 'playing', 'marking', 'ended'],
};

describe.each(MACHINES)('%s', { timeout: 60_000 }, (name, machine) => {
  it('is walked to its far ends', () => {
    const ends = fc.sample(choices, { numRuns: 1000, seed: 4 }).map((picks) => call(machine, picks).state.at);
    expect(FAR[name]?.filter((place) => !ends.includes(place))).toEqual([]);
  });

  it('does at most one thing that is answered, as the last of a step, and says only what has audio, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(ALL_EVENTS)), { maxLength: 60, size: 'max' }), (events) => {
        let state = machine.start;
        for (const event of [{ kind: 'start' } as const, ...events]) {
          const next = machine.step(state, event);
          expect(next.effects.slice(0, -1).filter(answers)).toEqual([]);
          for (const said of next.effects.flatMap(saidBy)) if ('prompt' in said) expect(Object.hasOwn(PROMPTS, said.prompt), said.prompt).toBe(true);
          if (state.at === 'ended') expect(next).toEqual({ state, effects: [] });
          state = next.state;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('never waits for nothing: it has ended, or asked for what comes next', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const { state, waitsFor } = call(machine, picks);
        expect(state.at === 'ended' || (waitsFor !== undefined && answers(waitsFor)), state.at).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('comes to its end when the caller falls silent, wherever that is', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        let { state, waitsFor } = call(machine, picks);
        for (let left = 40; state.at !== 'ended'; left -= 1) {
          expect(left, state.at).toBeGreaterThan(0);
          const next = machine.step(state, silentAnswer(waitsFor));
          state = next.state;
          waitsFor = next.effects.at(-1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does nothing after a hang-up but keep, drop or mark, and ends with what was under way', () => {
    fc.assert(
      fc.property(choices, fc.nat(1000), fc.array(fc.constantFrom(...Object.values(ALL_EVENTS)), { maxLength: 20, size: 'max' }), (picks, pick, noise) => {
        const { state, waitsFor } = call(machine, picks);
        const hungUp = machine.step(state, { kind: 'hung-up' });
        const open = answersTo(hungUp.effects.at(-1) ?? waitsFor);
        const after = machine.step(hungUp.state, open[pick % Math.max(1, open.length)] ?? { kind: 'hung-up' });
        const last = answersTo(after.effects.at(-1))[0] ?? ({ kind: 'hung-up' } as const);
        const settled = machine.step(after.state, last);
        expect(settled.state.at).toBe('ended');
        for (const effect of [...hungUp.effects, ...after.effects, ...settled.effects]) expect(['keep-message', 'drop-recording', 'mark']).toContain(effect.do);
        // and whatever else comes in between
        let gone = hungUp.state;
        for (const event of noise) {
          const next = machine.step(gone, event);
          for (const effect of next.effects) expect(['keep-message', 'drop-recording', 'mark']).toContain(effect.do);
          gone = next.state;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a deposit', { timeout: 60_000 }, () => {
  it('keeps a recording once, and never one that is too short', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        let { state, effects } = deposit.step(deposit.start, { kind: 'start' });
        let keepable = false;
        let kept = 0;
        for (const pick of picks) {
          const possible = [...answersTo(effects.at(-1)), { kind: 'hung-up' } as const];
          const event = possible[pick % possible.length] ?? ({ kind: 'hung-up' } as const);
          if (event.kind === 'recorded') keepable = event.durationMs >= 1000 && event.speechMs > 0;
          ({ state, effects } = deposit.step(state, event));
          if (!effects.some((effect) => effect.do === 'keep-message')) continue;
          kept += 1;
          expect(keepable).toBe(true);
        }
        expect(kept).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the log-in', { timeout: 60_000 }, () => {
  const digits = fc.array(fc.constantFrom('1002', '1003', '482913', '000001', '', '*'), { maxLength: 12, size: 'max' });

  it.each(['1002', undefined])('tries three PINs a call at most, each with digits of its own (mailbox %s)', (mailbox) => {
    fc.assert(
      fc.property(digits, (entries) => {
        const machine = menu(mailbox);
        let { state, effects } = machine.step(machine.start, { kind: 'start' });
        let checks = 0;
        let fresh = true;
        for (const entry of entries) {
          const asked = effects.at(-1);
          if (asked?.do !== 'collect') break;
          fresh ||= asked.fresh;
          ({ state, effects } = machine.step(state, { kind: 'entered', digits: entry, end: 'terminator' }));
          if (effects.at(-1)?.do !== 'check-pin') continue;
          checks += 1;
          // between two checks something was thrown away
          expect(fresh).toBe(true);
          fresh = false;
          ({ state, effects } = machine.step(state, { kind: 'pin', result: 'wrong' }));
        }
        expect(checks).toBeLessThanOrEqual(3);
      }),
    );
  });

  it.each(['1002', undefined])('says the same to a wrong PIN, a locked mailbox and one that does not exist (mailbox %s)', (mailbox) => {
    const heard = (entries: readonly string[], result: 'wrong' | 'locked'): readonly string[] => {
      const machine = menu(mailbox);
      let { state, effects } = machine.step(machine.start, { kind: 'start' });
      return entries.flatMap((entry) => {
        ({ state, effects } = machine.step(state, { kind: 'entered', digits: entry, end: 'terminator' }));
        if (effects.at(-1)?.do === 'check-pin') ({ state, effects } = machine.step(state, { kind: 'pin', result }));
        return effects.map(effectWords);
      });
    };
    fc.assert(
      fc.property(digits, (entries) => {
        expect(heard(entries, 'locked')).toEqual(heard(entries, 'wrong'));
      }),
    );
  });
});
