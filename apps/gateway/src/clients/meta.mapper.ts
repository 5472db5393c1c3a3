import { DomainError } from '@sfs/kernel';
import type { Meta } from '@sfs/rest-contract';

/** Meta of provisioning and PlanMeta of dial-plan alike. */
export function metaOf(meta: Meta | undefined): Meta {
  const { version = 0, tag = '', changedAt = '', actor = '' } = meta ?? {};
  return { version, tag, changedAt, actor };
}

/** proto3 cannot say "always there"; an answer without its entity is the neighbour's bug. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new DomainError('unavailable', 'internal', 'The neighbour answered without the entity');
  return value;
}
