import { beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '@sfs/projection';
import { ProjectedDirectory } from './directory.service.ts';

let clock = 0;
const entity = (kind: string, id: string, body: Record<string, unknown>, more: Partial<Entity> = {}): Entity => {
  clock += 1;
  return { tenant: 'default', kind, id, version: clock, tag: String(clock), changedAt: String(clock).padStart(6, '0'), site: 'site-a', actor: 'ann', deleted: false, body, ...more };
};
const dn = (number: string, userId: string, more: Partial<Entity> = {}) => entity('dn', `site-a/${number}`, { switchId: 'site-a', number, userId }, more);
const link = (mailbox: string, userId: string, more: Partial<Entity> = {}) => entity('mailbox-link', mailbox, { mailbox, userId }, more);

async function* all(...entities: Entity[]): AsyncGenerator<Entity> {
  yield* entities;
}

let directory: ProjectedDirectory;
let state: Entity[];

beforeEach(async () => {
  directory = new ProjectedDirectory();
  state = [entity('switch', 'site-a', { sipDomain: 'A.example' }), entity('user', 'bea', { displayName: 'Bea' }), dn('1002', 'bea'), dn('1003', 'bea'), link('1002', 'bea'), link('7000', 'bea')];
  await directory.load(all(...state));
});

const boxesOf = (number: string) => directory.mailboxesOfNumber('a.example', number).map(({ mailbox }) => mailbox);
const phonesOf = (mailbox: string) => directory.phonesOf('default', mailbox).map(({ number, sipDomain }) => `${number}@${sipDomain}`);

describe('the directory', () => {
  it('knows whose mailbox is whose', () => {
    expect(boxesOf('1003')).toEqual(['1002', '7000']);
    expect(phonesOf('7000')).toEqual(['1002@A.example', '1003@A.example']);
    expect(directory.ownerName('default', '1002')).toBe('Bea');
  });

  it('knows nothing of what it was never told', () => {
    expect([boxesOf('1009'), directory.mailboxesOfNumber('b.example', '1002'), phonesOf('1009'), directory.ownerName('default', '1009')]).toEqual([[], [], [], '']);
  });

  it('follows a mailbox that goes to somebody else', () => {
    directory.apply(entity('user', 'cem', { displayName: 'Cem' }));
    directory.apply(dn('1003', 'cem'));
    directory.apply(link('7000', 'cem'));
    expect([boxesOf('1002'), boxesOf('1003'), phonesOf('7000'), directory.ownerName('default', '7000')]).toEqual([['1002'], ['7000'], ['1003@A.example'], 'Cem']);
  });

  it('forgets what is deleted, and is not fooled by what comes late or twice', () => {
    const late = link('1002', 'bea');
    const gone = link('1002', 'bea', { deleted: true });
    for (const each of [gone, late, gone]) directory.apply(each);
    expect(boxesOf('1002')).toEqual(['7000']);
    expect(phonesOf('1002')).toEqual([]);
  });

  it('forgets what a later load does not hold any more', async () => {
    await directory.load(all(...state.filter(({ id }) => id !== '7000' && id !== 'site-a/1003')));
    expect([boxesOf('1002'), boxesOf('1003'), phonesOf('1002')]).toEqual([['1002'], [], ['1002@A.example']]);
  });
});
