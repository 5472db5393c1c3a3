import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { aSite, forwardAllTo } from './builders.ts';
import { connectClients, context, openPlace, startApp, type Clients, type Place, type Running } from './dial-plan-under-test.ts';
import { until } from './rig.ts';

const within = { deadlineMs: 15_000 };
const phones = Partition.fromJSON({ id: 'phones', name: 'Phones', active: true, patterns: ['1XXX'], action: 'extension' });
const standard = CallingProfile.fromJSON({ id: 'standard', name: 'Standard', partitionIds: ['phones'] });
const settings = SwitchSettings.fromJSON({ active: true, defaultProfileId: 'standard', inboundProfileId: 'standard', emergencyNumbers: ['112'], emergencyTrunk: 'pstn', trunks: [{ name: 'pstn', uri: 'sip:192.0.2.1:5060' }], maxForwards: 5 });

let place: Place;
let app: Running;
let clients: Clients;
beforeAll(async () => {
  place = await openPlace();
  place.provisioning.put(...aSite().directory);
  app = await startApp(place);
  clients = connectClients(place);
  await until(async () => (await app.heartbeat()) === 200, 'a heartbeat', 30_000);
});
afterAll(async () => {
  clients.close();
  await app.end();
  await place.close();
});

const put = { switchId: 'site-a', expectedTag: '', idempotencyKey: '' };
const ring = (body: Record<string, unknown>): unknown => (body['steps'] as { ring: string[] }[]).map((step) => step.ring);
const await_ = (kind: string, entityId: string, version: number, deadlineMs = 10_000) => call(clients.decisions, 'awaitEffect', { kind, entityId, version }, context, { deadlineMs });

describe('a plan that is written', () => {
  it('takes effect, and AwaitEffect says when', async () => {
    expect((await app.ask()).body['reject']).toBeDefined();
    const stored = await call(clients.plans, 'putSwitchSettings', { ...put, settings }, context, within);
    await call(clients.plans, 'putPartition', { ...put, partition: phones }, context, within);
    const profile = await call(clients.plans, 'putCallingProfile', { ...put, callingProfile: standard }, context, within);
    const { revision, replica } = await await_('calling-profile', 'site-a/standard', profile.callingProfile?.meta?.version ?? 0);
    const { body } = await app.ask();
    expect(ring(body)).toEqual([['sip:1002@site-a.test']]);
    expect(body['revision']).toBe(revision);
    expect(replica).toBe('A');
    expect(stored.settings?.meta).toMatchObject({ version: 1, actor: 'admin' });
  });

  it('is read back with tags and without faults', async () => {
    const plan = await call(clients.plans, 'getPlan', { switchId: 'site-a' }, context, within);
    expect(plan.partitions).toMatchObject([{ id: 'phones', meta: { version: 1, tag: expect.stringMatching(/./) } }]);
    expect(plan.callingProfiles).toMatchObject([{ id: 'standard', partitionIds: ['phones'] }]);
    expect(plan.settings).toMatchObject({ emergencyNumbers: ['112'], maxForwards: 5 });
    expect(plan.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is refused naming the rule, and nothing changes', async () => {
    const { body: before } = await app.ask();
    const blocking = Partition.fromJSON({ id: 'no-emergency', name: 'No emergency', active: true, patterns: ['112'], action: 'block', blockCode: 403, blockReason: 'Forbidden' });
    const refused = call(clients.plans, 'putPartition', { ...put, partition: blocking }, context, within);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'plan/emergency-shadowed', details: { partitionId: 'no-emergency', pattern: '112', remedy: expect.stringMatching(/./) } });
    const { body: after } = await app.ask();
    expect(after['revision']).toBe(before['revision']);
  });

  it('is refused on a stale tag, and a retry with the same key does no harm', async () => {
    const plan = await call(clients.plans, 'getPlan', { switchId: 'site-a' }, context, within);
    const expectedTag = plan.partitions[0]?.meta?.tag ?? '';
    const wish = { switchId: 'site-a', partition: { ...phones, name: 'Telephones' }, expectedTag, idempotencyKey: 'key-1' };
    const first = await call(clients.plans, 'putPartition', wish, context, within);
    const again = await call(clients.plans, 'putPartition', wish, context, within);
    expect(again.partition?.meta?.tag).toBe(first.partition?.meta?.tag);
    await expect(call(clients.plans, 'putPartition', { ...wish, idempotencyKey: '' }, context, within)).rejects.toMatchObject({ kind: 'conflict', code: 'plan/stale-version' });
  });

  it('is in the history with what was before', async () => {
    const { changes } = await call(clients.plans, 'listPlanChanges', { pageSize: 10, pageToken: '' }, context, within);
    expect(changes[0]).toMatchObject({ kind: 'partition', entityId: 'site-a/phones', meta: { version: 2 } });
    expect(JSON.parse(changes[0]?.body ?? '')).toMatchObject({ name: 'Telephones' });
    expect(JSON.parse(changes[0]?.previousBody ?? '')).toMatchObject({ name: 'Phones' });
  });

  it('keeps what is in use', async () => {
    const { callingProfiles } = await call(clients.plans, 'getPlan', { switchId: 'site-a' }, context, within);
    const request = { switchId: 'site-a', id: 'standard', expectedTag: callingProfiles[0]?.meta?.tag ?? '' };
    await expect(call(clients.plans, 'deleteCallingProfile', request, context, within)).rejects.toMatchObject({ code: 'plan/in-use' });
  });
});

