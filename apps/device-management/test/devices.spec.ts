import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateDeviceRequest, DeviceSettings, PutDeviceLayerRequest, PutDeviceProfileRequest, UpdateDeviceRequest } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { eventually } from '@sfs/testing';
import { context, openPlace, refusalOf, rules, startApp, untilReady, type Place, type Running } from './device-management-under-test.ts';

const LINE = { switchId: 'main', number: '1002' };
const HERE = '10.0.0.7';
const macOf = (number: number): string => `805ec0${number.toString(16).padStart(6, '0')}`;

let place: Place;
let app: Running;

beforeAll(async () => {
  place = await openPlace();
  app = await startApp(place);
  await untilReady(app);
});

afterAll(async () => {
  await app.end();
  await place.close();
});

const create = (mac: string, more: Partial<CreateDeviceRequest> = {}, at = app) => call(at.devices, 'createDevice', CreateDeviceRequest.create({ mac, model: 'T46U', ...more }), context, rules);
const view = async (mac: string, at = app) => (await call(at.devices, 'getDevice', { mac }, context, rules)).view;
const list = (more: object = {}, at = app) => call(at.devices, 'listDevices', { query: '', state: '', pageSize: 0, pageToken: '', ...more }, context, rules);
const eventsOf = async (mac: string) => (await call(app.devices, 'listDeviceEvents', { mac, pageSize: 0, pageToken: '' }, context, rules)).events;
const changesOf = async (entityId: string) => (await call(app.devices, 'listDeviceChanges', { entityId, pageSize: 0, pageToken: '' }, context, rules)).changes;

