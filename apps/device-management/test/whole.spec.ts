import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateDeviceRequest, UpdateDeviceRequest } from '@sfs/contracts';
import { call } from '@sfs/grpc';
import { eventually } from '@sfs/testing';
import { startConfigurations } from '../src/configurations/start-configurations.ts';
import { credentialOf } from '../src/credentials/credentials.ts';
import { startPhoneDoor } from '../src/phone-files/phone-door.ts';
import { context, openPlace, rules, startApp, untilReady, type Place, type Running } from './device-management-under-test.ts';

const MAC = '805ec0abcdef';
const AGENT = 'Yealink SIP-T46U 108.86.0.90 80:5e:c0:ab:cd:ef';
const SECRET = 'sip-password-of-1002';

let place: Place;
let app: Running;

beforeAll(async () => {
  place = await openPlace();
  app = await startApp(place, { SFS_DEVICES_HTTP_PORT: '0' }, { startConfigurations, startPhoneDoor });
  await untilReady(app);
});

afterAll(async () => {
  await app.end();
  await place.close();
});

const get = (path: string, authorization?: string) => fetch(`${app.doorUrl}/${path}`, { headers: { 'user-agent': AGENT, ...(authorization === undefined ? {} : { authorization }) } });
const view = async () => (await call(app.devices, 'getDevice', { mac: MAC }, context, rules)).view;
const untilState = (state: string) => eventually(state, async () => ((await view())?.state === state ? view() : undefined), 20_000);
const outcomes = async () => (await call(app.devices, 'listDeviceEvents', { mac: MAC, pageSize: 200, pageToken: '' }, context, rules)).events.map(({ kind, outcome }) => outcome || kind);

/** What the phone would send after it has read its file. */
function shownCredential(): string {
  const device = app.parts.known.find(MAC);
  if (!device) throw new Error('not entered');
  const { userName, password } = credentialOf(app.parts.config.SFS_DEVICES_CREDENTIAL_KEY, { tenant: 'default', mac: MAC, generation: device.credentialGeneration });
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}

describe('a phone', () => {
  it('waits, is entered, gets its file once without a credential, then with it, and follows changes', async () => {
    const bootstrap = await get(`${MAC}.cfg`);
    expect(bootstrap.status).toBe(200);
    expect(await untilState('waiting')).toMatchObject({ device: { vendor: 'yealink', model: 'T46U' }, lastAddress: '127.0.0.1' });

    await call(app.devices, 'createDevice', CreateDeviceRequest.create({ mac: MAC, switchId: 'main', number: '1002' }), context, rules);
    const own = await get(`${MAC}.cfg`);
    expect([own.status, (await own.text()).includes(SECRET)]).toEqual([200, true]);
    expect(await untilState('in-step')).toMatchObject({ declaredRevision: 1, runningRevision: 1, windowOpenUntil: '', firmware: '108.86.0.90' });

    const again = await (await get(`${MAC}.cfg`)).text();
    expect([again.includes(SECRET), again]).toEqual([false, await bootstrap.text()]);
    expect((await get(`enrolled/${MAC}.cfg`)).status).toBe(401);
    const credential = shownCredential();
    expect((await get(`enrolled/${MAC}.cfg`, credential)).headers.get('etag')).toBe(own.headers.get('etag'));

    const entered = await view();
    const tag = entered?.device?.meta?.tag ?? '';
    await call(app.devices, 'updateDevice', UpdateDeviceRequest.create({ ...entered?.device, settings: { checkMinutes: 15, codecs: undefined, vendorParameters: {} }, expectedTag: tag }), context, rules);
    expect(await untilState('drift')).toMatchObject({ declaredRevision: 2, runningRevision: 1 });
    await eventually('the check-sync', () => app.asked.includes(MAC) || undefined, 20_000);
    expect((await get(`enrolled/${MAC}.cfg`, credential)).status).toBe(200);
    expect(await untilState('in-step')).toMatchObject({ runningRevision: 2 });
    const seen = await eventually('the timeline', async () => ((await outcomes()).filter((outcome) => outcome === 'credential').length === 2 ? outcomes() : undefined), 20_000);
    expect(seen).toEqual(expect.arrayContaining(['bootstrap', 'window-opened', 'window', 'window-used', 'refused', 'credential', 'revision']));
  });

  it('comes with its old credential until it has used the new one', async () => {
    const old = shownCredential();
    expect((await call(app.devices, 'rotateCredential', { mac: MAC }, context, rules)).view?.rotating).toBe(true);
    const fetched = await get(`enrolled/${MAC}.cfg`, old);
    const news = shownCredential();
    expect([fetched.status, news === old]).toEqual([200, false]);
    expect((await get(`enrolled/${MAC}.cfg`, news)).status).toBe(200);
    await eventually('the end of the old one', async () => (await get(`enrolled/${MAC}.cfg`, old)).status === 401 || undefined, 20_000);
    expect((await view())?.rotating).toBe(false);
  });

  it('is served out of memory while the store is away', async () => {
    const credential = shownCredential();
    await place.cassandra.cut();
    try {
      expect((await get(`enrolled/${MAC}.cfg`, credential)).status).toBe(200);
    } finally {
      await place.cassandra.heal();
    }
    await untilReady(app);
  });
});
