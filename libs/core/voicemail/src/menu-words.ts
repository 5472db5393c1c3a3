import type { Said } from './dialogue.ts';
import type { Session, Visit } from './menu-state.ts';
import { say } from './says.ts';
import { speakCount, speakNumber, speakTime } from './speak.ts';

/** "You have 2 new messages and 1 saved message." */
export function countsOf({ messages }: Session): readonly Said[] {
  const kept = messages.filter(({ deleted }) => !deleted);
  const fresh = kept.filter(({ state }) => state === 'new').length;
  const saved = kept.length - fresh;
  const words = [
    ...(fresh > 0 ? [say(...speakCount(fresh), fresh === 1 ? 'new-message' : 'new-messages')] : []),
    ...(saved > 0 ? [say(...speakCount(saved), saved === 1 ? 'saved-message' : 'saved-messages')] : []),
  ];
  return words.length === 0 ? say('no-messages') : [...say('you-have'), ...words.flatMap((each, at) => (at === 0 ? each : [...say('and'), ...each]))];
}

/** Which kind, when by the clocks of the mailbox's zone, and from whom. */
export function envelopeOf({ session, message }: Visit, now: number): readonly Said[] {
  const kind = message.deleted ? 'a-deleted-message' : message.state === 'new' ? 'a-new-message' : 'a-saved-message';
  const number = speakNumber(message.fromNumber);
  return say(kind, ...speakTime(message.recordedAt, session.timeZone, now), 'from', ...(number.length === 0 ? (['unknown-number'] as const) : number), ...(message.truncated ? (['cut-short'] as const) : []));
}
