import { beforeEach, describe, expect, it } from 'vitest';
import { ANN, BEA, caller, refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { UserSearchService } from './user-search.service.ts';
import { UsersService } from './users.service.ts';

const ann = { displayName: 'Ann Berg', email: 'ann@example.com', siteId: 'site-a', callingProfileId: '', idempotencyKey: '' };

describe('users', () => {
  let at: Scenario;
  let users: UsersService;
  beforeEach(async () => {
    at = await scenario();
    users = new UsersService(at.store);
  });

  it('creates a user at an existing site', async () => {
    const { user } = await users.create(caller, ann);
    expect(user.body).toEqual({ id: user.id, displayName: 'Ann Berg', email: 'ann@example.com', siteId: 'site-a', callingProfileId: '' });
    expect(await refusalOf(users.create(caller, { ...ann, siteId: 'nowhere' }))).toMatchObject({ kind: 'not-found', code: 'sites/unknown', field: 'siteId' });
  });

  it('creates one user however often the same request is sent', async () => {
    const once = { ...ann, idempotencyKey: 'k-1' };
    const first = await users.create(caller, once);
    expect(await users.create(caller, once)).toEqual(first);
    expect(await refusalOf(users.create(caller, { ...once, displayName: 'Other' }))).toMatchObject({ code: 'idempotency/key-reused' });
  });

  it('changes a user only from the version it is based on', async () => {
    const tag = await at.putUser(ANN, 'Ann');
    const { user } = await users.update(caller, ANN, tag, ann);
    expect(user).toMatchObject({ version: 2, parentTag: tag });
    expect(await refusalOf(users.update(caller, ANN, tag, ann))).toMatchObject({ kind: 'conflict', code: 'users/stale-version' });
    expect(await refusalOf(users.update(caller, ANN, '', ann))).toMatchObject({ kind: 'invalid', field: 'expectedTag' });
    expect(await refusalOf(users.update(caller, BEA, tag, ann))).toMatchObject({ kind: 'not-found', code: 'users/unknown' });
  });

  it('does not find the users of another tenant', async () => {
    const tag = await at.putUser(ANN, 'Ann');
    const other = { ...caller, tenant: 'other' };
    expect(await refusalOf(users.get('other', ANN))).toMatchObject({ code: 'users/unknown' });
    expect(await refusalOf(users.delete(other, ANN, tag))).toMatchObject({ code: 'users/unknown' });
    expect((await at.store.read('default', 'user', ANN))?.deleted).toBe(false);
  });

  describe('deleting a user', () => {
    it('releases its numbers, removes its call settings and says so', async () => {
      const tag = await at.putUser(ANN, 'Ann');
      await at.putNumber('1001', ANN);
      await at.putNumber('1002', ANN);
      await at.putNumber('1003', BEA);
      await at.put('call-settings', `user/${ANN}`, { layer: 'user', id: ANN, settings: {} });
      expect(await users.delete(caller, ANN, tag)).toEqual({ releasedNumbers: [{ switchId: 'site-a', number: '1001' }, { switchId: 'site-a', number: '1002' }], callSettingsRemoved: true });
      expect(await refusalOf(users.get('default', ANN))).toMatchObject({ code: 'users/unknown' });
      expect((await at.store.read('default', 'dn', 'site-a/1001'))?.body).toMatchObject({ userId: '' });
      expect((await at.store.read('default', 'dn', 'site-a/1003'))?.body).toMatchObject({ userId: BEA });
      expect((await at.store.read('default', 'call-settings', `user/${ANN}`))?.deleted).toBe(true);
    });

    it('answers a repeated delete the same', async () => {
      const tag = await at.putUser(ANN, 'Ann');
      await at.putNumber('1001', ANN);
      const first = await users.delete(caller, ANN, tag);
      expect(await users.delete(caller, ANN, tag)).toEqual(first);
    });

    it('changes nothing when the user is newer', async () => {
      const tag = await at.putUser(ANN, 'Ann');
      await at.putUser(ANN, 'Anne');
      await at.putNumber('1001', ANN);
      expect(await refusalOf(users.delete(caller, ANN, tag))).toMatchObject({ code: 'users/stale-version' });
      expect((await at.store.read('default', 'dn', 'site-a/1001'))?.body).toMatchObject({ userId: ANN });
    });

    it('takes a number along that changes meanwhile', async () => {
      const tag = await at.putUser(ANN, 'Ann');
      await at.putNumber('1001', ANN);
      at.store.beforeCommit = () => at.putNumber('1001', ANN);
      expect((await users.delete(caller, ANN, tag)).releasedNumbers).toHaveLength(1);
    });

    it('releases a number that is given to the user meanwhile', async () => {
      const tag = await at.putUser(ANN, 'Ann');
      at.store.beforeCommit = () => at.putNumber('1001', ANN);
      expect((await users.delete(caller, ANN, tag)).releasedNumbers).toEqual([{ switchId: 'site-a', number: '1001' }]);
      expect((await at.store.read('default', 'dn', 'site-a/1001'))?.body).toMatchObject({ userId: '' });
    });
  });
});

describe('user search', () => {
  it('pages through everybody in order of the name, and finds by any word', async () => {
    const at = await scenario();
    const search = new UserSearchService(at.store);
    await at.putUser(ANN, 'Émile Zander');
    await at.putUser(BEA, 'bea Émile Ember');
    await at.putNumber('1001', BEA);
    const first = await search.list('default', { query: '', pageSize: 1, pageToken: '' });
    const second = await search.list('default', { query: '', pageSize: 1, pageToken: first.nextPageToken });
    expect([...first.users, ...second.users].map(({ user }) => user.id)).toEqual([BEA, ANN]);
    expect(first.users[0]?.numbers).toEqual([{ switchId: 'site-a', number: '1001' }]);
    const found = await search.list('default', { query: 'EM', pageSize: 0, pageToken: '' });
    expect(found.users.map(({ user }) => user.id)).toEqual([BEA, ANN]);
    expect((await search.list('default', { query: 'zan', pageSize: 0, pageToken: '' })).users).toHaveLength(1);
    expect((await search.list('other', { query: 'zan', pageSize: 0, pageToken: '' })).users).toHaveLength(0);
  });

  it('refuses a page token of its own making', async () => {
    const search = new UserSearchService((await scenario()).store);
    expect(await refusalOf(search.list('default', { query: 'a', pageSize: 0, pageToken: 'e30' }))).toMatchObject({ kind: 'invalid', field: 'pageToken' });
  });
});
