import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, routes } from '@sfs/rest-contract';
import { eventually, freePort } from '@sfs/testing';
import { type DeviceManagement, startDeviceManagement } from './device-management.ts';
import { type GatewayUnderTest, type RestClient, type Sent, startGatewayUnderTest } from './gateway-under-test.ts';
import { SIP_PASSWORD } from './stub-provisioning.ts';

const V1 = '/api/v1';
const DESK = '001565aa0001';
const WAITING = '001565aa0002';
const ABSENT = '001565aa0003';
const ACME = { 'sfs-tenant': 'acme' };
const conditional = (etag: string): Record<string, string> => ({ 'if-match': etag });

describe('phones through the REST door and the real service', () => {
  let gateway: GatewayUnderTest;
  let service: DeviceManagement;
  let admin: RestClient;
  beforeAll(async () => {
    const grpcPort = await freePort();
    gateway = await startGatewayUnderTest({ deviceManagement: `127.0.0.1:${grpcPort}` });
    gateway.provisioning.addLine('default', '1002', gateway.provisioning.add('default', 'Ada'));
    service = await startDeviceManagement({ grpcPort, provisioning: gateway.provisioning.server.address });
    admin = await gateway.administrator();
    await eventually('the devices are known', async () => (await admin.send(`${V1}/devices`)).ok || undefined, 60_000).catch((error: unknown) => Promise.reject(new Error(service.output(), { cause: error })));
  });
  afterAll(async () => {
    await service.end();
    await gateway.stop();
  });

  const read = async (mac: string): Promise<{ device: Device; etag: string }> => {
    const response = await admin.send(`${V1}/devices/${mac}`);
    return { device: routes.getDevice.response.parse(await response.json()), etag: response.headers.get('etag') ?? '' };
  };
  const listed = async (query: string): Promise<string[]> => routes.listDevices.response.parse(await admin.get(`${V1}/devices?${query}`)).items.map(({ mac }) => mac);

  it('that ask and are unknown wait in the list', async () => {
    const asked = await fetch(`${service.phoneFiles}/${WAITING}.cfg`, { headers: { 'user-agent': `Yealink SIP-T46U 108.86.0.20 ${WAITING}` } });
    expect([asked.status, (await asked.text()).includes(SIP_PASSWORD)]).toEqual([200, false]);
    const [mac] = await eventually('it waits', async () => ((await listed('state=waiting')).length > 0 ? await listed('state=waiting') : undefined), 20_000);
    expect(mac).toBe(WAITING);
    expect(await read(WAITING)).toMatchObject({ device: { meta: null, state: 'waiting', vendor: 'yealink', model: 'T46U', lastAddress: '127.0.0.1' }, etag: '' });
  });

  it('are entered with a number, which opens the window, once in the deployment', async () => {
    const request: Sent = { method: 'POST', body: { mac: '00:15:65:AA:00:01', model: 'T46U', label: 'Desk', switchId: 'site-a', number: '1002' }, headers: { 'idempotency-key': 'enter-1' } };
    const created = await admin.send(`${V1}/devices`, request);
    expect(created.status).toBe(201);
    expect(routes.createDevice.response.parse(await created.json())).toMatchObject({ mac: DESK, vendor: 'yealink', userName: 'Ada', state: 'assigned', window: { address: '' } });
    expect((await admin.send(`${V1}/devices`, request)).status, 'the same request again').toBe(201);
    expect(await admin.problem(`${V1}/devices`, { ...request, headers: {} })).toMatchObject({ status: 409 });
    expect(await admin.problem(`${V1}/devices`, { method: 'POST', body: { mac: DESK, model: 'T46U' }, headers: ACME })).toMatchObject({ status: 409, field: 'mac' });
    expect(await listed('q=1002')).toEqual([DESK]);
    expect(await admin.problem(`${V1}/devices/${DESK}`, { headers: ACME })).toMatchObject({ status: 404, type: 'devices/unknown' });
    expect(await admin.problem(`${V1}/devices`, { method: 'POST', body: { mac: ABSENT, model: 'T46U', switchId: 'site-a', number: '1999' } })).toMatchObject({ status: 422, field: 'number' });
  });

  it('are changed on their ETag only', async () => {
    const { device, etag } = await read(DESK);
    const path = `${V1}/devices/${DESK}`;
    const settings = { language: 'de', codecs: ['g722', 'pcma'], vendorParameters: { 'features.dnd.allow': '0' } };
    const changed = await admin.send(path, { method: 'PUT', body: { ...device, settings }, headers: conditional(etag) });
    const now = routes.updateDevice.response.parse(await changed.json());
    expect(now.settings).toEqual(settings);
    expect(now.effective.find(({ name }) => name === 'codecs')).toEqual({ name: 'codecs', value: ['g722', 'pcma'], origin: 'device', layers: [{ layer: 'system', value: ['pcma', 'pcmu'] }, { layer: 'device', value: ['g722', 'pcma'] }] });
    expect(now.effective.find(({ name }) => name === 'vendorParameters.features.dnd.allow')).toMatchObject({ value: '0', origin: 'device' });
    expect(await admin.problem(path, { method: 'PUT', body: device, headers: conditional(etag) })).toMatchObject({ status: 412, currentTag: now.meta?.tag });
    expect(await admin.problem(path, { method: 'DELETE', headers: conditional(etag) })).toMatchObject({ status: 412 });
    const refused = await admin.problem(path, { method: 'PUT', body: { ...device, settings: { timeZone: 'Mars/Olympus' } }, headers: conditional(`"${now.meta?.tag}"`) });
    expect(refused).toMatchObject({ status: 422, field: 'settings.timeZone' });
  });

  it('show their files masked, and who saw the secrets', async () => {
    const path = `${V1}/devices/${DESK}/files`;
    const masked = routes.getDeviceFiles.response.parse(await admin.get(path));
    expect(masked.items.find(({ kind }) => kind === 'own')).toMatchObject({ name: `${DESK}.cfg`, revision: expect.any(Number) });
    expect(JSON.stringify(masked)).not.toContain(SIP_PASSWORD);
    expect(JSON.stringify(routes.revealDeviceFiles.response.parse(await admin.get(`${path}/reveal`, { method: 'POST' })))).toContain(SIP_PASSWORD);
    const { items } = routes.listChanges.response.parse(await admin.get(`${V1}/changes?q=device-reveal&pageSize=200`));
    expect(items).toMatchObject([{ owner: 'devices', actor: 'admin', entityId: DESK }]);
    expect(`${gateway.lines.join('')}${service.output()}`).not.toContain(SIP_PASSWORD);
    expect(await admin.problem(`${V1}/devices/${ABSENT}/files/reveal`, { method: 'POST' })).toMatchObject({ status: 404, type: 'devices/unknown' });
  });

  it('tell in their timeline who opened and closed the window and gave a new credential', async () => {
    const path = `${V1}/devices/${DESK}`;
    expect((await admin.send(`${path}/enrolment`, { method: 'DELETE' })).status).toBe(204);
    expect(routes.openEnrolment.response.parse(await admin.get(`${path}/enrolment`, { method: 'POST', body: { minutes: 5 } })).window).not.toBeNull();
    expect(routes.rotateCredential.response.parse(await admin.get(`${path}/credential`, { method: 'POST' })).meta?.version).toBe(3);
    const kinds = ['window-opened', 'window-closed', 'credential-rotated'];
    const events = await eventually('all of it is in the timeline', async () => {
      const { items } = routes.listDeviceEvents.response.parse(await admin.get(`${path}/events`));
      const ours = items.filter(({ kind }) => kinds.includes(kind));
      return new Set(ours.map(({ kind }) => kind)).size === kinds.length ? ours : undefined;
    }, 20_000);
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(['admin']));
  });

  it('follow profile and tenant', async () => {
    const profile = `${V1}/device-profiles/reception`;
    const created = await admin.send(profile, { method: 'PUT', body: { name: 'Reception', settings: { checkMinutes: 15 } }, headers: { 'if-none-match': '*' } });
    expect(created.status).toBe(201);
    expect(await admin.problem(profile, { method: 'PUT', body: { name: 'Again' }, headers: { 'if-none-match': '*' } })).toMatchObject({ status: 412 });
    const { device, etag } = await read(DESK);
    await admin.get(`${V1}/devices/${DESK}`, { method: 'PUT', body: { ...device, profileId: 'reception' }, headers: conditional(etag) });
    const layer = await admin.send(`${V1}/device-settings`, { method: 'PUT', body: { timeZone: 'Europe/Berlin' }, headers: { 'if-none-match': '*' } });
    expect([layer.status, routes.putTenantDeviceSettings.response.parse(await layer.json()).settings]).toEqual([201, { timeZone: 'Europe/Berlin' }]);
    expect(await admin.problem(`${V1}/device-settings`, { method: 'PUT', body: { timeZone: 'Mars/Olympus' }, headers: conditional(layer.headers.get('etag') ?? '') })).toMatchObject({ status: 422, field: 'timeZone' });
    expect(await admin.problem(`${V1}/sites/nowhere/device-settings`)).toMatchObject({ status: 404 });
    const origins = Object.fromEntries((await read(DESK)).device.effective.map(({ name, origin }) => [name, origin]));
    expect(origins).toMatchObject({ timeZone: 'tenant', checkMinutes: 'profile', language: 'device', transport: 'system' });
    expect(await admin.problem(profile, { method: 'DELETE', headers: conditional(created.headers.get('etag') ?? '') })).toMatchObject({ status: 409, type: 'device-profiles/in-use' });
  });

  it('leave the list', async () => {
    expect((await admin.send(`${V1}/waiting-devices/${WAITING}`, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.send(`${V1}/devices/${DESK}`, { method: 'DELETE', headers: conditional((await read(DESK)).etag) })).status).toBe(204);
    expect(await listed('')).toEqual([]);
    expect(routes.listDeviceEvents.response.parse(await admin.get(`${V1}/devices/${ABSENT}/events`)), 'a timeline needs no device').toEqual({ items: [], nextPageToken: '' });
    for (const [method, path] of [['DELETE', `waiting-devices/${ABSENT}`], ['POST', `devices/${ABSENT}/credential`], ['POST', `devices/${ABSENT}/enrolment`], ['POST', `devices/${ABSENT}/check-sync`]] as const) {
      expect(await admin.problem(`${V1}/${path}`, { method }), path).toMatchObject({ status: 404, type: 'devices/unknown' });
    }
  });
});
