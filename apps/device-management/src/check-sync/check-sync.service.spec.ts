import { pino } from 'pino';
import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { CheckSyncMetrics } from './check-sync.metrics.ts';
import { CheckSyncService } from './check-sync.service.ts';
import { aDevice, aLine, FakeDirectory, FakeEndpoint, FakeFacts, FakeKnownDevices, MAC, thePack } from './fake-parts.ts';

describe('check-sync', () => {
  let endpoint: FakeEndpoint;
  let known: FakeKnownDevices;
  let directory: FakeDirectory;
  let facts: FakeFacts;
  let registry: Registry;
  /** whoever waits for a turn */
  let turns: (() => void)[];
  let inTurn: boolean;
  let checkSync: CheckSyncService;
  beforeEach(() => {
    endpoint = new FakeEndpoint();
    known = new FakeKnownDevices();
    directory = new FakeDirectory();
    facts = new FakeFacts();
    registry = new Registry();
    turns = [];
    inTurn = false;
    known.put(aDevice());
    directory.put(aLine());
    const pace = { turn: () => (inTurn ? new Promise<void>((resolve) => turns.push(resolve)) : Promise.resolve()) };
    checkSync = new CheckSyncService({ endpoint, known, directory, facts, packs: [thePack('yealink'), thePack('audiocodes')], pace, metrics: new CheckSyncMetrics(registry), log: pino({ level: 'silent' }) });
  });
  const give = async (): Promise<void> => {
    turns.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('is a NOTIFY to the number with the word of the vendor, and without a subscription', async () => {
    expect(await checkSync.send(MAC)).toEqual({ status: 200, meaning: expect.stringContaining('has taken it') });
    expect(endpoint.sent).toEqual([expect.objectContaining({ method: 'NOTIFY', uri: 'sip:1001@site-a.example', to: 'sip:1001@site-a.example', headers: ['Event: check-sync;reboot=false'] })]);
    expect(endpoint.sent[0]).not.toHaveProperty('body');
  });

  it('is noted with who asked for it, unless a change did', async () => {
    await checkSync.send(MAC, 'ann');
    await checkSync.send(MAC);
    expect(facts.events.map(({ kind, actor }) => [kind, actor])).toEqual([['notify', 'ann'], ['notify', undefined]]);
  });

  it('says what another vendor understands', async () => {
    known.put(aDevice({ mac: '00908f602aac', vendor: 'audiocodes', model: '445HD' }));
    await checkSync.send('00908f602aac');
    expect(endpoint.sent[0]?.headers).toEqual(['Event: check-sync']);
  });

  it('reaches a number with signs', async () => {
    known.put(aDevice({ number: '*21#' }));
    directory.put(aLine({ number: '*21#' }));
    await checkSync.send(MAC);
    expect(endpoint.sent[0]?.uri).toBe('sip:*21%23@site-a.example');
  });

  it('is in the timeline with its answer, and with what to do unless the phone took it', async () => {
    await checkSync.send(MAC);
    endpoint.status = 489;
    const { status, meaning } = await checkSync.send(MAC);
    expect([status, meaning]).toEqual([489, expect.stringContaining('does not know this request')]);
    const noted = { tenant: 'default', mac: MAC, kind: 'notify', subject: 'check-sync;reboot=false', vendor: 'yealink', model: 'T46U' };
    expect(facts.events).toEqual([
      { ...noted, status: 200 },
      { ...noted, status: 489, hint: meaning },
    ]);
    expect(await registry.metrics()).toContain('sfs_devices_check_syncs_total{vendor="yealink",status="489"} 1');
  });

  it.each([
    ['an unknown device', () => known.devices.clear(), 'devices/unknown', 'not-found'],
    ['a device without a number', () => known.put(aDevice({ number: '', switchId: '' })), 'devices/no-line', 'not-found'],
    ['a number that does not exist', () => directory.lines.clear(), 'devices/no-line', 'not-found'],
    ['a vendor without a pack', () => known.put(aDevice({ vendor: 'acme' })), 'devices/no-pack', 'not-found'],
    ['a number nobody knows yet', () => void (directory.lines.clear(), (directory.isLoaded = false)), 'devices/directory-away', 'unavailable'],
  ])('is refused for %s', async (_what, prepare, code, kind) => {
    prepare();
    await expect(checkSync.send(MAC)).rejects.toMatchObject({ kind, code });
    expect(endpoint.sent).toEqual([]);
    expect(facts.events).toEqual([]);
  });

  it('is sent once for all who ask while it waits for its turn, and again for who asks later', async () => {
    inTurn = true;
    const [first, second] = [checkSync.send(MAC), checkSync.send(MAC)];
    let answer = (): void => undefined;
    endpoint.onSent = () => new Promise<void>((resolve) => (answer = resolve));
    await give();
    const later = checkSync.send(MAC);
    answer();
    expect(await first).toEqual(await second);
    expect(endpoint.sent).toHaveLength(1);
    // the one that came later still waits, and is still shared
    const sharing = checkSync.send(MAC);
    endpoint.onSent = () => Promise.resolve();
    await give();
    expect(await later).toEqual(await sharing);
    expect(endpoint.sent).toHaveLength(2);
  });

  it('goes where the device is when its turn has come', async () => {
    inTurn = true;
    const sent = checkSync.send(MAC);
    known.put(aDevice({ number: '1002' }));
    directory.put(aLine({ number: '1002' }));
    await give();
    await sent;
    expect(endpoint.sent[0]?.uri).toBe('sip:1002@site-a.example');
    const gone = expect(checkSync.send(MAC)).rejects.toMatchObject({ code: 'devices/unknown' });
    known.devices.clear();
    await give();
    await gone;
  });
});