describe('a device', () => {
  it('waits, is entered, enrols, runs its revision, changes and goes', async () => {
    const mac = macOf(1);
    app.parts.facts.waits({ tenant: 'default', mac, vendor: 'yealink', model: 'T46U', firmware: '108.86', address: HERE, userAgent: 'Yealink SIP-T46U' });
    expect(await view(mac)).toMatchObject({ state: 'waiting', lastAddress: HERE, firmware: '108.86', device: { mac, model: 'T46U', meta: undefined } });
    await eventually('the list', async () => (await list({ state: 'waiting' })).devices.length === 1 || undefined);

    const made = (await create(mac, { model: '', label: 'Reception', ...LINE })).view;
    expect(made).toMatchObject({ state: 'assigned', userName: 'Bea', windowAddress: HERE, device: { vendor: 'yealink', credentialGeneration: 1, meta: { version: 1, actor: 'ann', site: 'site-a' } } });
    expect([app.parts.enrolment.isOpen(mac, HERE), app.parts.enrolment.isOpen(mac, '10.0.0.8')]).toEqual([true, false]);

    expect(await app.parts.enrolment.take(mac, HERE)).toBe(true);
    await app.parts.enrolment.used(mac);
    app.parts.facts.note({ tenant: 'default', mac, kind: 'request', subject: `${mac}.cfg`, status: 200, outcome: 'window', address: HERE, userAgent: 'Yealink SIP-T46U' });
    app.parts.facts.note({ tenant: 'default', mac, kind: 'revision', subject: 'entered', revision: 1 });
    app.parts.facts.fetched({ tenant: 'default', mac, revision: 1, generation: 0 });
    expect(await view(mac)).toMatchObject({ state: 'in-step', declaredRevision: 1, runningRevision: 1, windowOpenUntil: '' });
    const kinds = await eventually('the timeline', async () => {
      const all = (await eventsOf(mac)).map(({ kind }) => kind);
      return all.length === 4 ? all.toSorted() : undefined;
    });
    expect(kinds).toEqual(['request', 'revision', 'window-opened', 'window-used']);

    const tag = made?.device?.meta?.tag ?? '';
    const wished = UpdateDeviceRequest.create({ mac, model: 'T46U', label: 'Desk', switchId: 'main', number: '1003', settings: DeviceSettings.create({ codecs: { codecs: ['g722'] }, vendorParameters: { 'phone.tone': '1' } }), expectedTag: tag });
    const changed = (await call(app.devices, 'updateDevice', wished, context, rules)).view;
    expect(changed).toMatchObject({ userName: '', windowAddress: HERE, device: { label: 'Desk', settings: { codecs: { codecs: ['g722'] }, vendorParameters: { 'phone.tone': '1' } } } });
    expect(await refusalOf(call(app.devices, 'updateDevice', wished, context, rules))).toBe('conflict devices/stale-version');

    const last = changed?.device?.meta?.tag ?? '';
    await call(app.devices, 'deleteDevice', { mac, expectedTag: last }, context, rules);
    await call(app.devices, 'deleteDevice', { mac, expectedTag: last }, context, rules);
    expect(await refusalOf(view(mac))).toBe('not-found devices/unknown');
    expect((await changesOf(mac)).map(({ kind, deleted }) => `${kind}${deleted ? ' deleted' : ''}`).toSorted()).toEqual(['device', 'device', 'device deleted', 'enrolment', 'enrolment', 'enrolment', 'enrolment', 'enrolment deleted']);
    expect((await create(mac)).view?.device?.credentialGeneration).toBe(3);
  });

  it('is entered once of many at once, and stays with its tenant', async () => {
    const mac = macOf(2);
    const refusals = await Promise.all(Array.from({ length: 6 }, () => refusalOf(create(mac))));
    expect(refusals.toSorted()).toEqual([...Array<string>(5).fill('conflict devices/exists'), 'none'].toSorted());
    const elsewhere = call(app.devices, 'createDevice', CreateDeviceRequest.create({ mac, model: 'T46U' }), { ...context, tenant: 'acme' }, rules);
    expect(await refusalOf(elsewhere)).toBe('conflict devices/mac-of-another-tenant');
  });

  it('is entered once by a request that is repeated', async () => {
    const mac = macOf(3);
    const [first, again] = [await create(mac, { idempotencyKey: 'k-3', ...LINE }), await create(mac, { idempotencyKey: 'k-3', ...LINE })];
    expect(again.view?.device?.meta?.tag).toBe(first.view?.device?.meta?.tag);
  });

  it('shows its files masked, and whoever saw more is in its history', async () => {
    const mac = macOf(4);
    await create(mac, LINE);
    const files = async (reveal: boolean) => (await call(app.devices, 'getDeviceFiles', { mac, reveal }, context, rules)).files.find(({ kind }) => kind === 'own')?.lines;
    expect(await files(false)).toEqual([{ text: 'password = ••••••••', origin: 'secret' }]);
    expect((await changesOf(mac)).some(({ kind }) => kind === 'device-reveal')).toBe(false);
    expect(await files(true)).toEqual([{ text: 'password = of-the-phone', origin: 'secret' }]);
    expect((await changesOf(mac)).find(({ kind }) => kind === 'device-reveal')).toMatchObject({ entityId: mac, actor: 'ann', body: '{}' });
  });

  it('is rotated, asked to fetch, and its window is closed unused', async () => {
    const mac = macOf(5);
    await create(mac, LINE);
    expect((await call(app.devices, 'rotateCredential', { mac }, context, rules)).view?.device?.credentialGeneration).toBe(2);
    expect(await call(app.devices, 'sendCheckSync', { mac }, context, rules)).toEqual({ status: 200, meaning: 'delivered' });
    expect(app.asked).toContain(mac);
    expect((await call(app.devices, 'closeEnrolment', { mac }, context, rules)).view?.windowOpenUntil).toBe('');
    expect((await call(app.devices, 'openEnrolment', { mac, minutes: 5, fromAnyAddress: true }, context, rules)).view?.windowOpenUntil).not.toBe('');
  });
});

