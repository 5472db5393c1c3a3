/** For whom, by whom, in which request: what a commit records. */
export interface Caller {
  readonly tenant: string;
  readonly requestId: string;
  readonly actor: string;
}

/** What makes a retry harmless, spread into a commit: same key and same wishes, same answer. Nothing without a key. */
export function onceOnly(key: string | undefined, wishes: Record<string, unknown>): { idempotencyKey?: string; fingerprint?: string } {
  return key === undefined ? {} : { idempotencyKey: key, fingerprint: JSON.stringify(wishes) };
}
