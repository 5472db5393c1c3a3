import { DeviceFile, DeviceView } from '@sfs/contracts';
import { device, deviceFile } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { countsOf, deviceOf, fileOf } from './devices.mapper.ts';

const waiting = { device: { mac: '001565aa0001', vendor: 'yealink', model: 'T46U' }, state: 'waiting', firstSeenAt: '2026-11-25T06:00:00.000Z', lastSeenAt: '2026-11-25T06:01:00.000Z', lastAddress: '192.0.2.7' };

describe('a device', () => {
  it('that only waits has no version, and nothing is known but how it named itself', () => {
    const shown = deviceOf(DeviceView.fromJSON(waiting));
    expect(device.parse(shown)).toEqual(shown);
    expect(shown).toMatchObject({ meta: null, mac: '001565aa0001', state: 'waiting', number: '', settings: {}, window: null, lastSeenAt: waiting.lastSeenAt });
    expect([shown.declared, shown.running, shown.notified]).toEqual([{ revision: 0, at: null }, { revision: 0, at: null }, { at: null, status: 0 }]);
  });

  it('tells what it should run, what it runs, and whether it was told', () => {
    const view = DeviceView.fromJSON({
      ...waiting,
      state: 'drift',
      device: { ...waiting.device, meta: { version: 4, tag: 't-4', changedAt: '2026-11-25T05:00:00.000Z', actor: 'admin', site: 'site-a' }, switchId: 'site-a', number: '1002', credentialGeneration: 2 },
      userId: 'u-1',
      userName: 'Ada',
      declaredRevision: 7,
      declaredAt: '2026-11-25T06:10:00.000Z',
      runningRevision: 6,
      fetchedAt: '2026-11-25T06:00:00.000Z',
      notifiedAt: '2026-11-25T06:10:01.000Z',
      notifyStatus: 480,
      windowOpenUntil: '2026-11-25T07:00:00.000Z',
      rotating: true,
    });
    expect(deviceOf(view)).toMatchObject({
      meta: { version: 4, tag: 't-4', changedAt: '2026-11-25T05:00:00.000Z', actor: 'admin' },
      state: 'drift',
      userName: 'Ada',
      declared: { revision: 7, at: '2026-11-25T06:10:00.000Z' },
      running: { revision: 6, at: '2026-11-25T06:00:00.000Z' },
      notified: { at: '2026-11-25T06:10:01.000Z', status: 480 },
      window: { openUntil: '2026-11-25T07:00:00.000Z', address: '' },
      rotating: true,
    });
    expect(JSON.stringify(deviceOf(view))).not.toMatch(/generation/i);
  });

  it('in a state nobody knows is an error of the service, not of the reader', () => {
    expect(() => deviceOf(DeviceView.fromJSON({ ...waiting, state: 'asleep' }))).toThrow();
    expect(() => deviceOf(undefined)).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('is counted in every state, also in those that have none', () => {
    expect(countsOf({ waiting: 2, 'in-step': 5, unheard: 1 })).toEqual({ waiting: 2, assigned: 0, 'in-step': 5, drift: 0, 'not-seen': 0 });
  });
});

describe('a file', () => {
  it('keeps each line with its origin', () => {
    const file = fileOf(DeviceFile.fromJSON({ name: '001565aa0001.cfg', kind: 'own', contentType: 'text/plain', sizeBytes: 12, revision: 3, lines: [{ text: 'a = b', origin: 'site' }, { text: '', origin: '' }] }));
    expect(deviceFile.parse(file)).toEqual(file);
    expect(file.lines).toEqual([{ text: 'a = b', origin: 'site' }, { text: '', origin: '' }]);
  });
});
