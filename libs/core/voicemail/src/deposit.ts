import type { DialogueEvent, Effect, Said, Step } from './dialogue.ts';
import { type Handlers, stepOf } from './machine.ts';
import type { PromptName } from './prompts.ts';
import { ASKED_AT_MOST, ask, askAnew, isLongEnough, play, say, tell } from './says.ts';
import { speakNumber } from './speak.ts';

export interface DepositContext {
  /** number of the mailbox that is called */
  readonly mailbox: string;
}

/** shorts: how many recordings had nothing to keep */
interface Take {
  readonly shorts: number;
  readonly maxMs: number;
}

/** Over when `at` is ended, not before: after a hang-up there may be something to keep. */
export type DepositState =
  | { readonly at: 'start' }
  | { readonly at: 'opening'; readonly isAgain: boolean; readonly shorts: number }
  | ({ readonly at: 'greeting'; readonly isOwn: boolean } & Take)
  | ({ readonly at: 'tone' | 'recording' | 'telling-short' | 'telling-long' | 'listening' } & Take)
  | ({ readonly at: 'reviewing'; readonly asked: number } & Take)
  | { readonly at: 'keeping' }
  | { readonly at: 'leaving' }
  /** the caller has hung up; what is under way is waited for */
  | { readonly at: 'gone-opening' | 'gone-recording' | 'gone-keeping' }
  | { readonly at: 'ended' };

type To = Step<DepositState>;
type Recorded = Extract<DialogueEvent, { readonly kind: 'recorded' }>;

const SILENCE_MS = 10_000;

/** Before the first event, which is `start`. */
export const startDeposit = (): DepositState => ({ at: 'start' });

/** A caller leaves a message. */
export function depositStep(state: DepositState, event: DialogueEvent, context: DepositContext): To {
  return event.kind === 'hung-up' ? hungUp(state) : stepOf(HANDLERS, state, event, context);
}

const HANDLERS: Handlers<DepositState, DepositContext> = {
  start: { start: () => open({ isAgain: false, shorts: 0 }) },
  opening: {
    'deposit-open': ({ isAgain, shorts }, { hasGreeting, hasName, maxMs }, { mailbox }) =>
      isAgain ? tone({ shorts, maxMs }) : greet({ shorts, maxMs }, hasGreeting || hasName, greetingOf({ hasGreeting, hasName }, mailbox)),
    'deposit-refused': (_, { why }) => leave(REFUSED[why]),
  },
  greeting: {
    played: (state) => tone(state),
    // The own greeting is gone or damaged: the built-in one takes its place.
    'play-failed': (state, _, { mailbox }) => (state.isOwn ? greet(state, false, greetingOf({ hasGreeting: false, hasName: false }, mailbox)) : tone(state)),
  },
  tone: { played: (state) => record(state), 'play-failed': (state) => record(state) },
  recording: { recorded: (state, event) => recorded(state, event) },
  'telling-short': { played: ({ shorts }) => open({ isAgain: true, shorts }), 'play-failed': ({ shorts }) => open({ isAgain: true, shorts }) },
  'telling-long': { played: (state) => firstReview(state), 'play-failed': (state) => firstReview(state) },
  reviewing: {
    entered: (state, { digits }) => {
      if (digits === '1') return keep();
      if (digits === '2') return { state: { at: 'listening', ...takeOf(state) }, effects: [play([{ draft: true }])] };
      if (digits === '3') return open({ isAgain: true, shorts: state.shorts }, [{ do: 'drop-recording' }]);
      // Whoever says nothing any more has said what there was to say.
      if (state.asked >= ASKED_AT_MOST) return keep();
      return review(state, digits === '' ? [] : say('not-a-choice'), state.asked + 1);
    },
  },
  listening: { played: (state) => review(state, []), 'play-failed': (state) => review(state, say('not-possible')) },
  keeping: { kept: () => leave(['message-kept']), 'keep-failed': () => leave(['message-not-kept']) },
  leaving: { played: () => end({ do: 'hang-up' }), 'play-failed': () => end({ do: 'hang-up' }) },
  'gone-opening': { 'deposit-open': () => end({ do: 'drop-recording' }), 'deposit-refused': () => end() },
  'gone-recording': { recorded: (_, event) => keepOrDrop(event) },
  'gone-keeping': { kept: () => end(), 'keep-failed': () => end() },
  ended: {},
};

