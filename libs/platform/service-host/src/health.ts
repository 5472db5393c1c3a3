export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** `ready` says whether it can answer now; a check may be bad without that (degraded). */
export interface Health {
  readonly ready: boolean;
  readonly checks: readonly Check[];
  readonly info?: Record<string, unknown>;
}

export const STARTING: Health = { ready: false, checks: [{ name: 'start', ok: false, detail: 'starting' }] };

/** While stopping a service is never ready, whatever it says itself. */
export function stopping(health: Health): Health {
  return { ...health, ready: false, checks: [...health.checks, { name: 'stop', ok: false, detail: 'stopping' }] };
}
