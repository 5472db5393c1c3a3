import { Change } from '@sfs/contracts';
import type { ChangeRecord } from '../entities/entities.store.ts';

/** The same shape as the event; the intent is long gone, so the tag stands for its id. */
export function toChange(state: ChangeRecord): Change {
  const { tenant, kind, version, tag, parentTag, changedAt, site, actor, deleted } = state;
  return Change.create({
    id: tag,
    tenant,
    kind,
    entityId: state.id,
    version,
    tag,
    parentTag,
    changedAt,
    site,
    actor,
    deleted,
    body: JSON.stringify(state.body),
    previousBody: state.previousBody ? JSON.stringify(state.previousBody) : '',
  });
}
