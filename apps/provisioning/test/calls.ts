import { CreateDirectoryNumberRequest, CreateUserRequest, type DirectoryNumber, type User } from '@sfs/contracts';
import { call, type CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { TOKEN, type Clients } from './provisioning-under-test.ts';

export const context: CallContext = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
export const rules = { deadlineMs: 20_000, token: TOKEN };

/** Site and switch `site-a` in the tenant. */
export async function createTopology({ topology }: Clients, at: CallContext = context, switchId = 'site-a'): Promise<void> {
  await call(topology, 'createSite', { id: 'site-a', displayName: 'A', idempotencyKey: '' }, at, rules);
  await call(topology, 'createSwitch', { id: switchId, displayName: 'A', siteId: 'site-a', sipDomain: `${switchId}.example`, idempotencyKey: '' }, at, rules);
}

export async function createUser({ users }: Clients, displayName: string, more: Partial<CreateUserRequest> = {}): Promise<User> {
  const { user } = await call(users, 'createUser', CreateUserRequest.create({ displayName, siteId: 'site-a', ...more }), context, rules);
  if (!user) throw new Error('no user was answered');
  return user;
}

export async function createNumber({ numbers }: Clients, number: string, userId = ''): Promise<DirectoryNumber> {
  const { directoryNumber } = await call(numbers, 'createDirectoryNumber', CreateDirectoryNumberRequest.create({ switchId: 'site-a', number, userId }), context, rules);
  if (!directoryNumber) throw new Error('no number was answered');
  return directoryNumber;
}

/** How a call was refused; `kind` is 'none' when it was not. */
export async function refusal(work: Promise<unknown>): Promise<{ kind: string; code: string; field: string; remedy: string }> {
  try {
    await work;
    return { kind: 'none', code: '', field: '', remedy: '' };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { kind: error.kind, code: error.code, field: error.details.field ?? '', remedy: error.details.remedy ?? '' };
  }
}
