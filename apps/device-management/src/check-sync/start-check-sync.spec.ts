import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, freePort, headerOf, SipPhone, type SipRequest } from '@sfs/testing';
import { fields } from '../config.ts';
import type { RunningCheckSync } from './check-sync.port.ts';
import { aDevice, aLine, FakeDirectory, FakeFacts, FakeKnownDevices, MAC, thePack } from './fake-parts.ts';
import { startCheckSync } from './start-check-sync.ts';

const HOST = '127.0.0.1';

describe('the SIP side of device-management', () => {
  let known: FakeKnownDevices;
  let directory: FakeDirectory;
  let facts: FakeFacts;
  let registry: Registry;
  let running: RunningCheckSync;
  let sipPort: number;
  /** plays the proxy */
  let proxy: SipPhone;
  beforeEach(async () => {
    [known, directory, facts, registry] = [new FakeKnownDevices(), new FakeDirectory(), new FakeFacts(), new Registry()];
    known.put(aDevice());
    directory.put(aLine());
    sipPort = await freePort();
    proxy = await SipPhone.open({ user: 'proxy', domain: 'site-a.example', proxy: { host: HOST, port: sipPort } });
    const config = fields.parse({
      SFS_DEVICES_SIP_PORT: String(sipPort),
      SFS_DEVICES_SIP_TRUSTED: `${HOST}:${proxy.local.port}`,
      SFS_DEVICES_SIP_PROXY: `${HOST}:${proxy.local.port}`,
      SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64'),
    });
    running = await startCheckSync({ config, host: { log: pino({ level: 'silent' }), metrics: registry, onFatal: () => undefined }, packs: [thePack('yealink')], known, directory, facts });
  });
  afterEach(async () => {
    await running.stop();
    await proxy.close();
  });

  const notified = (): Promise<SipRequest> => proxy.requests.next('NOTIFY', 5000, ({ method }) => method === 'NOTIFY');
  const register = (from: SipPhone, number: string, expires: number, limitMs?: number): Promise<{ status: number }> =>
    from.request('REGISTER', { uri: `sip:${HOST}:${sipPort}`, to: `<sip:${number}@site-a.example>`, headers: [['Contact', `<sip:${HOST}:5060>`], ['Expires', String(expires)]] }, limitMs);

  it('sends through the proxy, without a subscription and without a body', async () => {
    expect(await running.send(MAC)).toMatchObject({ status: 200 });
    const request = await notified();
    expect([request.uri, headerOf(request, 'event'), headerOf(request, 'subscription-state'), request.body]).toEqual(['sip:1001@site-a.example', 'check-sync;reboot=false', undefined, '']);
    expect(headerOf(request, 'to')).toBe('<sip:1001@site-a.example>');
  });

  it('says what the proxy answered', async () => {
    proxy.refusals.set('NOTIFY', 480);
    expect(await running.send(MAC)).toEqual({ status: 480, meaning: expect.stringContaining('No phone is registered') });
  });

  it('notes a phone that comes and goes in the timelines of the number’s devices', async () => {
    known.put(aDevice({ mac: '805ec0d57d73' }));
    expect((await register(proxy, '1001', 3600)).status).toBe(200);
    expect((await register(proxy, '1001', 0)).status).toBe(200);
    expect((await register(proxy, '4711', 3600)).status).toBe(200);
    expect(facts.events.map(({ mac, kind, subject, hint }) => [mac, kind, subject, hint?.includes('several devices')])).toEqual([
      [MAC, 'registered', '1001@site-a.example', true],
      ['805ec0d57d73', 'registered', '1001@site-a.example', true],
      [MAC, 'unregistered', '1001@site-a.example', true],
      ['805ec0d57d73', 'unregistered', '1001@site-a.example', true],
    ]);
    expect(await registry.metrics()).toContain('sfs_devices_registrations_total{of="other",kind="registered"} 1');
  });

  it('takes registrations from nobody else', async () => {
    const stranger = await SipPhone.open({ user: 'stranger', domain: 'site-a.example', proxy: { host: HOST, port: sipPort } });
    const answered = register(stranger, '1001', 3600, 10_000).then(() => 'answered', () => 'not answered');
    await eventually('the stranger dropped', async () => (await registry.metrics()).includes('sfs_devices_sip_total{event="dropped_untrusted"}') || undefined);
    await stranger.close();
    expect(facts.events).toEqual([]);
    void answered;
  });

  it('takes no calls and no subscriptions', async () => {
    expect((await proxy.call('1001').final()).status).toBe(404);
    expect((await proxy.request('SUBSCRIBE', { uri: `sip:${HOST}:${sipPort}`, headers: [['Event', 'ua-profile'], ['Expires', '60'], ['Contact', `<${proxy.contactUri}>`]] })).status).toBe(489);
  });

  it('sends 20 a second, and nothing more once it drains', async () => {
    const macs = Array.from({ length: 6 }, (_, at) => `805ec0d57d0${at}`);
    for (const mac of macs) known.put(aDevice({ mac }));
    const began = performance.now();
    const outcomes = await Promise.all(macs.map((mac) => running.send(mac)));
    expect(performance.now() - began).toBeGreaterThan(5 * 50 - 20);
    expect(outcomes.every(({ status }) => status === 200)).toBe(true);
    const late = Promise.allSettled(macs.map((mac) => running.send(mac)));
    await running.drain();
    const refused = (await late).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(4);
    await expect(running.send(MAC)).rejects.toMatchObject({ kind: 'unavailable', code: 'check-sync/stopping' });
  });

  it('is degraded while the SIP server does not answer', async () => {
    await eventually('the first answer', () => proxy.requests.all.some(({ method }) => method === 'OPTIONS') || undefined);
    expect(running.health()).toEqual([{ name: 'check-sync', ok: true, detail: `through ${HOST}:${proxy.local.port}, 0 waiting` }]);
    const config = fields.parse({ SFS_DEVICES_SIP_PORT: String(await freePort()), SFS_DEVICES_SIP_PROXY: `${HOST}:${proxy.local.port}`, SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64') });
    const untrusting = await startCheckSync({ config, host: { log: pino({ level: 'silent' }), metrics: new Registry(), onFatal: () => undefined }, packs: [], known, directory, facts });
    const [check] = await eventually('the missing answer', () => (untrusting.health()[0]?.ok === false ? untrusting.health() : undefined), 10_000);
    expect(check?.detail).toContain('SFS_DEVICES_SIP_TRUSTED');
    await untrusting.stop();
  });

  it('has a port of its own', async () => {
    const config = fields.parse({ SFS_DEVICES_SIP_PORT: String(sipPort), SFS_DEVICES_SIP_TRUSTED: HOST, SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64') });
    const second = startCheckSync({ config, host: { log: pino({ level: 'silent' }), metrics: new Registry(), onFatal: () => undefined }, packs: [], known, directory, facts });
    await expect(second).rejects.toThrow(/EADDRINUSE/);
  });
});
