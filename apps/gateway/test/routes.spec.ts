import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@sfs/rest-contract';
import { type GatewayUnderTest, type RestClient, startGatewayUnderTest } from './gateway-under-test.ts';

const V1 = '/api/v1';

describe('routes through to the services', () => {
  let gateway: GatewayUnderTest;
  let admin: RestClient;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    admin = await gateway.administrator();
  });
  afterAll(() => gateway.stop());

  it('create with ETag, change with If-Match, and carry request id, tenant and actor', async () => {
    const created = await admin.send(`${V1}/users`, { method: 'POST', body: { displayName: 'Ada', siteId: 'site-a' }, headers: { 'x-request-id': 'req-1' } });
    expect(created.status).toBe(201);
    expect(created.headers.get('x-request-id')).toBe('req-1');
    const user = routes.createUser.response.parse(await created.json());
    expect(created.headers.get('etag')).toBe(`"${user.meta.tag}"`);
    expect(gateway.provisioning.server.calls.at(-1)).toMatchObject({ method: 'createUser', context: { tenant: 'default', actor: 'admin', requestId: 'req-1' } });
    const changed = await admin.send(`${V1}/users/${user.id}`, { method: 'PUT', body: { ...user, displayName: 'Ada L.' }, headers: { 'if-match': created.headers.get('etag') ?? '' } });
    expect(routes.updateUser.response.parse(await changed.json())).toMatchObject({ displayName: 'Ada L.', meta: { version: 2 } });
    expect(changed.headers.get('etag')).not.toBe(created.headers.get('etag'));
  });

  it('a retry after an unknown outcome does no harm', async () => {
    const request = { method: 'POST', body: { displayName: 'Once', siteId: 'site-a' }, headers: { 'idempotency-key': 'key-1' } };
    gateway.provisioning.loseNextAnswer = true;
    const unknown = await admin.problem(`${V1}/users`, request);
    expect(unknown).toMatchObject({ status: 503, type: 'outcome-unknown' });
    expect(unknown.remedy).toContain('same Idempotency-Key');
    expect((await admin.send(`${V1}/users`, request)).status).toBe(201);
    expect([...gateway.provisioning.users.values()].filter(({ displayName }) => displayName === 'Once')).toHaveLength(1);
  });

  it('import a file', async () => {
    const answer = await admin.get(`${V1}/imports/users?dryRun=true`, { method: 'POST', body: 'display_name,email,site,switch,number,calling_profile\nAda,,site-a,site-a,1001,\n', headers: { 'content-type': 'text/csv' } });
    expect(routes.importUsers.response.parse(answer)).toEqual({ dryRun: true, rows: [{ line: 2, outcome: 'create', field: '', message: '', userId: '' }] });
  });

  it('create a partition, try a call, and explain a past one', async () => {
    const created = await admin.send(`${V1}/switches/site-a/partitions/out`, { method: 'PUT', body: { name: 'Out', patterns: ['9X.'], action: { kind: 'trunk', trunks: ['pstn'] } }, headers: { 'if-none-match': '*' } });
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"tag-1"']);
    const tried = routes.simulateCall.response.parse(await admin.get(`${V1}/switches/site-a/simulate`, { method: 'POST', body: { from: '1001', to: '1002' } }));
    expect(tried.plan.steps[0]?.ring).toEqual(['sip:1002@site-a']);
    const past = routes.explainCall.response.parse(await admin.get(`${V1}/calls/c-1`));
    expect(past.items[0]).toMatchObject({ summary: 'Rings 1002', trace: { revision: 'p1-d1' } });
    expect(routes.listDecisions.response.parse(await admin.get(`${V1}/switches/site-a/decisions`)).items).toHaveLength(1);
    expect(routes.getDialPlan.response.parse(await admin.get(`${V1}/switches/site-a/dial-plan`)).settings).toMatchObject({ active: false, meta: { tag: '' } });
  });

  it('show every part, also those that cannot be reached', async () => {
    const overview = routes.getOverview.response.parse(await admin.get(`${V1}/overview`));
    expect(overview.services).toMatchObject([{ service: 'gateway', alive: true, ready: true }]);
    expect(overview.replicas.map(({ replica, reachable }) => [replica, reachable])).toEqual([['A', true], ['B', true]]);
    expect(overview.replicas[0]?.refusals[0]).toMatchObject({ switchId: 'site-z' });
  });

  it('wait until all reachable replicas decide with a change', async () => {
    const query = `${V1}/effects?kind=user&entityId=u-1&version=2&timeoutMs=300`;
    gateway.replicas[0]?.inEffect.add('user u-1 2');
    expect(routes.getEffect.response.parse(await admin.get(query))).toMatchObject({ inEffect: false, replicas: [{ replica: 'A', inEffect: true }, { inEffect: false }] });
    gateway.replicas[1]?.inEffect.add('user u-1 2');
    const effect = routes.getEffect.response.parse(await admin.get(query));
    expect(effect).toMatchObject({ inEffect: true, replicas: [{ replica: 'A' }, { replica: 'B' }] });
    expect(effect.waitedMs).toBeLessThan(300);
  });

  it('publish the API', async () => {
    expect(await gateway.client().get('/api/openapi.json')).toMatchObject({ openapi: '3.1.0' });
  });

  it('serve the UI with cache rules and a strict policy, and its pages by any path of theirs', async () => {
    const page = await gateway.client().send('/users/6f1fdd0e');
    expect([page.status, page.headers.get('cache-control'), page.headers.get('content-type')]).toEqual([200, 'no-cache', 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const asset = await gateway.client().send('/assets/main-1a2b.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await gateway.client().send('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } })).status).toBe(304);
    expect((await admin.send(`${V1}/users`)).headers.get('cache-control')).toBe('no-store');
  });

  it('go on without a replica, and say so when a service is away', async () => {
    gateway.replicas[0]?.server.close();
    expect(await admin.get(`${V1}/calls/c-1`)).toHaveProperty('items');
    expect(routes.getOverview.response.parse(await admin.get(`${V1}/overview`)).replicas.map(({ reachable }) => reachable)).toEqual([false, true]);
    expect(routes.getEffect.response.parse(await admin.get(`${V1}/effects?kind=user&entityId=u-1&version=2`)).inEffect).toBe(true);
    gateway.provisioning.server.close();
    const away = await admin.send(`${V1}/users`);
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '2']);
    expect(gateway.service.health()).toMatchObject({ ready: true });
  });
});
