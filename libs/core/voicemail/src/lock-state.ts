/** What was tried or done at a mailbox's PIN. `pending`: recorded, its answer not known yet. */
export interface PinAttempt {
  /** epoch ms */
  readonly at: number;
  readonly kind: 'pending' | 'wrong' | 'right' | 'unlocked' | 'reset';
}

export interface LockState {
  readonly locked: boolean;
  /** epoch ms; undefined = open */
  readonly until: number | undefined;
  /** how many more may fail before the lock */
  readonly left: number;
}

/** The original's documented policy: 4 failures, 10 minutes. */
export const LOCK = { failures: 4, ms: 600_000 } as const;

/**
 * Counts what failed since the last success, unlock or reset; the 4th locks for ten minutes, then counting starts anew. In any order.
 * A pending attempt counts as failed, so calls in parallel do not multiply attempts. Judge before the own attempt is among them.
 */
export function lockState(attempts: Iterable<PinAttempt>, now: number): LockState {
  let failures = 0;
  let until: number | undefined;
  for (const { at, kind } of [...attempts].sort(byTime)) {
    if (kind !== 'pending' && kind !== 'wrong') {
      failures = 0;
      until = undefined;
      continue;
    }
    if (until !== undefined && at < until) continue;
    if (until !== undefined) {
      failures = 0;
      until = undefined;
    }
    failures += 1;
    if (failures === LOCK.failures) until = at + LOCK.ms;
  }
  if (until !== undefined && now < until) return { locked: true, until, left: 0 };
  return { locked: false, until: undefined, left: until === undefined ? LOCK.failures - failures : LOCK.failures };
}

/** In the same millisecond what opens comes last: an administrator's unlock is never eaten by the failure it was meant for. */
const byTime = (a: PinAttempt, b: PinAttempt): number => a.at - b.at || Number(opens(a)) - Number(opens(b));
const opens = ({ kind }: PinAttempt): boolean => kind !== 'pending' && kind !== 'wrong';
