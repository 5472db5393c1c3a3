import type { EntityState } from './types.ts';

/** An entity's state with what only the log needs: which request made it. */
export interface StoredState extends EntityState {
  /** fingerprint of the request: the same idempotency key with another request is refused */
  readonly request: string;
}

type Cell = Omit<StoredState, 'tenant' | 'id'>;

/** Everything in one cell, so that a merge of two sites takes one of them whole. */
export function encodeState({ kind, version, tag, parentTag, changedAt, site, actor, deleted, request, body }: StoredState): string {
  return JSON.stringify({ kind, version, tag, parentTag, changedAt, site, actor, deleted, request, body } satisfies Cell);
}

/** Written by ourselves only; tenant and id come from the row's key. */
export function decodeState({ tenant, id }: { readonly tenant: string; readonly id: string }, cell: string): StoredState {
  const { kind, version, tag, parentTag, changedAt, site, actor, deleted, request, body } = JSON.parse(cell) as Cell;
  return { tenant, kind, id, version, tag, parentTag, changedAt, site, actor, deleted, request, body };
}

/** What callers see. */
export function publicState({ request: _, ...state }: StoredState): EntityState {
  return state;
}
