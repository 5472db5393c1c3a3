export type DeviceState = 'waiting' | 'assigned' | 'in-step' | 'drift' | 'not-seen';
export const DEVICE_STATES: readonly DeviceState[] = ['waiting', 'assigned', 'in-step', 'drift', 'not-seen'];

export interface Standing {
  /** newest revision of its configuration; 0 = none */
  readonly declaredRevision: number;
  /** fetched last; 0 = none */
  readonly runningRevision: number;
  /** epoch ms; 0 = never */
  readonly lastSeenAt: number;
  /** between two looks for a new configuration */
  readonly checkMinutes: number;
}

/** A phone may miss two looks: a reboot, a network that is mended. */
const POLLS = 3;

/** How an entered device stands. Who was not heard of for long is not-seen, whatever it ran then; who never fetched is assigned. */
export function stateOf({ declaredRevision, runningRevision, lastSeenAt, checkMinutes }: Standing, now: number): DeviceState {
  if (runningRevision === 0) return 'assigned';
  if (now - lastSeenAt > POLLS * checkMinutes * 60_000) return 'not-seen';
  return runningRevision === declaredRevision ? 'in-step' : 'drift';
}
