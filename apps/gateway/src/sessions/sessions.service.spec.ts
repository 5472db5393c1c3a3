import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryAccounts, MemoryAudit, MemorySessions } from '../../test/memory-stores.ts';
import { AccountsService } from './accounts.service.ts';
import { PASSWORD_RULES, Passwords } from './passwords.ts';
import { ABSOLUTE_MS, IDLE_MS, TOUCH_AFTER_MS } from './session-times.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInLimit } from './sign-in-limit.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const ADDRESS = '192.0.2.1';
const passwords = new Passwords('a pepper of sixteen', { ...PASSWORD_RULES, memory: 64 });

function setUp() {
  const clock = { now: START };
  const now = (): number => clock.now;
  const parts = { accounts: new MemoryAccounts(), sessions: new MemorySessions(), audit: new MemoryAudit(), passwords, now };
  const limit = new SignInLimit({ perLogin: 3, perAddress: 100, windowMs: 60_000 }, now);
  return { clock, ...parts, accountsService: new AccountsService(parts), sut: new SessionsService({ ...parts, limit }) };
}

describe('SessionsService', () => {
  let world: ReturnType<typeof setUp>;
  beforeEach(async () => {
    world = setUp();
    await world.accountsService.ensureFirst('admin', 'correct horse battery');
  });

  const signIn = () => world.sut.signIn('admin', 'correct horse battery', ADDRESS);

  it('opens a session whose secret is stored only as a hash', async () => {
    const { cookie, session } = await signIn();
    expect(session).toEqual({ login: 'admin', tenant: 'default', role: 'administrator', userId: '', mustChangePassword: false, expiresAt: '2026-01-01T00:30:00.000Z' });
    expect(cookie).toMatch(/^default\.[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify([...world.sessions.rows])).not.toContain(cookie.split('.')[1]);
    await expect(world.sut.authenticate(cookie)).resolves.toMatchObject({ kind: 'session', login: 'admin', tenant: 'default', homeTenant: 'default' });
  });

  it('gives one answer to a wrong password and to an unknown or malformed login', async () => {
    const answers = await Promise.all([['admin', 'wrong'], ['nobody', 'wrong'], ['My Password 1!', 'wrong']].map(([login = '', password = '']) => world.sut.signIn(login, password, ADDRESS).catch((error: unknown) => error)));
    for (const answer of answers) expect(answer).toMatchObject({ kind: 'denied', code: 'sessions/wrong-password', message: 'Login or password is wrong' });
    expect(world.audit.events.toSorted()).toEqual(['account admin created', 'sign-in (malformed) failed', 'sign-in admin failed', 'sign-in nobody failed']);
  });

  it('refuses further attempts after too many failures, even with the right password', async () => {
    for (let count = 0; count < 3; count += 1) await expect(world.sut.signIn('admin', 'wrong', ADDRESS)).rejects.toMatchObject({ kind: 'denied' });
    await expect(signIn()).rejects.toMatchObject({ kind: 'exhausted', code: 'sessions/too-many-failures', details: { retryAfterSeconds: 60 } });
    world.clock.now += 60_001;
    await expect(signIn()).resolves.toBeDefined();
  });

  it('ends a session after half an hour without use, and keeps it while it is used', async () => {
    const { cookie } = await signIn();
    world.clock.now += IDLE_MS - 1;
    await expect(world.sut.authenticate(cookie)).resolves.toMatchObject({ login: 'admin' });
    world.clock.now += IDLE_MS - 1;
    await expect(world.sut.authenticate(cookie)).resolves.toMatchObject({ login: 'admin' });
    world.clock.now += IDLE_MS;
    await expect(world.sut.authenticate(cookie)).rejects.toMatchObject({ code: 'sessions/ended' });
  });

  it('ends a session after twelve hours however much it is used', async () => {
    const { cookie } = await signIn();
    for (; world.clock.now < START + ABSOLUTE_MS - TOUCH_AFTER_MS; world.clock.now += IDLE_MS / 2) await world.sut.authenticate(cookie);
    world.clock.now = START + ABSOLUTE_MS;
    await expect(world.sut.authenticate(cookie)).rejects.toMatchObject({ code: 'sessions/ended' });
  });

  it.each([[''], ['default'], ['default.'], ['default.short'], [`default.${'A'.repeat(43)}`], [`acme.${'A'.repeat(43)}`], [`../x.${'A'.repeat(43)}`]])('refuses the forged cookie %s', async (cookie) => {
    await expect(world.sut.authenticate(cookie)).rejects.toMatchObject({ code: 'sessions/ended' });
  });

  it('does not take the secret of one tenant in another', async () => {
    const { cookie } = await signIn();
    await expect(world.sut.authenticate(cookie.replace('default.', 'acme.'))).rejects.toMatchObject({ code: 'sessions/ended' });
  });

  it('signs out', async () => {
    const { cookie } = await signIn();
    await world.sut.signOut(await world.sut.authenticate(cookie), ADDRESS);
    await expect(world.sut.authenticate(cookie)).rejects.toMatchObject({ code: 'sessions/ended' });
    expect(world.audit.events.at(-1)).toBe('sign-in admin signed-out');
  });

  it('changes the password, ends all other sessions and opens a new one', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    const caller = await world.sut.authenticate(mine.cookie);
    await expect(world.sut.changePassword(caller, { current: 'wrong', next: 'another horse battery' }, ADDRESS)).rejects.toMatchObject({ code: 'sessions/wrong-current-password', details: { field: 'current' } });
    const opened = await world.sut.changePassword(caller, { current: 'correct horse battery', next: 'another horse battery' }, ADDRESS);
    await expect(world.sut.authenticate(opened.cookie)).resolves.toMatchObject({ login: 'admin' });
    for (const { cookie } of [mine, other]) await expect(world.sut.authenticate(cookie)).rejects.toMatchObject({ code: 'sessions/ended' });
    await expect(signIn()).rejects.toMatchObject({ code: 'sessions/wrong-password' });
    await expect(world.sut.signIn('admin', 'another horse battery', ADDRESS)).resolves.toBeDefined();
  });

  it('makes whoever came with a one-time password change it', async () => {
    const invitation = { tenant: 'default', userId: 'u-1', login: 'ada', role: 'user', actor: 'admin' } as const;
    const oneTime = await world.accountsService.invite(invitation);
    const opened = await world.sut.signIn('ada', oneTime, ADDRESS);
    expect(opened.session).toMatchObject({ userId: 'u-1', mustChangePassword: true });
    const caller = await world.sut.authenticate(opened.cookie);
    await expect(world.sut.changePassword(caller, { current: oneTime, next: oneTime }, ADDRESS)).rejects.toMatchObject({ code: 'sessions/same-password' });
    const changed = await world.sut.changePassword(caller, { current: oneTime, next: 'my own password' }, ADDRESS);
    expect(changed.session.mustChangePassword).toBe(false);
  });

  it('takes a one-time password for a week', async () => {
    const oneTime = await world.accountsService.invite({ tenant: 'default', userId: 'u-1', login: 'ada', role: 'user', actor: 'admin' });
    world.clock.now += 7 * 24 * 60 * 60_000;
    await expect(world.sut.signIn('ada', oneTime, ADDRESS)).rejects.toMatchObject({ code: 'sessions/one-time-password-expired' });
  });
});
