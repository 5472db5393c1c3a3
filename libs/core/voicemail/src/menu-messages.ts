import type { Said } from './dialogue.ts';
import type { Handlers, StateAt } from './machine.ts';
import { toDraft, toGoodbye, toMain, toMainAgain, toMessage, toMessages, toNeighbour, toNewPin, toOptions, toPlaying, visitOf } from './menu-places.ts';
import type { HeldMessage, MenuContext, MenuState, MenuStep, Visit } from './menu-state.ts';
import { envelopeOf } from './menu-words.ts';
import { say } from './says.ts';

type Places = 'main' | 'options' | 'envelope' | 'playing' | 'noting-heard' | 'message' | 'marking';

const HEARD_MS = 3000;

/** The opened mailbox: main menu, options, and the messages one by one. */
export const MESSAGES: Pick<Handlers<MenuState, MenuContext>, Places> = {
  main: {
    entered: ({ session, asked }, { digits }, context) => {
      if (digits === '1') return toMessages(session, 'new', context);
      if (digits === '2') return toMessages(session, 'old', context);
      if (digits === '0') return toOptions(session, []);
      if (digits === '*') return toMainAgain(session, say('main-help'), 1);
      if (digits === '#') return toGoodbye([]);
      return toMainAgain(session, wrongKey(digits), asked + 1);
    },
  },
  options: {
    entered: ({ session, asked }, { digits }) => {
      if (digits === '1') return toDraft({ session, kind: 'greeting', from: 'options', takes: 0 }, []);
      if (digits === '2') return toDraft({ session, kind: 'name', from: 'options', takes: 0 }, []);
      if (digits === '3') return toNewPin({ because: 'wish', session }, []);
      if (digits === '*') return toMain(session, []);
      return toOptions(session, wrongKey(digits), asked + 1);
    },
  },
  envelope: {
    // A key ends the announcement and chooses at once; the message is not played against the owner's will.
    played: (visit, { interrupted }, context) => (interrupted ? toMessage(visit, []) : toPlaying(visit, context)),
    'play-failed': (visit, _, context) => toPlaying(visit, context),
  },
  playing: {
    played: (visit, { playedMs, interrupted }) => (isUnheard(visit.message) && (playedMs >= HEARD_MS || !interrupted) ? noteHeard(visit) : toMessage(visit, [])),
    'play-failed': (visit) => toMessage(visit, say('message-damaged')),
  },
  // Not said when it fails: it is offered as new once more, nothing is lost.
  'noting-heard': { marked: (visit, { ok }) => toMessage(ok ? changed(visit, { state: 'old' }) : visit, []) },
  message: {
    entered: (visit, { digits }, context) => {
      const { message } = visit;
      if (digits === '5') return toPlaying(visit, context);
      if (digits === '4') return toNeighbour(visit, -1, context);
      if (digits === '6') return toNeighbour(visit, 1, context);
      if (digits === '7') return mark(visit, message.deleted ? 'restored' : 'deleted');
      if (digits === '9' && !message.deleted) return mark(visit, 'saved');
      if (digits === '3') return toMessage(visit, envelopeOf(visit, context.now));
      if (digits === '*') return toMain(visit.session, []);
      return toMessage(visit, wrongKey(digits), visit.asked + 1);
    },
  },
  marking: {
    marked: (visit, { ok }) => {
      if (!ok) return toMessage(visit, say('not-possible'));
      if (visit.step === 'deleted') return toMessage(changed(visit, { deleted: true }), say('message-deleted'));
      if (visit.step === 'restored') return toMessage(changed(visit, { deleted: false }), say('message-restored'));
      return toMessage(changed(visit, { state: 'old' }), say('message-saved'));
    },
  },
};

/** Whether a caller who hangs up now, in the middle of a message, has heard it. */
export const isHeard = ({ message, since }: StateAt<MenuState, 'playing'>, now: number): boolean => isUnheard(message) && now - since >= HEARD_MS;

const isUnheard = ({ state, deleted }: HeldMessage): boolean => state === 'new' && !deleted;

const wrongKey = (digits: string): readonly Said[] => (digits === '' ? [] : say('not-a-choice'));

const noteHeard = (visit: Visit): MenuStep => ({ state: { at: 'noting-heard', ...visitOf(visit) }, effects: [{ do: 'mark', message: visit.message.id, step: 'heard' }] });

const mark = (visit: Visit, step: 'saved' | 'deleted' | 'restored'): MenuStep => ({ state: { at: 'marking', step, ...visitOf(visit) }, effects: [{ do: 'mark', message: visit.message.id, step }] });

function changed({ session, ids, message }: Visit, change: Partial<Pick<HeldMessage, 'state' | 'deleted'>>): Visit {
  const after = { ...message, ...change };
  return { session: { ...session, messages: session.messages.map((each) => (each.id === after.id ? after : each)) }, ids, message: after };
}
