import type { Past } from './entity.store.ts';
import type { Operation, PlannedRow } from './operation.ts';
import type { StoredState } from './stored-state.ts';
import { resolvingTag } from './tags.ts';

/**
 * Consumers order by (version, changedAt), the store by the time of the write. A state with the winner's version or a higher one that is not the winner
 * would stay at consumers for ever: such a one is answered with a write above all versions.
 */
export function findConflict({ state, history }: Past): StoredState | undefined {
  if (state === undefined) return undefined;
  return history.find(({ version, tag }) => version >= state.version && tag !== state.tag);
}

/** The winner once more, one version above all. */
export function resolvingOperation(winner: StoredState, loser: StoredState): { operation: Operation; row: PlannedRow } {
  const { kind, id, tenant, deleted, body } = winner;
  const row: PlannedRow = { kind, id, tag: resolvingTag(winner.tag, loser.tag), expect: { tag: winner.tag }, deleted, body };
  return { operation: { tenant, actor: winner.actor, request: winner.request, rows: [row] }, row };
}
