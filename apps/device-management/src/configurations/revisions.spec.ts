import { beforeEach, describe, expect, it } from 'vitest';
import { FakeRevisions } from './fake-sources.ts';
import { Revisions, type Settled } from './revisions.ts';

describe('revisions of a device', () => {
  let store: FakeRevisions;
  let replica: Revisions;
  let other: Revisions;
  beforeEach(() => {
    store = new FakeRevisions();
    replica = new Revisions(store, () => 1_000);
    other = new Revisions(store, () => 2_000);
  });
  const settle = (at: Revisions, hash: string, stamp = hash): Promise<Settled> => at.settle({ tenant: 'default', mac: 'm', stamp, hash, cause: (revision) => `cause of ${revision}` });

  it('rise with the content, and name their cause', async () => {
    expect(await settle(replica, 'h1')).toEqual({ revision: 1, hash: 'h1', at: 1_000, cause: 'cause of 1', isOurs: true });
    expect(await settle(replica, 'h2')).toMatchObject({ revision: 2, isOurs: true });
    expect(store.rows.get('m')?.map(({ revision, cause }) => [revision, cause])).toEqual([[1, 'cause of 1'], [2, 'cause of 2']]);
  });

  it('stay when something changed that is not in the content', async () => {
    await settle(replica, 'h1', 's1');
    expect(await settle(replica, 'h1', 's2')).toMatchObject({ revision: 1, isOurs: false });
    expect(store.rows.get('m')).toHaveLength(1);
  });

  it('go on after a restart, and with the time of when they were declared', async () => {
    await settle(replica, 'h1');
    expect(await settle(other, 'h1')).toMatchObject({ revision: 1, at: 1_000, isOurs: false });
    expect(await settle(other, 'h2')).toMatchObject({ revision: 2, isOurs: true });
  });

  it('are a new one when a content comes back', async () => {
    for (const hash of ['h1', 'h2', 'h1']) await settle(replica, hash, `${hash} ${Math.random()}`);
    expect(await settle(other, 'h1')).toMatchObject({ revision: 3 });
  });

  it('need no store while nothing has changed', async () => {
    await settle(replica, 'h1');
    const { reads } = store;
    store.away = true;
    expect(await settle(replica, 'h1')).toMatchObject({ revision: 1, isOurs: false });
    expect(store.reads).toBe(reads);
    await expect(settle(replica, 'h2')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('have one replica that declares them, however many render the same change', async () => {
    await settle(replica, 'h1');
    store.beforeAdd = () => settle(other, 'h2').then(() => undefined);
    const settled = await settle(replica, 'h2');
    expect(settled).toMatchObject({ revision: 2, isOurs: false, at: 2_000 });
    expect(store.rows.get('m')).toHaveLength(2);
  });

  it('are counted on when another replica saw something else', async () => {
    await settle(replica, 'h1');
    store.beforeAdd = () => settle(other, 'h2').then(() => undefined);
    expect(await settle(replica, 'h3')).toMatchObject({ revision: 3, isOurs: true });
  });

  it.each([['done' as const, 1], ['not-done' as const, 1]])('are declared once when the store does not say: it was %s', async (silent, revision) => {
    store.silentAdd = silent;
    expect(await settle(replica, 'h1')).toMatchObject({ revision, isOurs: true });
    expect(store.rows.get('m')).toHaveLength(1);
  });

  it('are forgotten with the device', async () => {
    await settle(replica, 'h1');
    const { reads } = store;
    replica.forget('m');
    await settle(replica, 'h1');
    expect(store.reads).toBe(reads + 1);
  });
});
