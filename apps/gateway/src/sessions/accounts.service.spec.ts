import { describe, expect, it } from 'vitest';
import { MemoryAccounts, MemoryAudit } from '../../test/memory-stores.ts';
import { AccountsService } from './accounts.service.ts';
import { PASSWORD_RULES, Passwords } from './passwords.ts';

const passwords = new Passwords('a pepper of sixteen', { ...PASSWORD_RULES, memory: 64 });
const ada = { tenant: 'default', userId: 'u-1', login: 'ada', role: 'user', actor: 'admin' } as const;

function setUp() {
  const parts = { accounts: new MemoryAccounts(), audit: new MemoryAudit(), passwords, now: () => 0 };
  return { ...parts, sut: new AccountsService(parts) };
}

describe('AccountsService', () => {
  it('makes the first administrator once', async () => {
    const { sut, accounts } = setUp();
    await expect(sut.ensureFirst('admin', 'correct horse')).resolves.toBe('created');
    const before = accounts.accounts.get('default/admin')?.password;
    await expect(sut.ensureFirst('admin', 'something else')).resolves.toBe('exists');
    expect(accounts.accounts.get('default/admin')?.password).toBe(before);
  });

  it('completes a first administrator whose process died after the claim', async () => {
    const { sut, accounts } = setUp();
    await accounts.claimLogin({ tenant: 'default', login: 'admin', userId: '' });
    await expect(sut.ensureFirst('admin', 'correct horse')).resolves.toBe('created');
  });

  it('gives a new one-time password to an account that exists, and ends its sessions', async () => {
    const { sut, accounts, audit } = setUp();
    const first = await sut.invite(ada);
    const before = accounts.accounts.get('default/ada');
    const second = await sut.invite({ ...ada, role: 'administrator' });
    expect(second).not.toBe(first);
    expect(first).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(accounts.accounts.get('default/ada')).toMatchObject({ mustChange: true, role: 'administrator' });
    expect(accounts.accounts.get('default/ada')?.credential).not.toBe(before?.credential);
    expect(audit.events).toEqual(['account ada created', 'account ada password-reset']);
    expect(JSON.stringify(audit.entries)).not.toContain(second);
  });

  it('refuses a login that belongs to somebody else, also in another tenant', async () => {
    const { sut } = setUp();
    await sut.invite(ada);
    await expect(sut.invite({ ...ada, userId: 'u-2' })).rejects.toMatchObject({ kind: 'conflict', code: 'accounts/login-taken', details: { field: 'login' } });
    await expect(sut.invite({ ...ada, tenant: 'acme' })).rejects.toMatchObject({ code: 'accounts/login-taken' });
  });

  it('gives a user one login only, and leaves the refused one free', async () => {
    const { sut, accounts } = setUp();
    await sut.invite(ada);
    await expect(sut.invite({ ...ada, login: 'lovelace' })).rejects.toMatchObject({ code: 'accounts/other-login', message: 'This user signs in as ada' });
    expect(accounts.logins.has('lovelace')).toBe(false);
  });

  it('closes the account of a user that is gone', async () => {
    const { sut, accounts, audit } = setUp();
    await sut.invite(ada);
    await sut.closeOfUser('default', 'u-1', 'admin');
    await sut.closeOfUser('default', 'u-9', 'admin');
    expect(accounts.accounts.size + accounts.logins.size + accounts.users.size).toBe(0);
    expect(audit.events.at(-1)).toBe('account ada removed');
  });
});
