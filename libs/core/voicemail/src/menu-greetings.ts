import type { DialogueEvent } from './dialogue.ts';
import type { Handlers } from './machine.ts';
import { afterDraft, draftOf, end, toDraft, toDraftReview, toFirstDraftReview, toGoodbye, toOffers } from './menu-places.ts';
import type { Draft, MenuContext, MenuState, MenuStep } from './menu-state.ts';
import { ASKED_AT_MOST, isLongEnough, play, say } from './says.ts';

type Recorded = Extract<DialogueEvent, { readonly kind: 'recorded' }>;
type Places = 'offering' | 'announcing' | 'recording' | 'reviewing' | 'listening' | 'keeping';

const LIMITS = { name: { maxMs: 10_000, silenceMs: 3000 }, greeting: { maxMs: 120_000, silenceMs: 5000 } } as const;
const TAKES = 3;

/** Recording the name or the greeting: nothing replaces the one before until it was listened to or at least confirmed. */
export const GREETINGS: Pick<Handlers<MenuState, MenuContext>, Places> = {
  offering: {
    entered: ({ session, kind }, { digits }) =>
      digits === '1' ? toDraft({ session, kind, from: 'offers', takes: 0 }, []) : toOffers(session, [], kind === 'name' ? ['greeting'] : []),
  },
  announcing: { played: (draft) => record(draft), 'play-failed': (draft) => record(draft) },
  recording: { recorded: (draft, event) => recorded(draft, event) },
  reviewing: {
    entered: (state, { digits }) => {
      const draft = draftOf(state);
      if (digits === '1') return { state: { at: 'keeping', ...draft }, effects: [{ do: 'keep-greeting', kind: draft.kind }] };
      if (digits === '2') return { state: { at: 'listening', ...draft }, effects: [play([{ draft: true }])] };
      if (digits === '3') return toDraft(draft, [], [{ do: 'drop-recording' }]);
      if (digits === '*') return dropped(afterDraft(draft, []));
      if (state.asked >= ASKED_AT_MOST) return toGoodbye([], [{ do: 'drop-recording' }]);
      return toDraftReview(draft, digits === '' ? [] : say('not-a-choice'), state.asked + 1);
    },
  },
  listening: { played: (draft) => toDraftReview(draft, [], 1), 'play-failed': (draft) => toDraftReview(draft, say('not-possible'), 1) },
  keeping: { 'greeting-kept': (draft, { ok }) => (ok ? afterDraft(withRecorded(draft), say('recording-kept')) : afterDraft(draft, say('not-possible'))) },
};

const record = (draft: Draft): MenuStep => ({
  state: { at: 'recording', ...draftOf(draft), takes: draft.takes + 1 },
  effects: [{ do: 'record', into: draft.kind, ...LIMITS[draft.kind] }],
});

function recorded(draft: Draft, event: Recorded): MenuStep {
  if (event.endedBy === 'stopped') return end({ do: 'drop-recording' });
  if (isLongEnough(event)) return toFirstDraftReview(draft);
  if (draft.takes >= TAKES) return dropped(afterDraft(draft, say('nothing-recorded')));
  return toDraft(draft, say('nothing-recorded'), [{ do: 'drop-recording' }]);
}

const dropped = ({ state, effects }: MenuStep): MenuStep => ({ state, effects: [{ do: 'drop-recording' }, ...effects] });

const withRecorded = (draft: Draft): Draft => ({ ...draft, session: { ...draft.session, ...(draft.kind === 'name' ? { hasName: true } : { hasGreeting: true }) } });