describe('a change of provisioning', () => {
  it('is followed: the next call goes elsewhere', async () => {
    const change = forwardAllTo('user/u-1002', '1003');
    await place.provisioning.publish(change);
    const { revision } = await await_('call-settings', 'user/u-1002', 1);
    const { body } = await app.ask();
    expect(ring(body)).toEqual([['sip:1003@site-a.test']]);
    expect(body['revision']).toBe(revision);
    await place.provisioning.publish({ ...forwardAllTo('user/u-1002', '1003'), version: 2, deleted: true });
    await await_('call-settings', 'user/u-1002', 2);
    expect(ring((await app.ask()).body)).toEqual([['sip:1002@site-a.test']]);
  });

  it('that never came is said, not waited for without end', async () => {
    const started = performance.now();
    await expect(await_('user', 'u-1002', 99, 500)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is as fresh as the last tick', async () => {
    await place.provisioning.tick(new Date(Date.now() - 60_000).toISOString());
    await until(async () => ((await app.ask()).body['staleness'] as Record<string, number>)['provisioning@site-a'] !== -1, 'a tick');
    const { body } = await app.ask();
    expect((body['staleness'] as Record<string, number>)['provisioning@site-a']).toBeGreaterThan(59_000);
    expect(await app.metrics.metrics()).toMatch(/sfs_dialplan_staleness_seconds\{owner="provisioning",site="site-a"\} 6\d/);
    await place.provisioning.tick();
    await until(async () => (((await app.ask()).body['staleness'] as Record<string, number>)['provisioning@site-a'] ?? 0) < 5_000, 'a fresh tick');
  });
});

describe('decisions', () => {
  it('are simulated with the reasons, and not recorded', async () => {
    const request = { switchId: 'site-a', from: '1001', to: '112', origin: 'internal' };
    const { planJson, traceJson } = await call(clients.decisions, 'simulateCall', request, context, within);
    expect(JSON.parse(planJson)).toMatchObject({ emergency: true });
    expect(JSON.parse(traceJson)).toMatchObject({ caller: { profileId: 'standard' } });
    const { decisions } = await call(clients.decisions, 'getDecisions', { callId: 'simulated' }, context, within);
    expect(decisions).toEqual([]);
  });

  it('are found by their Call-ID with the trace, from the store', async () => {
    await app.ask({ callId: 'past-call' });
    await until(async () => (await app.metrics.getSingleMetricAsString('sfs_dialplan_records_waiting')).endsWith(' 0'), 'the records stored');
    const { decisions } = await call(clients.decisions, 'getDecisions', { callId: 'past-call' }, context, within);
    expect(decisions).toMatchObject([{ switchId: 'site-a', from: '1001', to: '1002', summary: 'Rings 1002', outcome: 'route', replica: 'A' }]);
    expect(JSON.parse(decisions[0]?.traceJson ?? '')).toMatchObject({ candidates: [{ partitionId: 'phones', pattern: '1XXX', result: 'won' }] });
    const foreign = await call(clients.decisions, 'getDecisions', { callId: 'past-call' }, { ...context, tenant: 'other' }, within);
    expect(foreign.decisions).toEqual([]);
  });

  it('are listed newest first, page by page', async () => {
    for (const callId of ['page-1', 'page-2', 'page-3']) await app.ask({ callId });
    const page = (pageToken: string) => call(clients.decisions, 'listDecisions', { switchId: 'site-a', pageSize: 2, pageToken }, context, within);
    const first = await page('');
    const second = await page(first.nextPageToken);
    expect([...first.decisions, ...second.decisions].map(({ callId }) => callId).slice(0, 3)).toEqual(['page-3', 'page-2', 'page-1']);
    await expect(page('nonsense')).rejects.toMatchObject({ kind: 'invalid', code: 'page/bad-token' });
    await expect(call(clients.decisions, 'listDecisions', { switchId: 'site-a', pageSize: 2, pageToken: '' }, { ...context, tenant: 'other' }, within)).rejects.toBeInstanceOf(DomainError);
  });
});

describe('the status', () => {
  it('tells switches, sources and what was refused', async () => {
    await fetch(app.url.replace('site-a', 'site-z'), { method: 'POST', body: '{}' });
    const status = await call(clients.decisions, 'getStatus', {}, context, within);
    expect(status).toMatchObject({ replica: 'A', site: 'site-a', loadedFrom: 'fresh', switches: [{ switchId: 'site-a', deciding: true, reason: '' }] });
    expect(status.sources.map(({ owner, site }) => `${owner}@${site}`)).toEqual(['provisioning@site-a', 'dialplan@site-a']);
    expect(status.sources.find(({ owner }) => owner === 'dialplan')?.ageMs).toBeLessThan(10_000);
    expect(status.refusals[0]).toMatchObject({ switchId: 'site-z', outcome: 'refused', summary: expect.stringContaining('switch/unknown') });
  });

  it('is ready with every check green', () => {
    expect(app.service.health()).toMatchObject({ ready: true, checks: [{ name: 'switch site-a', ok: true }, { name: 'cassandra', ok: true }, { name: 'kafka', ok: true }] });
  });
});
