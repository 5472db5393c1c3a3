import type { DirectoryNumber } from '@sfs/contracts';
import type { Entity } from '../entities/bodies.ts';
import { toMeta } from '../entities/meta.mapper.ts';

export function toDirectoryNumber(state: Entity<'dn'>): DirectoryNumber {
  const { switchId, number, userId, hasSipPassword } = state.body;
  return { meta: toMeta(state), switchId, number, userId, hasSipPassword };
}
