import { beforeEach, describe, expect, it } from 'vitest';
import { ANN, BEA, caller, refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { UsersService } from '../users/users.service.ts';
import { MailboxLinksService } from './mailbox-links.service.ts';

const wanted = { mailbox: '1001', userId: ANN, expectedTag: '', idempotencyKey: '' };

describe('mailbox links', () => {
  let at: Scenario;
  let links: MailboxLinksService;
  beforeEach(async () => {
    at = await scenario();
    links = new MailboxLinksService(at.store);
    await at.putUser(ANN, 'Ann');
  });

  it('gives a mailbox to one user at a time, from the version the change is based on', async () => {
    await at.putUser(BEA, 'Bea');
    const first = await links.link(caller, wanted);
    expect(await refusalOf(links.link(caller, { ...wanted, userId: BEA }))).toMatchObject({ kind: 'conflict', code: 'mailbox-links/exists' });
    expect((await links.link(caller, { ...wanted, userId: BEA, expectedTag: first.tag })).body.userId).toBe(BEA);
    expect(await refusalOf(links.link(caller, { ...wanted, expectedTag: first.tag }))).toMatchObject({ code: 'mailbox-links/stale-version' });
    expect(await links.list('default', ANN)).toEqual([]);
  });

  it('is made once however often the same request is sent', async () => {
    const once = { ...wanted, idempotencyKey: 'k' };
    expect(await links.link(caller, once)).toEqual(await links.link(caller, once));
  });

  it('belongs to existing users only and has a number of digits', async () => {
    expect(await refusalOf(links.link(caller, { ...wanted, userId: BEA }))).toMatchObject({ code: 'users/unknown', field: 'userId' });
    expect(await refusalOf(links.link(caller, { ...wanted, mailbox: '10a' }))).toMatchObject({ kind: 'invalid', code: 'input/mailbox', field: 'mailbox' });
    expect(await refusalOf(links.get('default', '1009'))).toMatchObject({ kind: 'not-found', code: 'mailbox-links/unknown' });
  });

  it('gives a user at most ten mailboxes, in order of their numbers', async () => {
    for (const mailbox of ['10', '9', '1002', '1001', '1003', '1004', '1005', '1006', '1007', '1008']) await links.link(caller, { ...wanted, mailbox });
    expect((await links.list('default', ANN)).map(({ id }) => id).slice(0, 4)).toEqual(['9', '10', '1001', '1002']);
    expect(await refusalOf(links.link(caller, { ...wanted, mailbox: '1009' }))).toMatchObject({ kind: 'exhausted', code: 'mailbox-links/too-many' });
  });

  it('is taken away once; the same request again answers the same', async () => {
    const { tag } = await links.link(caller, wanted);
    await links.unlink(caller, '1001', tag);
    await links.unlink(caller, '1001', tag);
    expect(await refusalOf(links.get('default', '1001'))).toMatchObject({ code: 'mailbox-links/unknown' });
  });

  it('goes with its user', async () => {
    await links.link(caller, wanted);
    const users = new UsersService(at.store);
    const { user } = await users.get('default', ANN);
    await users.delete(caller, ANN, user.tag);
    expect(await refusalOf(links.get('default', '1001'))).toMatchObject({ code: 'mailbox-links/unknown' });
  });

  it('is nobody’s when its user is deleted while it is given to it', async () => {
    at.store.beforeCommit = async () => void (await at.store.commit({ ...caller, rows: [{ kind: 'user', id: ANN, expect: 'any', body: {}, deleted: true }] }));
    expect(await refusalOf(links.link(caller, wanted))).toMatchObject({ code: 'users/unknown' });
    expect(await refusalOf(links.get('default', '1001'))).toMatchObject({ code: 'mailbox-links/unknown' });
  });
});