/** At any moment. What is there is kept, when it is long enough; nothing is said any more. */
function hungUp(state: DepositState): To {
  switch (state.at) {
    case 'opening':
    case 'recording':
    case 'keeping':
      return { state: { at: `gone-${state.at}` }, effects: [] };
    case 'greeting':
    case 'tone':
      return end({ do: 'drop-recording' });
    case 'telling-long':
    case 'reviewing':
    case 'listening':
      return { state: { at: 'gone-keeping' }, effects: [{ do: 'keep-message' }] };
    case 'gone-opening':
    case 'gone-recording':
    case 'gone-keeping':
    case 'ended':
      return { state, effects: [] };
    default:
      return end();
  }
}

/** Each recording is a deposit of its own: the one before was dropped. */
const open = (opening: { readonly isAgain: boolean; readonly shorts: number }, first: readonly Effect[] = []): To => ({ state: { at: 'opening', ...opening }, effects: [...first, { do: 'open-deposit' }] });

const REFUSED: Readonly<Record<'full' | 'no-mailbox' | 'no-storage', readonly PromptName[]>> = { full: ['mailbox-full'], 'no-mailbox': ['no-mailbox'], 'no-storage': ['no-storage'] };

const greet = (take: Take, isOwn: boolean, said: readonly Said[]): To => ({ state: { at: 'greeting', isOwn, ...takeOf(take) }, effects: [play(said)] });

/** The own greeting, else the own name in the built-in text, else the number in it. */
function greetingOf(has: { readonly hasGreeting: boolean; readonly hasName: boolean }, mailbox: string): readonly Said[] {
  if (has.hasGreeting) return [{ greeting: 'greeting', mailbox }];
  const who: readonly Said[] = has.hasName ? [{ greeting: 'name', mailbox }] : say('mailbox-of', ...speakNumber(mailbox));
  return [...who, ...say('not-available', 'leave-a-message')];
}

/** Nothing skips the tone: the caller must know when to speak. */
const tone = (take: Take): To => ({ state: { at: 'tone', ...takeOf(take) }, effects: [tell(say('tone'))] });

const record = (take: Take): To => ({ state: { at: 'recording', ...takeOf(take) }, effects: [{ do: 'record', into: 'message', maxMs: take.maxMs, silenceMs: SILENCE_MS }] });

function recorded(take: Take, event: Recorded): To {
  if (event.endedBy === 'stopped') return keepOrDrop(event);
  if (!isLongEnough(event)) return tooShort(take);
  if (event.endedBy === 'max') return { state: { at: 'telling-long', ...takeOf(take) }, effects: [tell(say('message-too-long'))] };
  return firstReview(take);
}

/** Told, and once more asked to speak. */
function tooShort(take: Take): To {
  const drop: Effect = { do: 'drop-recording' };
  if (take.shorts > 0) return leave(['nothing-recorded'], [drop]);
  return { state: { at: 'telling-short', ...takeOf(take), shorts: 1 }, effects: [drop, tell(say('nothing-recorded', 'record-again'))] };
}

/** The key that ended the recording answers nothing. */
const firstReview = (take: Take): To => ({ state: { at: 'reviewing', asked: 1, ...takeOf(take) }, effects: [askAnew(say('review-message'))] });

const review = (take: Take, first: readonly Said[], asked = 1): To => ({ state: { at: 'reviewing', asked, ...takeOf(take) }, effects: [ask([...first, ...say('review-message')])] });

const keep = (): To => ({ state: { at: 'keeping' }, effects: [{ do: 'keep-message' }] });

/** The caller has gone, with or without a word. */
const keepOrDrop = (event: Recorded): To => (isLongEnough(event) ? { state: { at: 'gone-keeping' }, effects: [{ do: 'keep-message' }] } : end({ do: 'drop-recording' }));

const leave = (names: readonly PromptName[], first: readonly Effect[] = []): To => ({ state: { at: 'leaving' }, effects: [...first, tell(say(...names, 'goodbye'))] });

const end = (...effects: readonly Effect[]): To => ({ state: { at: 'ended' }, effects });

const takeOf = ({ shorts, maxMs }: Take): Take => ({ shorts, maxMs });
