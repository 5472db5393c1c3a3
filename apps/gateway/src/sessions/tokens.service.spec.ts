import { describe, expect, it } from 'vitest';
import { MemoryAudit, MemoryTokens } from '../../test/memory-stores.ts';
import { ANONYMOUS, type Caller } from '../http/caller.ts';
import { TokensService } from './tokens.service.ts';

const admin: Caller = { ...ANONYMOUS, kind: 'session', tenant: 'default', homeTenant: 'default', login: 'admin', role: 'administrator' };
const wanted = { name: 'crm', role: 'administrator', expiresInDays: 1 } as const;

function setUp() {
  const clock = { now: 0 };
  const parts = { tokens: new MemoryTokens(), audit: new MemoryAudit(), now: () => clock.now };
  return { clock, ...parts, sut: new TokensService(parts) };
}

describe('TokensService', () => {
  it('creates a token that signs its requests in until it expires', async () => {
    const { sut, clock, tokens } = setUp();
    const { secret, id } = await sut.create(admin, wanted);
    expect(JSON.stringify([...tokens.rows])).not.toContain(secret.split('.').at(-1));
    await expect(sut.authenticate(`Bearer ${secret}`)).resolves.toMatchObject({ kind: 'token', login: 'token:crm', tenant: 'default', role: 'administrator', id });
    clock.now = 24 * 60 * 60_000;
    await expect(sut.authenticate(`Bearer ${secret}`)).rejects.toMatchObject({ code: 'tokens/unknown' });
  });

  it('shows the secret once', async () => {
    const { sut } = setUp();
    await sut.create(admin, wanted);
    expect(Object.keys((await sut.list('default'))[0] ?? {})).toEqual(['id', 'name', 'role', 'createdAt', 'expiresAt']);
  });

  it('revokes a token of its own tenant only', async () => {
    const { sut, audit } = setUp();
    const { secret, id } = await sut.create(admin, wanted);
    await expect(sut.revoke({ ...admin, tenant: 'acme' }, id)).rejects.toMatchObject({ kind: 'not-found' });
    await sut.revoke(admin, id);
    await expect(sut.authenticate(`Bearer ${secret}`)).rejects.toMatchObject({ kind: 'denied' });
    expect(audit.events).toEqual([`token ${id} created`, `token ${id} revoked`]);
  });

  it('lets no token create a token', async () => {
    const { sut } = setUp();
    await expect(sut.create({ ...admin, kind: 'token' }, wanted)).rejects.toMatchObject({ code: 'sessions/needs-session' });
  });

  it('refuses what is forged, of another tenant, or no bearer token', async () => {
    const { sut } = setUp();
    const { secret } = await sut.create(admin, wanted);
    for (const header of ['', 'Bearer', 'Basic YTpi', 'Bearer x', `Bearer ${secret.slice(0, -1)}`, `Bearer ${secret.slice(0, -2)}AA`, `Bearer ${secret.replace('sfs_default', 'sfs_acme')}`]) {
      await expect(sut.authenticate(header), header).rejects.toMatchObject({ code: 'tokens/unknown' });
    }
  });
});
