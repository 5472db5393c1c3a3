import type { Change } from '@sfs/contracts';

/** Current state of one entity, as its owner last said it. */
export interface Entity {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly tag: string;
  /** ISO, UTC, microseconds: its order as text is its order in time */
  readonly changedAt: string;
  readonly site: string;
  readonly actor: string;
  readonly deleted: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Throws when the body is no JSON object: such a message is for the dead letters. */
export function entityOf(change: Change): Entity {
  const body: unknown = JSON.parse(change.body === '' ? '{}' : change.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error(`body of ${change.kind} ${change.entityId} is not an object`);
  const { tenant, kind, entityId, version, tag, changedAt, site, actor, deleted } = change;
  return { tenant, kind, id: entityId, version, tag, changedAt, site, actor, deleted, body: body as Record<string, unknown> };
}

/** Later time first, then version, then tag; after a cut the later write stands, even with the lower version. */
export function isNewer(candidate: Entity, than: Entity): boolean {
  if (candidate.changedAt !== than.changedAt) return candidate.changedAt > than.changedAt;
  if (candidate.version !== than.version) return candidate.version > than.version;
  return candidate.tag > than.tag;
}

/** A text of the body; '' when it is none. */
export function textOf(entity: Entity, name: string): string {
  const value = entity.body[name];
  return typeof value === 'string' ? value : '';
}
