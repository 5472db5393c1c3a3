import { Change } from '@sfs/contracts';
import type { Message } from '@sfs/kafka';
import { eventId } from './tags.ts';
import type { ChangeRecord, EntityState } from './types.ts';

/** The wire form of a state; also for LoadState and ListChanges, where the id is the tag. */
export function toChange(state: ChangeRecord, id: string = state.tag): Change {
  return {
    id,
    tenant: state.tenant,
    kind: state.kind,
    entityId: state.id,
    version: state.version,
    tag: state.tag,
    parentTag: state.parentTag,
    changedAt: state.changedAt,
    site: state.site,
    actor: state.actor,
    deleted: state.deleted,
    body: JSON.stringify(state.body),
    previousBody: state.previousBody === undefined ? '' : JSON.stringify(state.previousBody),
  };
}

export function changeMessage(intentId: string, state: EntityState): Message {
  const change = toChange(state, eventId(intentId, state.kind, state.id, state.tag));
  return { key: `${state.tenant}/${state.id}`, value: Change.encode(change).finish() };
}
