import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryAudit } from '../../test/memory-stores.ts';
import { StubDevices } from '../../test/stub-devices.ts';
import { connectNeighbours, type Neighbours } from '../clients/clients.ts';
import { ANONYMOUS, type Caller } from '../http/caller.ts';
import type { Incoming } from '../http/handlers.ts';
import { deviceFileHandlers } from './device-files.http.ts';

const MAC = '001565aa0001';
const caller: Caller = { ...ANONYMOUS, kind: 'session', tenant: 'acme', homeTenant: 'default', login: 'operator', role: 'administrator' };

function asking(mac: string): Incoming<'getDeviceFiles'> & Incoming<'revealDeviceFiles'> {
  const context = { tenant: caller.tenant, actor: caller.login, requestId: 'r-1' };
  return { params: { mac }, query: {}, body: undefined, caller, context, expectedTag: '', idempotencyKey: '', address: '', cookie: { set: () => undefined, clear: () => undefined } };
}

describe('files of a device', () => {
  const service = new StubDevices();
  let neighbours: Neighbours;
  beforeAll(async () => {
    await service.start();
    neighbours = connectNeighbours({ provisioning: '127.0.0.1:1', dialPlan: [], voicemail: [], devices: service.replicas.map(({ address }) => address) });
    service.enter('acme', MAC);
  });
  afterAll(() => {
    neighbours.close();
    for (const replica of service.replicas) replica.close();
  });

  it('are shown with secrets only after it is written down who asked, in which tenant', async () => {
    const audit = new MemoryAudit();
    const { items } = await deviceFileHandlers(neighbours, audit).revealDeviceFiles(asking(MAC));
    expect(items[0]?.lines[0]?.text).toContain('a-sip-password');
    expect(audit.entries).toEqual([{ tenant: 'acme', actor: 'operator', kind: 'device-secrets', entityId: MAC, body: { event: 'revealed', files: `${MAC}.cfg` } }]);
  });

  it('are not shown when it cannot be written down', async () => {
    const full = { add: async () => Promise.reject(new Error('the disk is full')), list: async () => ({ items: [], nextPageToken: '' }) };
    await expect(deviceFileHandlers(neighbours, full).revealDeviceFiles(asking(MAC))).rejects.toThrow('the disk is full');
  });

  it('are masked otherwise, which nobody writes down; nor is a device that does not exist', async () => {
    const audit = new MemoryAudit();
    const sut = deviceFileHandlers(neighbours, audit);
    const { items } = await sut.getDeviceFiles(asking(MAC));
    expect(items[0]?.lines[0]).toEqual({ text: 'account.1.password = ••••••••', origin: 'secret' });
    await expect(sut.revealDeviceFiles(asking('001565ffffff'))).rejects.toMatchObject({ code: 'devices/unknown' });
    expect(audit.entries).toEqual([]);
  });
});
