import type { Change } from '@sfs/contracts';

/** Current state of one entity of either owner, as its owner last said it. */
export interface Entity {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly tag: string;
  /** ISO, UTC, microseconds: its order as text is its order in time */
  readonly changedAt: string;
  readonly deleted: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

export const DIRECTORY_KINDS = ['tenant', 'site', 'switch', 'user', 'dn', 'mailbox-link', 'call-settings'] as const;
export const PLAN_KINDS = ['partition', 'calling-profile', 'switch-settings'] as const;

export type Owner = 'provisioning' | 'dialplan';

export function ownerOf(kind: string): Owner {
  return (PLAN_KINDS as readonly string[]).includes(kind) ? 'dialplan' : 'provisioning';
}

/** Throws when the body is no JSON object: such a message is for the dead letters. */
export function entityOf(change: Change): Entity {
  const body: unknown = JSON.parse(change.body === '' ? '{}' : change.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error(`body of ${change.kind} ${change.entityId} is not an object`);
  const { tenant, kind, entityId, version, tag, changedAt, deleted } = change;
  return { tenant, kind, id: entityId, version, tag, changedAt, deleted, body: body as Record<string, unknown> };
}

/**
 * Later time first, then version, then tag. Along one ancestry time and version rise together; after two sites changed an entity during a cut
 * the later write stands, even with the lower version.
 */
export function isNewer(candidate: Entity, than: Entity): boolean {
  if (candidate.changedAt !== than.changedAt) return candidate.changedAt > than.changedAt;
  if (candidate.version !== than.version) return candidate.version > than.version;
  return candidate.tag > than.tag;
}
