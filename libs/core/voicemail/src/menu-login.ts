import type { Handlers } from './machine.ts';
import { end, toGoodbye, toLoading, toMain, toNewPin, toNextRound, toNumber, toOffers, toOptions, toPin } from './menu-places.ts';
import type { MenuContext, MenuState, MenuStep, PinGoal, Session } from './menu-state.ts';
import type { BoxContents } from './dialogue.ts';
import type { PromptName } from './prompts.ts';
import { ASKED_AT_MOST, askNumber, say } from './says.ts';

type Places = 'start' | 'asking-number' | 'asking-pin' | 'checking-pin' | 'choosing-pin' | 'repeating-pin' | 'changing-pin' | 'loading' | 'leaving' | 'gone-marking' | 'ended';

/** What may be a mailbox at all; whether it is one is not said. */
const MAILBOX = /^[0-9]{1,16}$/;

/** From the first word to the opened mailbox, the change of the PIN, and the end. */
export const LOGIN: Pick<Handlers<MenuState, MenuContext>, Places> = {
  start: {
    start: (_, __, { mailbox }) => (mailbox === undefined ? toNumber({ round: 1, isNumberAsked: true }, []) : toPin({ round: 1, isNumberAsked: false, mailbox }, [])),
  },
  'asking-number': {
    entered: (login, { digits }) => {
      if (MAILBOX.test(digits)) return toPin({ ...login, mailbox: digits }, []);
      return toNextRound({ ...login, mailbox: '' }, digits === '' ? [] : ['not-right']);
    },
  },
  'asking-pin': {
    entered: ({ mailbox, round, isNumberAsked }, { digits }) =>
      digits === ''
        ? toNextRound({ mailbox, round, isNumberAsked }, [])
        : { state: { at: 'checking-pin', mailbox, round, isNumberAsked }, effects: [{ do: 'check-pin', mailbox, pin: digits }] },
  },
  'checking-pin': {
    pin: (login, { result }) => {
      if (result === 'right') return toLoading(login.mailbox, false);
      if (result === 'must-change') return toNewPin({ because: 'must', mailbox: login.mailbox }, say('must-change-pin'));
      if (result === 'unavailable') return toGoodbye(say('unavailable'));
      // Wrong, locked or no such mailbox: the same words, or they would tell which mailboxes exist.
      return toNextRound(login, ['not-right']);
    },
  },
  'choosing-pin': {
    entered: ({ goal, asked }, { digits }) => {
      if (goal.because === 'wish' && digits.includes('*')) return toOptions(goal.session, []);
      if (digits !== '') return { state: { at: 'repeating-pin', goal, pin: digits }, effects: [askNumber(say('repeat-pin'), false)] };
      return asked >= ASKED_AT_MOST ? toGoodbye([]) : toNewPin(goal, [], asked + 1);
    },
  },
  'repeating-pin': {
    entered: ({ goal, pin }, { digits }) => {
      if (goal.because === 'wish' && digits.includes('*')) return toOptions(goal.session, []);
      if (digits !== pin) return toNewPin(goal, say('pins-differ'));
      return { state: { at: 'changing-pin', goal }, effects: [{ do: 'change-pin', pin }] };
    },
  },
  'changing-pin': {
    'pin-changed': ({ goal }, { result }) => {
      if (result === 'done') return goal.because === 'must' ? toLoading(goal.mailbox, true) : toOptions(goal.session, say('pin-changed'));
      if (result === 'unavailable') return pinUnchanged(goal);
      return toNewPin(goal, say(PIN_REFUSED[result]));
    },
  },
  loading: {
    box: ({ mailbox, isFirstUse }, { box }) => (isFirstUse ? toOffers(sessionOf(mailbox, box), say('pin-changed'), ['name', 'greeting']) : toMain(sessionOf(mailbox, box), [])),
    'box-failed': () => toGoodbye(say('unavailable')),
  },
  leaving: { played: () => end({ do: 'hang-up' }), 'play-failed': () => end({ do: 'hang-up' }) },
  'gone-marking': { marked: () => end() },
  ended: {},
};

const PIN_REFUSED: Readonly<Record<'too-short' | 'too-easy' | 'used-before', PromptName>> = { 'too-short': 'pin-too-short', 'too-easy': 'pin-too-easy', 'used-before': 'pin-used-before' };

/** The old PIN holds. Whoever must change it does not come in with the old one. */
const pinUnchanged = (goal: PinGoal): MenuStep => (goal.because === 'must' ? toGoodbye(say('unavailable')) : toOptions(goal.session, say('not-possible')));

const sessionOf = (mailbox: string, { messages, timeZone, hasGreeting, hasName }: BoxContents): Session => ({
  mailbox,
  timeZone,
  hasGreeting,
  hasName,
  messages: messages.map((message) => ({ ...message, deleted: false })),
});
