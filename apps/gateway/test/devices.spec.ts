import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, routes } from '@sfs/rest-contract';
import { cookieOf, type GatewayUnderTest, type RestClient, startGatewayUnderTest } from './gateway-under-test.ts';

const V1 = '/api/v1';
const WAITING = '001565aa0001';
const KNOWN = '001565aa0002';
const UNKNOWN = '001565ffffff';

describe('phones through the REST door', () => {
  let gateway: GatewayUnderTest;
  let admin: RestClient;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    admin = await gateway.administrator();
    gateway.devices.waits('default', WAITING);
    gateway.devices.enter('default', KNOWN, { switchId: 'site-a', number: '1002', label: 'Reception' });
    gateway.devices.enter('acme', '001565aa0003', { switchId: 'site-a', number: '1002' });
  });
  afterAll(() => gateway.stop());

  const read = async (mac: string): Promise<{ device: Device; etag: string }> => {
    const response = await admin.send(`${V1}/devices/${mac}`);
    return { device: routes.getDevice.response.parse(await response.json()), etag: response.headers.get('etag') ?? '' };
  };

  it('are listed by state and number, each tenant its own', async () => {
    const all = routes.listDevices.response.parse(await admin.get(`${V1}/devices`));
    expect(all.items.map(({ mac, state }) => [mac, state])).toEqual([[WAITING, 'waiting'], [KNOWN, 'assigned']]);
    expect(all.counts).toEqual({ waiting: 1, assigned: 0, 'in-step': 0, drift: 0, 'not-seen': 0 });
    const playing = routes.listDevices.response.parse(await admin.get(`${V1}/devices?q=1002`));
    expect(playing.items.map(({ mac }) => mac)).toEqual([KNOWN]);
    expect(routes.listDevices.response.parse(await admin.get(`${V1}/devices?state=waiting`)).items).toHaveLength(1);
    expect(gateway.devices.asked('listDevices').at(-1)).toMatchObject({ request: { state: 'waiting', pageSize: 50 }, context: { tenant: 'default', actor: 'admin' } });
  });

  it('that wait are assigned to a number, which opens the window for where they asked from', async () => {
    expect(await read(WAITING)).toMatchObject({ device: { meta: null, userAgent: 'Yealink SIP-T46U 108.86.0.20' }, etag: '' });
    const body = { mac: '00:15:65:AA:00:01', switchId: 'site-a', number: '1001', settings: { language: 'de', vendorParameters: { 'features.dnd': '1' } } };
    const created = await admin.send(`${V1}/devices`, { method: 'POST', body, headers: { 'idempotency-key': 'enter-1' } });
    expect([created.status, created.headers.get('etag')]).toEqual([201, (await read(WAITING)).etag]);
    expect(routes.createDevice.response.parse(await created.json())).toMatchObject({ mac: WAITING, vendor: 'yealink', model: 'T46U', settings: body.settings, window: { address: '192.0.2.7' } });
    expect(gateway.devices.asked('createDevice').at(-1)).toMatchObject({ request: { mac: WAITING, idempotencyKey: 'enter-1' }, context: { actor: 'admin' } });
    expect(await admin.problem(`${V1}/devices`, { method: 'POST', body: { mac: WAITING } })).toMatchObject({ status: 409, type: 'devices/exists', field: 'mac' });
  });

  it('are changed by sending back what was read, on its ETag only', async () => {
    const { device, etag } = await read(KNOWN);
    const path = `${V1}/devices/${KNOWN}`;
    const change = { ...device, label: 'Front desk' };
    expect(await admin.problem(path, { method: 'PUT', body: change })).toMatchObject({ status: 428, field: 'If-Match' });
    expect(await admin.problem(path, { method: 'PUT', body: change, headers: { 'if-match': '"old"' } })).toMatchObject({ status: 412, currentTag: device.meta?.tag });
    const changed = await admin.send(path, { method: 'PUT', body: change, headers: { 'if-match': etag } });
    expect(routes.updateDevice.response.parse(await changed.json())).toMatchObject({ label: 'Front desk', number: '1002', meta: { version: 2 } });
    expect(await admin.problem(path, { method: 'DELETE', headers: { 'if-match': etag } })).toMatchObject({ status: 412 });
    expect((await read(KNOWN)).etag).toBe(changed.headers.get('etag'));
  });

  it('are enrolled, given a new credential and told to fetch, and the service learns who wanted it', async () => {
    const path = `${V1}/devices/${KNOWN}`;
    expect(routes.openEnrolment.response.parse(await admin.get(`${path}/enrolment`, { method: 'POST' }))).toMatchObject({ window: { address: '' } });
    expect(gateway.devices.asked('openEnrolment').at(-1)?.request).toEqual({ mac: KNOWN, minutes: 60, fromAnyAddress: false });
    expect((await admin.send(`${path}/enrolment`, { method: 'DELETE' })).status).toBe(204);
    expect(routes.rotateCredential.response.parse(await admin.get(`${path}/credential`, { method: 'POST' }))).toMatchObject({ window: null, rotating: true });
    expect(routes.sendCheckSync.response.parse(await admin.get(`${path}/check-sync`, { method: 'POST' }))).toEqual({ status: 480, meaning: 'The phone is not registered' });
    const acting = { headers: { 'sfs-tenant': 'acme' }, method: 'POST' };
    await admin.get(`${V1}/devices/001565aa0003/check-sync`, acting);
    for (const method of ['openEnrolment', 'closeEnrolment', 'rotateCredential', 'sendCheckSync']) expect(gateway.devices.asked(method)[0]?.context, method).toMatchObject({ tenant: 'default', actor: 'admin' });
    expect(gateway.devices.asked('sendCheckSync').at(-1)?.context).toMatchObject({ tenant: 'acme', actor: 'admin' });
  });

  it('show their files masked, and their secrets to who is in their history then', async () => {
    const path = `${V1}/devices/${KNOWN}/files`;
    const masked = await (await admin.send(path)).text();
    expect(masked).not.toContain('a-sip-password');
    const revealed = routes.revealDeviceFiles.response.parse(await admin.get(`${path}/reveal`, { method: 'POST' }));
    expect(revealed.items).toMatchObject([{ name: `${KNOWN}.cfg`, revision: 3, lines: [{ text: 'account.1.password = a-sip-password', origin: 'secret' }] }]);
    const { items } = routes.listChanges.response.parse(await admin.get(`${V1}/changes?q=device-reveal`));
    expect(items).toMatchObject([{ owner: 'devices', actor: 'admin', entityId: KNOWN }]);
    expect(gateway.lines.join('')).not.toContain('a-sip-password');
  });

  it('tell what happened to them, and which addresses tried others', async () => {
    const page = routes.listDeviceEvents.response.parse(await admin.get(`${V1}/devices/${KNOWN}/events?pageSize=1`));
    expect(page).toMatchObject({ items: [{ kind: 'window-opened', actor: 'admin' }], nextPageToken: 'more' });
    expect(routes.listSweeps.response.parse(await admin.get(`${V1}/device-sweeps`)).items).toMatchObject([{ address: '203.0.113.9', macs: 300, refused: 41 }]);
    expect(routes.listDevicePacks.response.parse(await admin.get(`${V1}/device-packs`)).items).toEqual([{ id: 'yealink', name: 'Yealink', models: ['T46U'] }]);
  });

  it('share profiles, which stay while a device uses them', async () => {
    const path = `${V1}/device-profiles/reception`;
    const created = await admin.send(path, { method: 'PUT', body: { name: 'Reception', settings: { checkMinutes: 15 } }, headers: { 'if-none-match': '*' } });
    expect(created.status).toBe(201);
    const etag = created.headers.get('etag') ?? '';
    expect(await admin.problem(path, { method: 'PUT', body: { name: 'Again' }, headers: { 'if-none-match': '*' } })).toMatchObject({ status: 412 });
    const { device, etag: deviceTag } = await read(WAITING);
    await admin.get(`${V1}/devices/${WAITING}`, { method: 'PUT', body: { ...device, profileId: 'reception' }, headers: { 'if-match': deviceTag } });
    expect(routes.listDeviceProfiles.response.parse(await admin.get(`${V1}/device-profiles`)).items).toMatchObject([{ id: 'reception', settings: { checkMinutes: 15 }, devices: 1 }]);
    expect(await admin.problem(path, { method: 'DELETE', headers: { 'if-match': etag } })).toMatchObject({ status: 409, type: 'device-profiles/in-use' });
    expect(await admin.problem(`${V1}/device-profiles/nobodys`)).toMatchObject({ status: 404, type: 'device-profiles/unknown' });
  });

  it('follow the settings of tenant and site, each with its origin', async () => {
    const path = `${V1}/device-settings`;
    expect(routes.getTenantDeviceSettings.response.parse(await admin.get(path))).toMatchObject({ meta: { tag: '' }, settings: {}, effective: [{ name: 'language', value: 'en', origin: 'system' }] });
    const created = await admin.send(path, { method: 'PUT', body: { language: 'fr' }, headers: { 'if-none-match': '*' } });
    expect(created.status).toBe(201);
    expect(routes.putTenantDeviceSettings.response.parse(await created.json()).effective).toEqual([{ name: 'language', value: 'fr', origin: 'tenant', layers: [{ layer: 'system', value: 'en' }, { layer: 'tenant', value: 'fr' }] }]);
    expect(await admin.problem(path, { method: 'PUT', body: {}, headers: { 'if-match': '"old"' } })).toMatchObject({ status: 412, currentTag: created.headers.get('etag')?.slice(1, -1) });
    const site = `${V1}/sites/site-b/device-settings`;
    await admin.get(site, { method: 'PUT', body: { language: 'it' }, headers: { 'if-none-match': '*' } });
    expect(routes.getSiteDeviceSettings.response.parse(await admin.get(site))).toMatchObject({ settings: { language: 'it' }, effective: [{ origin: 'site' }] });
    const refused = await admin.problem(site, { method: 'PUT', body: { timeZone: 'Mars/Olympus' }, headers: { 'if-none-match': '*' } });
    expect(refused, 'the field as it is called in the body').toMatchObject({ status: 422, type: 'input/settings', field: 'timeZone' });
  });

  it.each([
    ['001565aa000', 400, 'request/invalid'],
    ['001565aa000g', 400, 'request/invalid'],
    ['..%2f..%2fetc', 400, 'request/invalid'],
    [encodeURIComponent('٠٠1565aa0001'), 400, 'request/invalid'],
    ['001565aa0003', 404, 'devices/unknown'],
    [UNKNOWN, 404, 'devices/unknown'],
    ['00-15-65-ff-ff-ff', 404, 'devices/unknown'],
  ])('answer the MAC %s with %i, another tenant’s as an unknown one', async (mac, status, type) => {
    const conditional = { 'if-match': '"t"' };
    const path = `${V1}/devices/${mac}`;
    const requests = [
      [path, {}],
      [path, { method: 'PUT', body: { model: 'T46U' }, headers: conditional }],
      [path, { method: 'DELETE', headers: conditional }],
      [`${V1}/waiting-devices/${mac}`, { method: 'DELETE' }],
      [`${path}/enrolment`, { method: 'POST' }],
      [`${path}/enrolment`, { method: 'DELETE' }],
      [`${path}/credential`, { method: 'POST' }],
      [`${path}/check-sync`, { method: 'POST' }],
      [`${path}/files`, {}],
      [`${path}/files/reveal`, { method: 'POST' }],
    ] as const;
    const problems = await Promise.all(requests.map(([url, sent]) => admin.problem(url, sent)));
    expect(problems.map((problem) => [problem.status, problem.type, problem.field])).toEqual(requests.map(() => [status, type, 'mac']));
  });

  it.each([
    ['a misspelt setting', { settings: { timezone: 'UTC' } }, 'settings.timezone'],
    ['a vendor parameter with a line break', { settings: { vendorParameters: { a: '1\nauto_provision.server.url=http://evil' } } }, 'settings.vendorParameters.a'],
    ['a vendor parameter whose name is none', { settings: { vendorParameters: { 'a=b': '1' } } }, 'settings.vendorParameters.a=b'],
    ['a proxy that is a URL', { settings: { outboundProxy: 'sip:evil;transport=tcp' } }, 'settings.outboundProxy'],
    ['no codec', { settings: { codecs: [] } }, 'settings.codecs'],
    ['a check every minute', { settings: { checkMinutes: 1 } }, 'settings.checkMinutes'],
    ['a number that is a name', { switchId: 'site-a', number: 'ada' }, 'number'],
  ])('are not entered with %s', async (_title, part, field) => {
    expect(await admin.problem(`${V1}/devices`, { method: 'POST', body: { mac: UNKNOWN, ...part } })).toMatchObject({ status: 422, type: 'request/invalid', field });
    expect(gateway.devices.views.has(`default/${UNKNOWN}`)).toBe(false);
  });

  it('are for administrators alone', async () => {
    const ada = gateway.provisioning.add('default', 'Ada');
    const { oneTimePassword } = await admin.get<{ oneTimePassword: string }>(`${V1}/users/${ada.id}/account`, { method: 'POST', body: { login: 'ada' } });
    const user = await gateway.client().signIn('ada', oneTimePassword);
    user.cookie = cookieOf(await user.send(`${V1}/session/password`, { method: 'PUT', body: { current: oneTimePassword, next: 'my own password' } }));
    for (const path of ['devices', `devices/${KNOWN}`, `devices/${KNOWN}/files`, 'device-profiles', 'device-settings', 'device-sweeps', 'device-packs']) expect(await user.problem(`${V1}/${path}`), path).toMatchObject({ status: 403 });
    expect(await user.problem(`${V1}/devices/${KNOWN}/files/reveal`, { method: 'POST' })).toMatchObject({ status: 403 });
  });

  it('leave the list when they are dismissed or deleted', async () => {
    gateway.devices.waits('default', UNKNOWN);
    expect((await admin.send(`${V1}/waiting-devices/${UNKNOWN}`, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.send(`${V1}/devices/${WAITING}`, { method: 'DELETE', headers: { 'if-match': (await read(WAITING)).etag } })).status).toBe(204);
    expect(routes.listDevices.response.parse(await admin.get(`${V1}/devices`)).items.map(({ mac }) => mac)).toEqual([KNOWN]);
  });

  it('have their changes in the history of everything', async () => {
    const { items } = routes.listChanges.response.parse(await admin.get(`${V1}/changes?pageSize=200`));
    expect(items.filter(({ owner, kind }) => owner === 'devices' && kind === 'device')).toMatchObject([{ entityId: KNOWN, actor: 'admin', version: 2 }]);
    expect(new Set(items.map(({ owner }) => owner))).toEqual(new Set(['provisioning', 'devices', 'gateway']));
  });

  it('are served while one replica is left, and are away alone when none is', async () => {
    const [first, second] = gateway.devices.replicas;
    first?.close();
    expect(await admin.get(`${V1}/devices/${KNOWN}`)).toMatchObject({ mac: KNOWN });
    expect((await admin.send(`${V1}/devices/${KNOWN}/enrolment`, { method: 'POST' })).status).toBe(200);
    second?.close();
    expect(await admin.problem(`${V1}/devices`)).toMatchObject({ status: 503, type: 'grpc/unreachable' });
    expect((await admin.send(`${V1}/users`)).status).toBe(200);
    const { ready, checks } = gateway.service.health();
    expect(ready).toBe(true);
    expect(checks.filter(({ name }) => name.startsWith('device-management ')).map(({ ok }) => ok)).toEqual([false, false]);
  });
});
