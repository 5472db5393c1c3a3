import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { aSite, forwardAllTo } from './builders.ts';
import { connectClients, context, openPlace, startApp, type Place, type Running } from './dial-plan-under-test.ts';
import { until } from './rig.ts';

const within = { deadlineMs: 15_000 };
const put = { switchId: 'site-a', expectedTag: '', idempotencyKey: '' };
const rings = async (app: Running): Promise<unknown> => ((await app.ask()).body['steps'] as { ring: string[] }[] | undefined)?.[0]?.ring;
const metric = async (app: Running, name: string): Promise<number> => Number((await app.metrics.getSingleMetricAsString(name)).split(' ').at(-1));

let place: Place;
let app: Running | undefined;
beforeAll(async () => {
  place = await openPlace();
  place.provisioning.put(...aSite().directory);
  app = await startApp(place);
  const first = app;
  await until(async () => (await first.heartbeat()) === 200, 'a heartbeat', 30_000);
  const clients = connectClients(place);
  await call(clients.plans, 'putSwitchSettings', { ...put, settings: SwitchSettings.fromJSON({ active: true, defaultProfileId: 'standard', maxForwards: 5 }) }, context, within);
  await call(clients.plans, 'putPartition', { ...put, partition: Partition.fromJSON({ id: 'phones', name: 'Phones', active: true, patterns: ['1XXX'], action: 'extension' }) }, context, within);
  // snapshots are at least a second apart: the one before is on disk before the last change comes
  await until(() => existsSync(join(place.snapshots, 'snapshot.ndjson')), 'the first snapshot', 10_000);
  await call(clients.plans, 'putCallingProfile', { ...put, callingProfile: CallingProfile.fromJSON({ id: 'standard', name: 'Standard', partitionIds: ['phones'] }) }, context, within);
  clients.close();
  await until(async () => JSON.stringify(await rings(first)) === '["sip:1002@site-a.test"]', 'the plan live');
  await first.end();
});
afterAll(async () => {
  await app?.end();
  await place.close();
});

const cutAll = async (): Promise<void> => {
  place.provisioning.stop();
  await Promise.all([place.lines.cassandra.cut(), place.lines.kafka.cut()]);
};

describe('with Cassandra, Kafka and provisioning away', () => {
  it('a restarted replica decides from its snapshot, says so, and needs no store for it', async () => {
    await cutAll();
    const started = performance.now();
    app = await startApp(place);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await app.heartbeat()).toBe(200);
    const { status, body } = await app.ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ loadedFrom: 'snapshot', steps: [{ ring: ['sip:1002@site-a.test'] }] });
    expect(app.service.health()).toMatchObject({ ready: true, checks: [{ ok: true }, { name: 'cassandra', ok: false }, { name: 'kafka', ok: false }] });
    expect(await metric(app, 'sfs_dialplan_from_snapshot')).toBe(1);
    await app.end();
  });

  it('a damaged snapshot is refused and the one before is used', async () => {
    writeFileSync(join(place.snapshots, 'snapshot.ndjson'), 'damaged');
    app = await startApp(place);
    expect(await app.heartbeat()).toBe(200);
    expect(await metric(app, 'sfs_dialplan_snapshots_refused_total')).toBe(1);
  });

  it('decisions are remembered and written later, changes flow again without a restart', async () => {
    const running = app as Running;
    await running.ask({ callId: 'while-away' });
    const clients = connectClients(place);
    const remembered = await call(clients.decisions, 'getDecisions', { callId: 'while-away' }, context, within);
    expect(remembered.decisions).toHaveLength(1);
    expect(await metric(running, 'sfs_dialplan_records_waiting')).toBeGreaterThan(0);

    place.provisioning.put(forwardAllTo('user/u-1002', '1003'));
    await place.provisioning.start();
    await Promise.all([place.lines.cassandra.heal(), place.lines.kafka.heal()]);
    await until(async () => JSON.stringify(await rings(running)) === '["sip:1003@site-a.test"]', 'the change that was made meanwhile', 30_000);
    await until(async () => (await running.ask()).body['loadedFrom'] === 'live', 'both owners heard', 30_000);
    await until(() => running.service.health().checks.every(({ ok }) => ok), 'everything connected', 30_000);
    await until(async () => (await metric(running, 'sfs_dialplan_records_waiting')) === 0, 'the records written', 30_000);

    await place.provisioning.publish({ ...forwardAllTo('user/u-1002', '1001'), version: 2 });
    await until(async () => (await running.ask({ from: '1003' })).body['steps'] !== undefined && JSON.stringify(((await running.ask({ from: '1003' })).body['steps'] as { ring: string[] }[])[0]?.ring) === '["sip:1001@site-a.test"]', 'an event');
    clients.close();
  });
});
