import type { DeleteUserResponse, User } from '@sfs/contracts';
import { toMeta } from '../entities/meta.mapper.ts';
import type { Release, UserWithNumbers } from './users.service.ts';

export function toUser({ user, numbers }: UserWithNumbers): User {
  const { id, displayName, email, siteId, callingProfileId } = user.body;
  return { meta: toMeta(user), id, displayName, email, siteId, callingProfileId, numbers: numbers.map(({ switchId, number }) => ({ switchId, number })) };
}

export function toDeleted({ releasedNumbers, callSettingsRemoved }: Release): DeleteUserResponse {
  return { releasedNumbers: releasedNumbers.map(({ switchId, number }) => ({ switchId, number })), callSettingsRemoved };
}