describe('settings', () => {
  it('come down from tenant, site and profile, each with its origin', async () => {
    const mac = macOf(6);
    const settings = (more: Partial<DeviceSettings>) => DeviceSettings.create(more);
    const profile = await call(app.settings, 'putDeviceProfile', PutDeviceProfileRequest.create({ id: 'reception', name: 'Reception', settings: settings({ language: 'de', checkMinutes: 30 }) }), context, rules);
    await call(app.settings, 'putDeviceLayer', PutDeviceLayerRequest.create({ layer: 'tenant', settings: settings({ ntpServer: 'ntp.example', language: 'fr' }) }), context, rules);
    const site = await call(app.settings, 'putDeviceLayer', PutDeviceLayerRequest.create({ layer: 'site', id: 'berlin', settings: settings({ timeZone: 'Europe/Berlin' }) }), context, rules);
    expect(site.effective.filter(({ origin }) => origin !== 'system').map(({ name, origin }) => `${name} ${origin}`)).toEqual(['timeZone site', 'language tenant', 'ntpServer tenant']);
    const made = (await create(mac, { ...LINE, profileId: 'reception', settings: settings({ checkMinutes: 5 }) })).view;
    expect(made?.effective.filter(({ origin }) => origin !== 'system').map(({ name, value, origin }) => `${name} ${value} ${origin}`)).toEqual(['timeZone "Europe/Berlin" site', 'language "de" profile', 'ntpServer "ntp.example" tenant', 'checkMinutes 5 device']);
    const { profiles } = await call(app.settings, 'listDeviceProfiles', {}, context, rules);
    expect(profiles).toMatchObject([{ devices: 1, profile: { id: 'reception' } }]);
    const inUse = call(app.settings, 'deleteDeviceProfile', { id: 'reception', expectedTag: profile.profile?.meta?.tag ?? '' }, context, rules);
    expect(await refusalOf(inUse)).toBe('conflict device-profiles/in-use');
    expect((await changesOf('device-layer/site/berlin')).length).toBe(1);
  });
});

describe('several replicas', () => {
  it('let one of many phones with the same MAC have the window', async () => {
    const mac = macOf(7);
    await create(mac, LINE);
    const other = await startApp(place, { SFS_INSTANCE: 'B' });
    try {
      await untilReady(other);
      await eventually('the other replica', () => other.parts.enrolment.isOpen(mac, HERE) || undefined, 20_000);
      const takes = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? app : other).parts.enrolment.take(mac, HERE)));
      expect(takes.filter(Boolean).length).toBe(1);
      await eventually('both know', () => (!app.parts.enrolment.isOpen(mac, HERE) && !other.parts.enrolment.isOpen(mac, HERE)) || undefined, 20_000);
      expect(other.parts.known.find(mac)?.number).toBe('1002');
      await create(macOf(8), LINE, other);
      await eventually('a device of the other replica', () => app.parts.known.find(macOf(8)), 20_000);
    } finally {
      await other.end();
    }
  });
});

describe('a restart', () => {
  it('finds everything, also when the store comes later', async () => {
    const mac = macOf(9);
    await create(mac, LINE);
    app.parts.facts.note({ tenant: 'default', mac, kind: 'request', address: HERE });
    app.parts.facts.fetched({ tenant: 'default', mac, revision: 4, generation: 1 });
    await app.end();
    await place.cassandra.cut();
    app = await startApp(place);
    expect([app.service.health().ready, await refusalOf(list())]).toEqual([false, 'unavailable devices/not-loaded']);
    await place.cassandra.heal();
    await untilReady(app);
    await eventually('the statuses', async () => (await view(mac))?.runningRevision === 4 || undefined, 30_000);
    expect(await view(mac)).toMatchObject({ lastAddress: HERE, device: { number: '1002' } });
    expect([app.parts.enrolment.isOpen(mac, HERE), app.parts.facts.usedGeneration(mac)]).toEqual([true, 1]);
  });
});
