import type { BoxContents, BoxMessage, DialogueEvent, Effect, Said, Step } from './dialogue.ts';

// For specs: events and effects as one line of text each, so that tables and walks through a dialogue can be read.

/** Wednesday, 25 November 2026, 09:30 UTC */
export const NOW = Date.UTC(2026, 10, 25, 9, 30);

export const aMessage = (id: string, change: Partial<BoxMessage> = {}): BoxMessage => ({ id, state: 'new', recordedAt: NOW - 3_600_000, durationMs: 9000, fromNumber: '1001', truncated: false, ...change });

export const aBox = (messages: readonly BoxMessage[], change: Partial<BoxContents> = {}): BoxContents => ({ messages, timeZone: 'UTC', hasGreeting: false, hasName: false, ...change });

const recorded = (endedBy: 'digit' | 'silence' | 'max' | 'stopped', durationMs = 9000, speechMs = 6000): DialogueEvent => ({ kind: 'recorded', durationMs, speechMs, endedBy });
const opened = (hasGreeting: boolean, hasName: boolean): DialogueEvent => ({ kind: 'deposit-open', hasGreeting, hasName, maxMs: 180_000 });

/** Every event that makes a difference, by name; `entered KEYS` is made by eventOf. */
export const EVENTS = {
  start: { start: { kind: 'start' } },
  played: { played: { kind: 'played', playedMs: 5000, interrupted: false }, 'played, a key after 2 s': { kind: 'played', playedMs: 2000, interrupted: true }, 'played, a key after 3 s': { kind: 'played', playedMs: 3000, interrupted: true } },
  'play-failed': { 'play-failed': { kind: 'play-failed' } },
  entered: Object.fromEntries(['', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', '482913'].map((digits) => [`entered ${digits || 'nothing'}`, entered(digits)])),
  recorded: {
    'recorded, key': recorded('digit'),
    'recorded, silence': recorded('silence'),
    'recorded, limit': recorded('max'),
    'recorded, hung up': recorded('stopped'),
    'recorded, key at once': recorded('digit', 999, 999),
    'recorded, no speech': recorded('silence', 10_000, 0),
    'recorded, hung up at once': recorded('stopped', 400, 400),
  },
  'deposit-open': { 'deposit-open': opened(false, false), 'deposit-open, greeting': opened(true, true), 'deposit-open, name': opened(false, true) },
  'deposit-refused': {
    'deposit-refused, full': { kind: 'deposit-refused', why: 'full' },
    'deposit-refused, no-mailbox': { kind: 'deposit-refused', why: 'no-mailbox' },
    'deposit-refused, no-storage': { kind: 'deposit-refused', why: 'no-storage' },
  },
  kept: { kept: { kind: 'kept' } },
  'keep-failed': { 'keep-failed': { kind: 'keep-failed' } },
  pin: Object.fromEntries((['right', 'must-change', 'wrong', 'locked', 'unavailable'] as const).map((result) => [`pin ${result}`, { kind: 'pin', result }])),
  'pin-changed': Object.fromEntries((['done', 'too-short', 'too-easy', 'used-before', 'unavailable'] as const).map((result) => [`pin-changed ${result}`, { kind: 'pin-changed', result }])),
  box: { box: { kind: 'box', box: aBox([aMessage('m1'), aMessage('m2', { state: 'old' })]) }, 'box, empty': { kind: 'box', box: aBox([]) }, 'box, all recorded': { kind: 'box', box: aBox([aMessage('m1')], { hasGreeting: true, hasName: true }) } },
  'box-failed': { 'box-failed': { kind: 'box-failed' } },
  marked: { marked: { kind: 'marked', ok: true }, 'marked, failed': { kind: 'marked', ok: false } },
  'greeting-kept': { 'greeting-kept': { kind: 'greeting-kept', ok: true }, 'greeting-kept, failed': { kind: 'greeting-kept', ok: false } },
  'hung-up': { 'hung-up': { kind: 'hung-up' } },
} satisfies { readonly [K in DialogueEvent['kind']]: Readonly<Record<string, DialogueEvent>> };

export const ALL_EVENTS: Readonly<Record<string, DialogueEvent>> = Object.assign({}, ...Object.values(EVENTS)) as Record<string, DialogueEvent>;

export function eventOf(name: string): DialogueEvent {
  const event = ALL_EVENTS[name] ?? (name.startsWith('entered ') ? entered(name.slice('entered '.length)) : undefined);
  if (!event) throw new Error(`no event is called ${name}`);
  return event;
}

function entered(digits: string): DialogueEvent {
  return { kind: 'entered', digits, end: digits === '' ? 'timeout' : 'full' };
}

/** `STATE: effect; effect` */
export const wordsOf = ({ state, effects }: Step<{ readonly at: string }>): string => [state.at, effects.map(effectWords).join('; ')].filter((part) => part !== '').join(': ');

export function effectWords(effect: Effect): string {
  switch (effect.do) {
    case 'play':
      return `${effect.bargeIn ? 'say' : 'tell'} ${saidWords(effect.said)}`;
    case 'collect':
      return `ask ${saidWords(effect.said)}${effect.terminator === '#' ? ' #' : ''}${effect.fresh ? ' (fresh)' : ''}`;
    case 'record':
      return `record ${effect.into} ${effect.maxMs / 1000} s, silence ${effect.silenceMs / 1000} s`;
    case 'check-pin':
      return `check-pin ${effect.mailbox} ${effect.pin}`;
    case 'change-pin':
      return `change-pin ${effect.pin}`;
    case 'mark':
      return `mark ${effect.message} ${effect.step}`;
    case 'keep-greeting':
      return `keep-greeting ${effect.kind}`;
    default:
      return effect.do;
  }
}

const saidWords = (said: readonly Said[]): string => said.map(saidWord).join(' ');

function saidWord(said: Said): string {
  if ('prompt' in said) return said.prompt;
  if ('greeting' in said) return `<${said.greeting} of ${said.mailbox}>`;
  if ('message' in said) return `<message ${said.message}>`;
  return 'draft' in said ? '<draft>' : `<${said.silenceMs} ms>`;
}

/** Effects that answer with an event. */
export const answers = (effect: Effect): boolean => effect.do !== 'drop-recording' && effect.do !== 'hang-up';
