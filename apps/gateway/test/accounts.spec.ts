import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '@sfs/rest-contract';
import { cookieOf, type GatewayUnderTest, PASSWORD, type RestClient, startGatewayUnderTest } from './gateway-under-test.ts';

const SESSION = '/api/v1/session';

interface Created {
  readonly oneTimePassword: string;
}

describe('accounts on a real store', () => {
  let gateway: GatewayUnderTest;
  let admin: RestClient;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    admin = await gateway.administrator();
  });
  afterAll(() => gateway.stop());

  const invite = (id: string, login: string): Promise<Created> => admin.get(`/api/v1/users/${id}/account`, { method: 'POST', body: { login } });

  it('signs the first administrator in, with a cookie no script can read', async () => {
    const response = await admin.send(SESSION, { method: 'POST', body: { login: 'admin', password: PASSWORD }, signedIn: false });
    expect(response.headers.get('set-cookie')).toMatch(/^sfs_session=default\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await admin.get<Session>(SESSION)).toMatchObject({ login: 'admin', role: 'administrator', tenant: 'default', mustChangePassword: false });
  });

  it('takes a user from the one-time password to its own settings, and nowhere else', async () => {
    const ada = gateway.provisioning.add('default', 'Ada');
    const other = gateway.provisioning.add('default', 'Other');
    const { oneTimePassword } = await invite(ada.id, 'ada');
    const client = await gateway.client().signIn('ada', oneTimePassword);
    expect(await client.problem(`/api/v1/users/${ada.id}`)).toMatchObject({ status: 403, type: 'sessions/password-change-required' });

    const changed = await client.send(`${SESSION}/password`, { method: 'PUT', body: { current: oneTimePassword, next: 'my own password' } });
    expect(changed.status).toBe(204);
    expect(await client.problem(SESSION)).toMatchObject({ status: 401, type: 'sessions/ended' });
    client.cookie = cookieOf(changed);

    expect(await client.get(`/api/v1/users/${ada.id}`)).toMatchObject({ displayName: 'Ada' });
    const path = `/api/v1/users/${ada.id}/call-settings`;
    const body = { forwardAll: { kind: 'number', number: '1003' } };
    const created = await client.send(path, { method: 'PUT', body, headers: { 'if-none-match': '*' } });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ settings: body, effective: { forwardAll: { origin: 'user' } } });
    const again = await client.send(path, { method: 'PUT', body, headers: { 'if-none-match': '*' } });
    expect(again.status).toBe(412);
    expect((await client.send(path, { method: 'PUT', body: {}, headers: { 'if-match': created.headers.get('etag') ?? '' } })).status).toBe(200);

    for (const foreign of [`/api/v1/users/${other.id}`, `/api/v1/users/${other.id}/call-settings`, '/api/v1/users', '/api/v1/overview', '/api/v1/changes']) {
      expect(await client.problem(foreign), foreign).toMatchObject({ status: 403, type: 'sessions/not-allowed' });
    }
    expect(gateway.provisioning.server.calls.findLast(({ method }) => method === 'updateCallSettings')?.context).toMatchObject({ tenant: 'default', actor: 'ada' });
  });

  it('resets a password with a new one-time password, which ends the sessions', async () => {
    const user = gateway.provisioning.add('default', 'Grace');
    const first = await invite(user.id, 'grace');
    const client = await gateway.client().signIn('grace', first.oneTimePassword);
    const second = await invite(user.id, 'grace');
    expect(await client.problem(SESSION)).toMatchObject({ type: 'sessions/ended' });
    await expect(gateway.client().signIn('grace', first.oneTimePassword)).rejects.toThrow('401');
    await gateway.client().signIn('grace', second.oneTimePassword);
    expect(await admin.problem(`/api/v1/users/${user.id}/account`, { method: 'POST', body: { login: 'ada' } })).toMatchObject({ status: 409, type: 'accounts/login-taken', field: 'login' });
    expect(await admin.problem(`/api/v1/users/${user.id}/account`, { method: 'POST', body: { login: 'hopper' } })).toMatchObject({ status: 409, type: 'accounts/other-login' });
  });

  it('closes the account when the user is deleted', async () => {
    const user = gateway.provisioning.add('default', 'Gone');
    const { oneTimePassword } = await invite(user.id, 'gone');
    const client = await gateway.client().signIn('gone', oneTimePassword);
    const deleted = await admin.send(`/api/v1/users/${user.id}`, { method: 'DELETE', headers: { 'if-match': `"${user.meta?.tag}"` } });
    expect(await deleted.json()).toEqual({ releasedNumbers: [{ switchId: 'site-a', number: '1001' }], callSettingsRemoved: true });
    expect(await client.problem(SESSION)).toMatchObject({ type: 'sessions/ended' });
    await expect(gateway.client().signIn('gone', oneTimePassword)).rejects.toThrow('401');
  });

  it('closes the account also when only a retry learns that the user is gone', async () => {
    const user = gateway.provisioning.add('default', 'Half Gone');
    const { oneTimePassword } = await invite(user.id, 'half');
    gateway.provisioning.users.delete(`default/${user.id}`);
    expect((await admin.problem(`/api/v1/users/${user.id}`, { method: 'DELETE', headers: { 'if-match': `"${user.meta?.tag}"` } })).status).toBe(404);
    await expect(gateway.client().signIn('half', oneTimePassword)).rejects.toThrow('401');
  });

  it('signs out', async () => {
    const client = await gateway.administrator();
    const response = await client.send(SESSION, { method: 'DELETE' });
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await client.problem(SESSION)).status).toBe(401);
  });

  it('lets API tokens in until they are revoked', async () => {
    const created = await admin.get<{ id: string; secret: string }>('/api/v1/tokens', { method: 'POST', body: { name: 'crm' } });
    const headers = { authorization: `Bearer ${created.secret}` };
    expect(await gateway.client().get('/api/v1/users', { headers })).toHaveProperty('items');
    expect(await gateway.client().problem('/api/v1/tokens', { method: 'POST', body: { name: 'x' }, headers })).toMatchObject({ status: 403, type: 'sessions/needs-session' });
    expect((await admin.get<{ items: unknown[] }>('/api/v1/tokens')).items).toHaveLength(1);
    expect((await admin.send(`/api/v1/tokens/${created.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await gateway.client().problem('/api/v1/users', { headers })).toMatchObject({ status: 401, type: 'tokens/unknown' });
  });

  it('lets the operator act in another tenant, and nobody else', async () => {
    const user = gateway.provisioning.add('acme', 'Boss');
    const acme = { 'sfs-tenant': 'acme' };
    const { oneTimePassword } = await admin.get<Created>(`/api/v1/users/${user.id}/account`, { method: 'POST', body: { login: 'boss', role: 'administrator' }, headers: acme });
    const boss = await gateway.client().signIn('boss', oneTimePassword);
    const changed = await boss.send(`${SESSION}/password`, { method: 'PUT', body: { current: oneTimePassword, next: 'the boss of acme' } });
    boss.cookie = cookieOf(changed);
    const { items } = await boss.get<{ items: { displayName: string }[] }>('/api/v1/users');
    expect(items.map(({ displayName }) => displayName)).toEqual(['Boss']);
    expect(await boss.problem('/api/v1/users', { headers: { 'sfs-tenant': 'default' } })).toMatchObject({ status: 403, type: 'tenants/not-yours' });
    expect((await boss.get<{ items: { id: string }[] }>('/api/v1/tenants')).items.map(({ id }) => id)).toEqual(['acme']);
    expect(await boss.problem('/api/v1/tenants', { method: 'POST', body: { id: 'mine', displayName: 'Mine' } })).toMatchObject({ status: 403, type: 'tenants/operator-only' });
  });

  it('refuses further attempts after too many failures', async () => {
    const user = gateway.provisioning.add('default', 'Victim');
    const { oneTimePassword } = await invite(user.id, 'victim');
    const attempt = (password: string): Promise<Response> => gateway.client().send(SESSION, { method: 'POST', body: { login: 'victim', password } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => attempt('wrong')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 401));
    const refused = await attempt(oneTimePassword);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
  });

  it('keeps who signed in and what became of accounts, merged with the changes of the owners', async () => {
    const events: string[] = [];
    let pageToken = '';
    do {
      const page = await admin.get<{ items: { owner: string; kind: string; entityId: string; after: { event?: string } }[]; nextPageToken: string }>(`/api/v1/changes?pageSize=7&pageToken=${pageToken}`);
      events.push(...page.items.map(({ owner, kind, entityId, after }) => `${owner} ${kind} ${owner === 'gateway' && kind !== 'token' ? entityId : ''} ${after.event ?? ''}`.trim()));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    for (const expected of ['gateway account admin created', 'gateway sign-in admin signed-in', 'gateway sign-in admin signed-out', 'gateway sign-in victim failed', 'gateway account ada password-changed', 'gateway account grace password-reset', 'gateway account gone removed', 'gateway token  created', 'gateway token  revoked', 'provisioning user']) {
      expect(events).toContain(expected);
    }
    expect(events.filter((event) => event === 'gateway sign-in victim failed')).toHaveLength(10);
    expect(events.filter((event) => event === 'provisioning user')).toHaveLength([...gateway.provisioning.users.keys()].filter((key) => key.startsWith('default/')).length);
  });
});
