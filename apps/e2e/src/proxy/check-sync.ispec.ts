import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePorts, headerOf, type HeaderLine, type SipPhone, type SipRequest } from '@sfs/testing';
import { DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';

const ours = (number: string): string => `sip:${number}@${DOMAIN}`;
const event = (value: string): readonly HeaderLine[] => [['Event', value]];

describe('a proxy with device-management', () => {
  let proxy: ProxyUnderTest;
  let ports: readonly number[];
  let devices: SipPhone;
  let voicemail: SipPhone;
  const open = (user: string, port = 0): Promise<SipPhone> => proxy.open({ user, password: undefined, port });

  beforeAll(async () => {
    ports = await freePorts(3);
    const [first, second, voice] = ports.map((port) => `127.0.0.1:${port}`) as [string, string, string];
    proxy = await ProxyUnderTest.start('evapi', { voicemail: [voice], devices: [first, second] });
  });
  beforeEach(async () => {
    devices = await open('devices', ports[0]);
    voicemail = await open('voicemail', ports[2]);
  });
  afterEach(() => proxy.closePhones());
  afterAll(() => proxy.stop());

  const arriving = (phone: SipPhone): Promise<SipRequest> => phone.requests.next(`NOTIFY at ${phone.user}`, 5000, ({ method }) => method === 'NOTIFY');
  const notify = (from: SipPhone, number: string, headers = event('check-sync')): Promise<number> => from.request('NOTIFY', { uri: ours(number), headers }).then(({ status }) => status);

  describe('check-sync', () => {
    it('reaches every phone of the number, at the contact it registered', async () => {
      const phones = [await proxy.phone('1001'), await proxy.phone('1001', { transport: 'tcp' })];
      expect(await notify(devices, '1001', event('check-sync;reboot=false'))).toBe(200);
      for (const phone of phones) {
        const arrived = await arriving(phone);
        expect(headerOf(arrived, 'event')).toBe('check-sync;reboot=false');
        expect(headerOf(arrived, 'subscription-state')).toBeUndefined();
      }
    });

    it('may come from each replica of device-management', async () => {
      const phone = await proxy.phone('1001');
      expect(await notify(await open('devices', ports[1]), '1001')).toBe(200);
      await arriving(phone);
    });

    it.each(['check-sync', 'check-sync;reboot=true', 'resync', 'reboot', 'reboot=true', 'reboot_now', 'restart_now', 'resync ; x=1'])('may be said as %s', async (word) => {
      const phone = await proxy.phone('1001');
      expect(await notify(devices, '1001', event(word))).toBe(200);
      expect(headerOf(await arriving(phone), 'event')).toBe(word);
    });

    it.each(['message-summary', 'check-sync-x', 'xcheck-sync', 'talk', 'presence', ''])('is all that device-management may send: not %j', async (word) => {
      await proxy.phone('1001');
      expect(await notify(devices, '1001', word === '' ? [] : event(word))).toBe(403);
    });

    it('has nobody to fetch: 480', async () => expect(await notify(devices, '1099')).toBe(480));

    it('is answered as the phone answers', async () => {
      const phone = await proxy.phone('1001');
      phone.refusals.set('NOTIFY', 489);
      expect(await notify(devices, '1001')).toBe(489);
    });

    it('comes from nobody else', async () => {
      const phone = await proxy.phone('1001');
      const others = [voicemail, await proxy.phone('1002'), await proxy.phone('1001'), await proxy.trunk(), await open('devices')];
      for (const other of others) expect(await notify(other, '1001')).toBe(403);
      expect(phone.requests.all).toEqual([]);
    });

    it('goes to nobody outside', async () => {
      const sent = async (uri: string): Promise<number> => (await devices.request('NOTIFY', { uri, headers: event('check-sync') })).status;
      expect(await sent('sip:1001@elsewhere.example')).toBe(403);
      expect(await sent(`sip:1001@127.0.0.1:${ports[2]}`)).toBe(403);
    });
  });

  describe('both are told of', () => {
    it('a phone that comes and goes', async () => {
      const told = async (who: SipPhone): Promise<string | undefined> =>
        headerOf(await who.requests.next('REGISTER for 1021', 5000, (each) => each.method === 'REGISTER' && headerOf(each, 'to') === `<${ours('1021')}>`), 'expires');
      const all = [devices, await open('devices', ports[1]), voicemail];
      const phone = await proxy.phone('1021');
      expect(await Promise.all(all.map(told))).toEqual(['3600', '3600', '3600']);
      await phone.unregister();
      expect(await Promise.all(all.map(told))).toEqual(['0', '0', '0']);
    });

    it('a registration, which succeeds while they are away', async () => {
      await devices.close();
      await proxy.phone('1001');
    });
  });

  it('device-management places no calls', async () => {
    await proxy.phone('1001');
    expect((await devices.call('1001').final()).status).toBe(403);
  });

  it('is not reached by a phone that names it as its Contact', async () => {
    await proxy.allow('1003');
    const cheat = await proxy.open({ user: '1003' });
    expect((await cheat.register({ contact: `<sip:1003@127.0.0.1:${ports[0]}>` })).status).toBe(200);
    expect(await notify(devices, '1003')).toBe(200);
    await arriving(cheat);
    expect(devices.requests.all.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
    await cheat.register({ contact: '*', expires: 0 });
  });
});
