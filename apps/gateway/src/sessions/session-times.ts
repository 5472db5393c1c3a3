import type { StoredSession } from './sessions.store.ts';

export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 60 * 60_000;
/** Writing every use down would double the load for a minute's precision. */
export const TOUCH_AFTER_MS = 60_000;

/** When the session ends unless it is used again: half an hour after its last use, at the latest twelve hours after sign-in. */
export function endOf(session: Pick<StoredSession, 'createdAt' | 'lastSeen'>): number {
  return Math.min(Date.parse(session.lastSeen) + IDLE_MS, Date.parse(session.createdAt) + ABSOLUTE_MS);
}

export function secondsLeft(session: Pick<StoredSession, 'createdAt'>, now: number): number {
  return Math.max(1, Math.ceil((Date.parse(session.createdAt) + ABSOLUTE_MS - now) / 1000));
}
