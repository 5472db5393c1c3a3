import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceBody } from '../entities/bodies.ts';
import type { Entity } from '@sfs/projection';
import { ProjectedDevices } from './projected-devices.ts';

let clock = 0;
const entity = (kind: string, id: string, body: object, more: Partial<Entity> = {}): Entity => {
  clock += 1;
  return { tenant: 'default', kind, id, version: clock, tag: String(clock), changedAt: String(clock).padStart(6, '0'), site: 'site-a', actor: 'ann', deleted: false, body: { ...body }, ...more };
};
const device = (mac: string, body: Partial<DeviceBody> = {}, more: Partial<Entity> = {}) =>
  entity('device', mac, { mac, vendor: 'yealink', model: 'T46U', label: '', switchId: 'main', number: '1002', profileId: 'reception', settings: {}, credentialGeneration: 1, ...body }, more);
const profile = (id: string, settings: object) => entity('device-profile', id, { id, name: id, settings });
const layer = (id: string, settings: object) => entity('device-layer', id, { settings });

async function* all(...entities: Entity[]): AsyncGenerator<Entity> {
  yield* entities;
}

let known: ProjectedDevices;
let told: string[][];

beforeEach(async () => {
  known = new ProjectedDevices((_tenant, switchId) => (switchId === 'main' ? 'berlin' : ''));
  told = [];
  known.onChanged((macs) => told.push([...macs]));
  await known.load(all(device('00000000000a'), device('00000000000b', { number: '', switchId: '', profileId: '' }), profile('reception', { language: 'de' })));
});

const get = (mac: string) => {
  const found = known.find(mac);
  if (!found) throw new Error(`no ${mac}`);
  return found;
};
const stamp = () => known.stampOf(get('00000000000a'));

describe('the known devices', () => {
  it('are there after the load, which tells of all at once', () => {
    expect(told).toEqual([['00000000000a', '00000000000b']]);
    expect(known.isLoaded).toBe(true);
    expect(get('00000000000a')).toMatchObject({ tenant: 'default', vendor: 'yealink', number: '1002', credentialGeneration: 1 });
    expect([...known.all()].length).toBe(2);
    expect(known.macsOf('default')?.after('', 10)).toEqual(['00000000000a', '00000000000b']);
  });

  it('are found by their number until it is another', () => {
    expect(known.ofNumber('default', 'main', '1002').map(({ mac }) => mac)).toEqual(['00000000000a']);
    known.apply(device('00000000000a', { number: '1003' }));
    expect([known.ofNumber('default', 'main', '1002'), known.ofNumber('default', 'main', '1003').length]).toEqual([[], 1]);
  });

  it('have what is set above them, and another stamp with each change of it', () => {
    const stamps = new Set([stamp()]);
    const changes = [layer('tenant/default', { ntpServer: 'ntp.example' }), layer('site/berlin', { timeZone: 'Europe/Berlin' }), profile('reception', { language: 'en' }), device('00000000000a', { label: 'desk' })];
    for (const change of changes) {
      known.apply(change);
      stamps.add(stamp());
    }
    expect(stamps.size).toBe(5);
    expect(known.settingsOf(get('00000000000a'))).toEqual({ tenant: { ntpServer: 'ntp.example' }, site: { timeZone: 'Europe/Berlin' }, profile: { language: 'en' } });
    expect(known.settingsOf(get('00000000000b'))).toEqual({ tenant: { ntpServer: 'ntp.example' } });
  });

  it('are told of as far as a change concerns them', () => {
    told = [];
    known.apply(profile('reception', { language: 'fr' }));
    known.apply(layer('site/berlin', {}));
    known.apply(layer('site/rome', {}));
    known.apply(layer('tenant/default', {}));
    expect(told).toEqual([['00000000000a'], ['00000000000a'], ['00000000000a', '00000000000b']]);
  });

  it('are gone when deleted, and do not come back by what is late', () => {
    const late = device('00000000000a');
    known.apply(device('00000000000a', {}, { deleted: true }));
    known.apply(late);
    expect([known.find('00000000000a'), known.ofNumber('default', 'main', '1002'), known.macsOf('default')?.after('', 10)]).toEqual([undefined, [], ['00000000000b']]);
    expect([known.usersOfProfile('default', 'reception'), known.size]).toEqual([0, 1]);
  });
});
