import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, freePorts, ha1, headerOf, SipPhone, startProcess, type PhoneOptions, type StartedProcess } from '@sfs/testing';
import { renderKamailio } from '../../../deploy/kamailio/render.ts';
import type { RunningCheckSync } from '../src/check-sync/check-sync.port.ts';
import { aDevice, aLine, FakeDirectory, FakeFacts, FakeKnownDevices, MAC, thePack } from '../src/check-sync/fake-parts.ts';
import { startCheckSync } from '../src/check-sync/start-check-sync.ts';
import { fields } from '../src/config.ts';

const HOST = '127.0.0.1';
const DOMAIN = 'site-a.example';

/** A real Kamailio between our SIP side and scripted phones. */
describe('check-sync through the SIP server', () => {
  let runDir: string;
  let kamailio: StartedProcess;
  let ports: { sip: number; door: number; evapi: number; trunk: number; ours: number };
  let known: FakeKnownDevices;
  let directory: FakeDirectory;
  let facts: FakeFacts;
  let running: RunningCheckSync;
  let phones: SipPhone[];

  beforeAll(async () => {
    const [sip = 0, door = 0, evapi = 0, trunk = 0, ours = 0] = await freePorts(5);
    ports = { sip, door, evapi, trunk, ours };
    runDir = mkdtempSync(join(tmpdir(), 'sfs-check-sync-'));
    const values = {
      address: HOST,
      sipPort: sip,
      doorPort: door,
      evapiPort: evapi,
      domain: DOMAIN,
      switchName: 'site-a',
      doorToken: 'door-token',
      adapterToken: 'adapter-token',
      routeSecret: 'route-secret',
      trunks: [],
      replicas: [{ name: 'A' }],
      emergencyNumbers: ['112'],
      emergencyTrunk: `${HOST}:${trunk}`,
      devices: [`${HOST}:${ours}`],
    };
    const { command, args } = renderKamailio({ runDir, values, mode: 'evapi' });
    kamailio = startProcess(command, args);
    await eventually('Kamailio answering at its door', async () => (await atDoor('GET', '/status')).ok || undefined, 20_000);
    for (const user of ['1001', '1002']) await atDoor('PUT', '/cred', { user, ha1: ha1(user, DOMAIN, `pw-${user}`) });
  });
  afterAll(async () => {
    await kamailio.end();
    rmSync(runDir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    [known, directory, facts, phones] = [new FakeKnownDevices(), new FakeDirectory(), new FakeFacts(), []];
    known.put(aDevice());
    directory.put(aLine());
    const proxy = `${HOST}:${ports.sip}`;
    const config = fields.parse({ SFS_DEVICES_SIP_PORT: String(ports.ours), SFS_DEVICES_SIP_TRUSTED: proxy, SFS_DEVICES_SIP_PROXY: proxy, SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64') });
    running = await startCheckSync({ config, host: { log: pino({ level: 'silent' }), metrics: new Registry(), onFatal: () => undefined }, packs: [thePack('yealink'), thePack('audiocodes')], known, directory, facts });
  });
  afterEach(async () => {
    for (const phone of phones) await phone.register({ contact: '*', expires: 0 });
    await running.stop();
    await Promise.all(phones.map((phone) => phone.close()));
  });

  const atDoor = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`http://${HOST}:${ports.door}${path}`, { method, headers: { authorization: 'Bearer door-token', connection: 'close' }, ...(body ? { body: JSON.stringify(body) } : {}) });
  const registered = async (user: string, options: Partial<PhoneOptions> = {}): Promise<SipPhone> => {
    const phone = await SipPhone.open({ user, domain: DOMAIN, proxy: { host: HOST, port: ports.sip }, password: `pw-${user}`, ...options });
    expect((await phone.register()).status).toBe(200);
    phones.push(phone);
    return phone;
  };
  const noted = (kind: string): Promise<unknown> => eventually(`${kind} in the timeline`, () => facts.events.find((event) => event.kind === kind && event.mac === MAC));

  it('reaches the phone with the word of its vendor, and its answer the timeline', async () => {
    const phone = await registered('1001');
    expect(await running.send(MAC)).toEqual({ status: 200, meaning: expect.stringContaining('has taken it') });
    const request = await phone.requests.next('NOTIFY', 5000, ({ method }) => method === 'NOTIFY');
    expect([headerOf(request, 'event'), headerOf(request, 'subscription-state'), request.uri]).toEqual(['check-sync;reboot=false', undefined, phone.contactUri]);
    expect(await noted('notify')).toMatchObject({ status: 200, subject: 'check-sync;reboot=false' });
  });

  it('reaches a phone behind its connection, and one of another vendor', async () => {
    known.put(aDevice({ mac: '00908f602aac', vendor: 'audiocodes', model: '445HD', number: '1002' }));
    directory.put(aLine({ number: '1002' }));
    const phone = await registered('1002', { transport: 'tcp' });
    expect(await running.send('00908f602aac')).toMatchObject({ status: 200 });
    expect(headerOf(await phone.requests.next('NOTIFY', 5000, ({ method }) => method === 'NOTIFY'), 'event')).toBe('check-sync');
  });

  it('says that no phone is registered', async () => {
    expect(await running.send(MAC)).toEqual({ status: 480, meaning: expect.stringContaining('No phone is registered') });
    expect(await noted('notify')).toMatchObject({ status: 480, hint: expect.stringContaining('power and network') });
  });

  it('says that the phone does not know it', async () => {
    const phone = await registered('1001');
    phone.refusals.set('NOTIFY', 489);
    expect(await running.send(MAC)).toEqual({ status: 489, meaning: expect.stringContaining('reached the phone') });
  });

  it('says that the phone does not answer', async () => {
    const phone = await registered('1001');
    phone.behaviour = 'silent';
    expect(await running.send(MAC)).toEqual({ status: 408, meaning: expect.stringContaining('Nobody answered') });
  });

  it('hears of a phone that comes and goes', async () => {
    const phone = await registered('1001');
    expect(await noted('registered')).toMatchObject({ subject: `1001@${DOMAIN}` });
    await phone.unregister();
    await noted('unregistered');
  });
});
