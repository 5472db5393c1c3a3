import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { aMailboxLink, aSite, forwardAllTo } from '../../test/builders.ts';
import { aLoadedProjection, inline, silent, until } from '../../test/rig.ts';
import { Projection } from '../projection/projection.service.ts';
import { TickLog } from '../projection/source-ages.ts';
import { openSnapshot } from './open-snapshot.ts';
import type { SnapshotHead } from './snapshot-format.ts';
import { SnapshotStore } from './snapshot.store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sfs-snapshot-'));
});
afterEach(() => rm(folder, { recursive: true }));

const head: SnapshotHead = { format: 1, savedAt: '2026-01-01T00:00:00Z', instance: 'A', switches: ['site-a'], ticks: {} };
const store = (key = 'key'): SnapshotStore => new SnapshotStore(folder, new Secret(key), silent);
const all = () => [...aSite().directory, ...aSite().plan];
const current = (): string => join(folder, 'snapshot.ndjson');

async function saveTwice(): Promise<void> {
  await store().save({ ...head, savedAt: 'older' }, all());
  await store().save({ ...head, savedAt: 'newer' }, all());
}

describe('the snapshot on disk', () => {
  it('comes back whole, readable by nobody else', async () => {
    await store().save(head, all());
    const loaded = await store().load();
    expect(loaded?.head).toEqual(head);
    expect(loaded?.entities).toHaveLength(all().length);
    expect((await stat(current())).mode & 0o777).toBe(0o600);
  });

  it('keeps two generations and nothing unfinished', async () => {
    await saveTwice();
    expect((await readdir(folder)).sort()).toEqual(['snapshot.ndjson', 'snapshot.previous.ndjson']);
    expect((await store().load())?.head.savedAt).toBe('newer');
  });

  const damages: [string, (file: string) => Promise<void>][] = [
    ['one changed byte', async (file) => writeFile(file, (await readFile(file, 'utf8')).replace('1002', '1009'))],
    ['a cut end', async (file) => truncate(file, (await stat(file)).size - 10)],
    ['a lost half', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
    ['an empty file', async (file) => truncate(file, 0)],
    ['garbage', async (file) => writeFile(file, Buffer.alloc(1000, 7))],
    ['a line more', async (file) => writeFile(file, (await readFile(file, 'utf8')).replace('\nhmac', '\n{"kind":"dn"}\nhmac'))],
    ['another key', async () => store('other').save({ ...head, savedAt: 'forged' }, all()).then(() => rm(join(folder, 'snapshot.previous.ndjson'))).then(() => store().save({ ...head, savedAt: 'older' }, all())).then(swap)],
  ];
  const swap = async (): Promise<void> => {
    const [one, two] = await Promise.all([readFile(current()), readFile(join(folder, 'snapshot.previous.ndjson'))]);
    await Promise.all([writeFile(current(), two), writeFile(join(folder, 'snapshot.previous.ndjson'), one)]);
  };
  it.each(damages)('is refused for %s, and the one before is used', async (_what, damage) => {
    await saveTwice();
    await damage(current());
    const opened = store();
    expect((await opened.load())?.head.savedAt).toBe('older');
    expect(opened.refused).toBe(1);
    expect(await readdir(folder)).toContain('snapshot.ndjson.refused');
  });

  it('never becomes the one before when it was refused', async () => {
    await saveTwice();
    await writeFile(current(), 'garbage');
    const opened = store();
    await opened.load();
    await opened.save({ ...head, savedAt: 'newest' }, all());
    await writeFile(current(), 'garbage');
    expect((await store().load())?.head.savedAt).toBe('older');
  });

  it('may be missing', async () => {
    expect(await store().load()).toBeUndefined();
  });
});

describe('a replica that starts', () => {
  const start = async (): Promise<{ projection: Projection; ticks: TickLog; opened: Awaited<ReturnType<typeof openSnapshot>> }> => {
    const projection = new Projection({ switches: ['site-a'], compiler: inline, log: silent });
    const ticks = new TickLog('site-a');
    const opened = await openSnapshot({ config: { SFS_DIALPLAN_SNAPSHOT_DIR: folder, SFS_DIALPLAN_SNAPSHOT_KEY: new Secret('key'), SFS_INSTANCE: 'A' }, projection, ticks, log: silent });
    return { projection, ticks, opened };
  };

  it('decides from what the one before had written, with the same revision and the old ages', async () => {
    const site = aSite();
    const first = await start();
    await first.projection.load('provisioning', site.directory);
    await first.projection.load('dialplan', site.plan);
    await first.projection.settled();
    first.projection.apply(forwardAllTo('user/u-1002', '1003'));
    first.projection.apply(aMailboxLink('1003', 'u-1003'));
    first.ticks.tick({ owner: 'provisioning', site: 'site-a', time: '2026-01-01T00:00:00Z' });
    await until(() => first.opened?.store.written === 1, 'a snapshot');
    await first.opened?.service.stop();

    const second = await start();
    expect(second.projection.find('site-a')?.revision).toBe(first.projection.find('site-a')?.revision);
    expect(second.projection.find('site-a')?.directory.find('1002')?.settings.forwardAll.value).toEqual({ kind: 'number', number: '1003' });
    expect(second.projection.find('site-a')?.directory.find('1003')?.mailbox).toBe('1003');
    expect(second.ticks.loadedFrom).toBe('snapshot');
    expect(second.ticks.ages(Date.parse('2026-01-01T00:01:00Z')).get('provisioning@site-a')).toBe(60_000);
    await second.opened?.service.stop();
  });

  it('never replaces a good snapshot while it cannot decide', async () => {
    await store().save(head, all());
    const projection = new Projection({ switches: ['site-z'], compiler: inline, log: silent });
    const opened = await openSnapshot({ config: { SFS_DIALPLAN_SNAPSHOT_DIR: folder, SFS_DIALPLAN_SNAPSHOT_KEY: new Secret('key'), SFS_INSTANCE: 'A' }, projection, ticks: new TickLog('site-a'), log: silent });
    await opened?.service.stop();
    expect((await store().load())?.head).toEqual(head);
  });

  it('keeps the plan that is live, not the one that does not compile', async () => {
    const projection = await aLoadedProjection();
    const broken = aSite().plan.filter(({ kind }) => kind === 'switch-settings').map((entity) => ({ ...entity, body: { ...entity.body, maxForwards: 99 } }));
    for (const entity of broken) projection.apply(entity);
    await projection.settled();
    const bound = projection.boundSwitch('site-a');
    expect(bound?.broken).toBe(true);
    expect(bound?.live?.entities.find(({ kind }) => kind === 'switch-settings')?.body['maxForwards']).toBe(5);
  });
});
