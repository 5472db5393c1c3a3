import { type Route, routes } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { actForTenant } from './act-for-tenant.ts';
import { authorise } from './authorise.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import { expectedTag } from './conditional.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { checkOrigin } from './origin-check.ts';
import { requestIdOf } from './request-id.ts';
import { clearCookie, sessionCookieOf, setCookie } from './session-cookie.ts';

const administrator: Caller = { ...ANONYMOUS, kind: 'session', tenant: 'default', homeTenant: 'default', login: 'admin', role: 'administrator' };
const user: Caller = { ...administrator, login: 'ada', role: 'user', userId: 'u-1' };

describe('roles', () => {
  it('let nobody in who has not signed in', () => {
    expect(() => authorise('getSession', routes.getSession, ANONYMOUS, {})).toThrow(expect.objectContaining({ code: 'sessions/required' }));
    expect(() => authorise('signIn', routes.signIn, ANONYMOUS, {})).not.toThrow();
  });

  it('let a user see and change only itself', () => {
    expect(() => authorise('getUser', routes.getUser, user, { id: 'u-1' })).not.toThrow();
    expect(() => authorise('getUser', routes.getUser, user, { id: 'u-2' })).toThrow(expect.objectContaining({ code: 'sessions/not-allowed' }));
    expect(() => authorise('listUsers', routes.listUsers, user, {})).toThrow();
    expect(() => authorise('updateUser', routes.updateUser, user, { id: 'u-1' })).toThrow();
  });

  it('never take an account without a user for the owner of an empty id', () => {
    expect(() => authorise('getUser', routes.getUser, { ...user, userId: '' }, { id: '' })).toThrow();
  });

  it('let a one-time password do nothing but change itself', () => {
    const invited = { ...administrator, mustChangePassword: true };
    expect(() => authorise('listUsers', routes.listUsers, invited, {})).toThrow(expect.objectContaining({ code: 'sessions/password-change-required' }));
    expect(() => authorise('changePassword', routes.changePassword, invited, {})).not.toThrow();
  });
});

describe('acting for a tenant', () => {
  const exists = async (tenant: string): Promise<boolean> => tenant === 'acme';

  it('is for administrators of the operator tenant', async () => {
    await expect(actForTenant(administrator, 'acme', exists)).resolves.toMatchObject({ tenant: 'acme', homeTenant: 'default' });
    await expect(actForTenant({ ...administrator, tenant: 'beta', homeTenant: 'beta' }, 'acme', exists)).rejects.toMatchObject({ code: 'tenants/not-yours' });
    await expect(actForTenant(user, 'acme', exists)).rejects.toMatchObject({ code: 'tenants/not-yours' });
  });

  it('needs a tenant that exists', async () => {
    await expect(actForTenant(administrator, 'acmee', exists)).rejects.toMatchObject({ code: 'tenants/unknown' });
    await expect(actForTenant(administrator, ['acme', 'acme'], exists)).rejects.toMatchObject({ code: 'tenants/unknown' });
  });
});

describe('preconditions', () => {
  it('are required of a change', () => {
    expect(() => expectedTag(routes.updateUser, {})).toThrow(expect.objectContaining({ status: 428 }));
    expect(() => expectedTag(routes.updateUser, { 'if-none-match': '*' })).toThrow(expect.objectContaining({ status: 428 }));
    const listUsers: Route = routes.listUsers;
    expect(expectedTag(listUsers, {})).toBe('');
  });

  it('are required of every change of what a phone gets', () => {
    for (const route of [routes.updateDevice, routes.deleteDevice, routes.putDeviceProfile, routes.deleteDeviceProfile, routes.putTenantDeviceSettings, routes.putSiteDeviceSettings]) {
      expect(() => expectedTag(route, {}), route.summary).toThrow(expect.objectContaining({ status: 428 }));
      expect(expectedTag(route, { 'if-match': '"t-1"' })).toBe('t-1');
    }
  });

  it('name one strong tag', () => {
    expect(expectedTag(routes.updateUser, { 'if-match': '"abc-1"' })).toBe('abc-1');
    for (const header of ['abc', '*', 'W/"abc"', '"a", "b"', '""', '"a"b"']) {
      expect(() => expectedTag(routes.updateUser, { 'if-match': header }), header).toThrow(expect.objectContaining({ status: 400 }));
    }
  });

  it('create with If-None-Match: *', () => {
    expect(expectedTag(routes.putPartition, { 'if-none-match': '*' })).toBe('');
    expect(() => expectedTag(routes.putPartition, { 'if-none-match': '"a"' })).toThrow(expect.objectContaining({ status: 400 }));
    expect(() => expectedTag(routes.putPartition, { 'if-none-match': '*', 'if-match': '"a"' })).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('origin', () => {
  const allowed = ['http://localhost:8080'];
  const post = { method: 'POST', allowed, hasCookie: true };

  it('must be ours when a cookie travels with a change', () => {
    expect(() => checkOrigin({ ...post, origin: 'http://localhost:8080' })).not.toThrow();
    for (const origin of [undefined, 'http://evil.example', 'null', 'http://localhost:8081', 'https://localhost:8080', 'http://localhost:8080.evil.example']) {
      expect(() => checkOrigin({ ...post, origin }), String(origin)).toThrow(expect.objectContaining({ code: 'request/cross-origin' }));
    }
  });

  it('may be missing without a cookie, but not foreign', () => {
    expect(() => checkOrigin({ ...post, hasCookie: false, origin: undefined })).not.toThrow();
    expect(() => checkOrigin({ ...post, hasCookie: false, origin: 'http://evil.example' })).toThrow();
  });

  it('does not matter for reading', () => {
    expect(() => checkOrigin({ ...post, method: 'GET', origin: undefined })).not.toThrow();
  });
});

describe('headers', () => {
  it('keep a harmless request id and replace any other', () => {
    expect(requestIdOf('abc-1.2_X')).toBe('abc-1.2_X');
    for (const header of [undefined, '', 'a b', 'a\n', 'x'.repeat(65), 'ä', ['a', 'b']]) expect(requestIdOf(header)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('take an idempotency key of printable characters', () => {
    expect(idempotencyKeyOf(undefined)).toBe('');
    expect(idempotencyKeyOf('k'.repeat(128))).toHaveLength(128);
    for (const header of ['', 'a b', 'k'.repeat(129), 'ä', ['a', 'b']]) expect(() => idempotencyKeyOf(header)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('find our cookie among others, and none when it comes twice', () => {
    expect(sessionCookieOf('a=b; sfs_session=default.x; c=d')).toBe('default.x');
    expect(sessionCookieOf('sfs_session=a; sfs_session=b')).toBe('');
    expect(sessionCookieOf(undefined)).toBe('');
  });

  it('set a cookie that scripts and other sites cannot use', () => {
    expect(setCookie('v', false)).toBe('sfs_session=v; Path=/; HttpOnly; SameSite=Strict');
    expect(clearCookie(true)).toBe('sfs_session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0');
  });
});
