import type { EnrolmentBody } from '../entities/bodies.ts';

export interface StoredWindow {
  readonly body: EnrolmentBody;
  /** ISO time of its last change */
  readonly changedAt: string;
}

/** Longer than any phone takes to fetch its file. */
const TAKEN_MS = 60_000;

/** Whether somebody may take it now. A window that was taken and of which nothing more was heard is open again: the replica died, or lost its store. */
export function isOpen({ body, changedAt }: StoredWindow, now: number): boolean {
  if (Date.parse(body.openUntil) <= now) return false;
  return body.state === 'open' || (body.state === 'taken' && now - Date.parse(changedAt) > TAKEN_MS);
}

export function admits(window: StoredWindow, address: string, now: number): boolean {
  return isOpen(window, now) && (window.body.address === '' || window.body.address === address);
}
