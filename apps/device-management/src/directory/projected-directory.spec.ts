import { beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '@sfs/projection';
import { ProjectedDirectory } from './projected-directory.ts';

let clock = 0;
const entity = (kind: string, id: string, body: Record<string, unknown>, more: Partial<Entity> = {}): Entity => {
  clock += 1;
  return { tenant: 'default', kind, id, version: clock, tag: String(clock), changedAt: String(clock).padStart(6, '0'), site: 'site-a', actor: 'ann', deleted: false, body, ...more };
};
const dn = (number: string, userId: string, more: Partial<Entity> = {}) => entity('dn', `main/${number}`, { switchId: 'main', number, userId }, more);
const user = (id: string, displayName: string) => entity('user', id, { displayName });
const home = (sipDomain: string, siteId = 'berlin') => entity('switch', 'main', { sipDomain, siteId });

async function* all(...entities: Entity[]): AsyncGenerator<Entity> {
  yield* entities;
}

let directory: ProjectedDirectory;
let told: string[];

beforeEach(async () => {
  directory = new ProjectedDirectory();
  told = [];
  directory.onChanged(({ tenant, switchId, number }) => told.push(`${tenant}/${switchId}/${number}`));
  await directory.load(all(entity('site', 'berlin', {}), home('A.example'), user('bea', 'Bea'), dn('1002', 'bea'), dn('1003', 'bea'), dn('1004', '')));
  told = [];
});

const line = (number: string) => directory.line('default', 'main', number);

describe('the directory of lines', () => {
  it('says what a line is made of', () => {
    expect(line('1002')).toMatchObject({ userId: 'bea', displayName: 'Bea', sipDomain: 'A.example', siteId: 'berlin' });
    expect(line('1004')).toMatchObject({ userId: '', displayName: '' });
    expect([line('1009'), directory.line('default', 'other', '1002'), directory.line('acme', 'main', '1002')]).toEqual([undefined, undefined, undefined]);
    expect([directory.hasSwitch('default', 'main'), directory.hasSite('default', 'berlin'), directory.siteOf('default', 'nowhere')]).toEqual([true, true, '']);
  });

  it('finds a number by its SIP domain, in any case', () => {
    expect(directory.numberOf('a.EXAMPLE', '1002')).toEqual({ tenant: 'default', switchId: 'main', number: '1002' });
    expect([directory.numberOf('a.example', '1009'), directory.numberOf('b.example', '1002')]).toEqual([undefined, undefined]);
  });

  it('tells of every line that a change concerns, and gives it another stamp', () => {
    const before = line('1002')?.stamp;
    directory.apply(user('bea', 'Beatrix'));
    expect(told).toEqual(['default/main/1002', 'default/main/1003']);
    expect(line('1002')).toMatchObject({ displayName: 'Beatrix' });
    expect(line('1002')?.stamp).not.toBe(before);
  });

  it('tells of a number that goes to somebody else, and of its new SIP password', () => {
    const before = line('1003')?.stamp;
    directory.apply(dn('1003', 'cem'));
    directory.apply(user('bea', 'Bea B.'));
    expect(told).toEqual(['default/main/1003', 'default/main/1002']);
    expect(line('1003')?.stamp).not.toBe(before);
  });

  it('tells of all lines of a switch that moves', () => {
    directory.apply(home('b.example', 'rome'));
    expect(told).toEqual(['default/main/1002', 'default/main/1003', 'default/main/1004']);
    expect([line('1004')?.siteId, directory.numberOf('a.example', '1002'), directory.numberOf('b.example', '1002')?.switchId]).toEqual(['rome', undefined, 'main']);
  });

  it('forgets what is deleted, while nobody told too', async () => {
    directory.apply(dn('1002', 'bea', { deleted: true }));
    await directory.load(all(home('A.example'), user('bea', 'Bea'), dn('1004', '')));
    expect([line('1002'), line('1003'), line('1004')?.number]).toEqual([undefined, undefined, '1004']);
    expect(told).toContain('default/main/1003');
  });
});
