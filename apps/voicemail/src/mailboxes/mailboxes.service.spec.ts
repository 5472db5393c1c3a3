import { beforeEach, describe, expect, it } from 'vitest';
import { asBody } from '../entities/bodies.ts';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import { MailboxesService } from './mailboxes.service.ts';
import { settingsOf, toView } from './mailboxes.mapper.ts';

const caller = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
const wanted = (number: string, more: object = {}) => ({ number, settings: {}, idempotencyKey: '', ...more });

let store: FakeEntityStore;
let opened: string[];
let drawn: number;
let mailboxes: MailboxesService;

beforeEach(() => {
  store = new FakeEntityStore();
  opened = [];
  drawn = 0;
  mailboxes = new MailboxesService({
    store,
    pins: {
      firstPin: (_tenant, number) => {
        drawn += 1;
        const hash = `hash-${drawn}`;
        return Promise.resolve({ pin: `pin-${drawn}`, hash, row: { kind: 'mailbox-pin', id: number, expect: 'any', body: asBody('mailbox-pin', { number, hash, mustChange: true, history: [] }) } });
      },
      forget: (_caller, number) => Promise.resolve(void opened.push(number)),
      reset: () => Promise.resolve('830174'),
      unlock: (_caller, number) => Promise.resolve(void opened.push(number)),
    },
    greetings: {
      delete: () => Promise.resolve(),
      deletions: (_tenant, number) => Promise.resolve([{ kind: 'greeting', id: `${number}/name`, expect: 'any', body: {}, deleted: true }]),
    },
    touched: () => undefined,
    now: () => Date.UTC(2026, 0, 1),
    view: {
      counts: () => Promise.resolve({ new: 2, old: 1, deleted: 0 }),
      pin: () => Promise.resolve({ lockedUntil: Date.UTC(2026, 0, 1, 1), mustChange: true }),
      greetings: () => Promise.resolve([]),
      lamp: () => Promise.resolve({ at: Date.UTC(2026, 0, 1, 2), newMessages: 2, oldMessages: 1, phones: 3 }),
    },
  });
});

const create = (number: string, more: object = {}) => mailboxes.create(caller, wanted(number, more));

describe('a mailbox', () => {
  it('is created with a PIN that is answered once', async () => {
    const key = { idempotencyKey: 'k-1' };
    expect((await create('1002', key)).oneTimePin).toBe('pin-1');
    expect((await create('1002', key)).oneTimePin).toBe('');
    expect(opened).toEqual(['1002']);
    await expect(create('1002')).rejects.toMatchObject({ kind: 'conflict', code: 'mailboxes/exists' });
  });

  it('is shown with what is derived and every setting filled', async () => {
    const { view } = await create('1002', { settings: settingsOf({ maxMessages: 20, maxMessageSeconds: undefined, timeZone: undefined, administratorMayListen: undefined }) });
    expect(toView(view)).toMatchObject({
      mailbox: { number: '1002', settings: { maxMessages: 20, timeZone: undefined }, meta: { version: 1, actor: 'ann' } },
      counts: { newMessages: 2, oldMessages: 1, deletedMessages: 0 },
      effective: { maxMessages: 20, maxMessageSeconds: 180, timeZone: 'UTC', administratorMayListen: false },
      lockedUntil: '2026-01-01T01:00:00.000Z',
      pinMustChange: true,
      lampLit: true,
      lampPhones: 3,
      lampToldAt: '2026-01-01T02:00:00.000Z',
    });
  });

  it.each(['', '12345678901234567', '10 02', '1002a', '１００２'])('has no number such as %j', async (number) => {
    await expect(create(number)).rejects.toMatchObject({ code: 'input/number' });
    await expect(mailboxes.get('default', number)).rejects.toMatchObject({ code: 'mailboxes/unknown' });
  });

  it('names every fault of its settings', async () => {
    const faulty = create('1002', { settings: { maxMessages: 0, maxMessageSeconds: 5, timeZone: 'Mars/Base' } });
    await expect(faulty).rejects.toMatchObject({ kind: 'invalid', code: 'mailboxes/bad-max-messages' });
    const issues = await faulty.catch((error: { details: { issues: string } }) => JSON.parse(error.details.issues) as { field: string }[]);
    expect(Array.isArray(issues) && issues.map(({ field }) => field)).toEqual(['maxMessages', 'maxMessageSeconds', 'timeZone']);
  });

  it('is changed only on its newest version', async () => {
    const { view } = await create('1002');
    const { tag } = view.mailbox;
    const next = await mailboxes.update(caller, { ...wanted('1002', { settings: { maxMessages: 5 } }), expectedTag: tag });
    expect(next.mailbox.body).toMatchObject({ settings: { maxMessages: 5 }, since: '2026-01-01T00:00:00.000Z' });
    await expect(mailboxes.update(caller, { ...wanted('1002'), expectedTag: tag })).rejects.toMatchObject({ code: 'mailboxes/stale-version', details: { currentTag: next.mailbox.tag } });
  });

  it('takes its PIN and greetings along when it is deleted, and is gone when asked twice', async () => {
    const { view } = await create('1002');
    await mailboxes.delete(caller, '1002', view.mailbox.tag);
    await mailboxes.delete(caller, '1002', view.mailbox.tag);
    await expect(mailboxes.get('default', '1002')).rejects.toMatchObject({ code: 'mailboxes/unknown' });
    const last = store.history.slice(-3).map(({ kind, deleted }) => [kind, deleted]);
    expect(last).toEqual([['mailbox', true], ['greeting', true], ['mailbox-pin', true]]);
    await expect(mailboxes.delete(caller, '1009', view.mailbox.tag)).rejects.toMatchObject({ code: 'mailboxes/unknown' });
  });

  it('stands in a list by its digits, and is found by its first ones', async () => {
    for (const number of ['1003', '20', '1002']) await create(number);
    const numbersOf = async (query: string, pageSize = 0, pageToken = '') => {
      const { views, nextPageToken } = await mailboxes.list('default', { query, pageSize, pageToken });
      return [views.map(({ mailbox }) => mailbox.id), nextPageToken] as const;
    };
    expect((await numbersOf(''))[0]).toEqual(['1002', '1003', '20']);
    expect((await numbersOf('10'))[0]).toEqual(['1002', '1003']);
    expect((await numbersOf('x'))[0]).toEqual([]);
    const [first, token] = await numbersOf('', 2);
    expect([first, (await numbersOf('', 2, token))[0]]).toEqual([['1002', '1003'], ['20']]);
  });
});

describe('the history of a mailbox', () => {
  it('holds what was done to all that belongs to it, newest first, page by page', async () => {
    await create('1002');
    await create('1003');
    await store.commit({ ...caller, rows: [{ kind: 'listening', id: '1002', expect: 'any', body: {} }] });
    await store.commit({ ...caller, rows: [{ kind: 'greeting', id: '1002/name', expect: 'any', body: {} }] });
    const kinds: string[] = [];
    let pageToken = '';
    do {
      const page = await mailboxes.changes('default', { entityId: '1002', pageSize: 3, pageToken });
      kinds.push(...page.changes.map(({ kind }) => kind));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(kinds).toEqual(['greeting', 'listening', 'mailbox-pin', 'mailbox']);
    expect((await mailboxes.changes('default', { entityId: '', pageSize: 0, pageToken: '' })).changes.length).toBe(6);
    await expect(mailboxes.changes('default', { entityId: '1002', pageSize: 0, pageToken: 'bm8' })).rejects.toMatchObject({ code: 'page/token' });
  });
});
