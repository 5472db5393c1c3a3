import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListChangesRequest, SettingsLayer, UpdateCallSettingsRequest, UpdateUserRequest, type User } from '@sfs/contracts';
import { call, streamOf } from '@sfs/grpc';
import type { RunningService } from '@sfs/service-host';
import { eventually } from '@sfs/testing';
import { context, createNumber, createTopology, createUser, refusal, rules } from './calls.ts';
import { connectClients, endApp, openEvents, openPlace, startApp, type Clients, type Place } from './provisioning-under-test.ts';

let place: Place;
let app: RunningService;
let at: Clients;
let events: Awaited<ReturnType<typeof openEvents>>;

beforeAll(async () => {
  place = await openPlace();
  [app, events] = await Promise.all([startApp(place), openEvents(place)]);
  at = connectClients(place);
  await createTopology(at);
});

afterAll(async () => {
  at.close();
  await Promise.all([endApp(app), events.close()]);
  await place.keyspace.drop();
});

const updateUser = (user: User, displayName: string, more: Partial<UpdateUserRequest> = {}) =>
  call(at.users, 'updateUser', UpdateUserRequest.create({ id: user.id, displayName, siteId: 'site-a', expectedTag: user.meta?.tag ?? '', ...more }), context, rules);
const getUser = async (id: string, tenant = 'default') => (await call(at.users, 'getUser', { id }, { ...context, tenant }, rules)).user;
const searched = async (query: string, pageSize = 0, pageToken = '') => call(at.users, 'listUsers', { query, pageSize, pageToken }, context, rules);

describe('provisioning on a real store', () => {
  it('has the tenant default on a fresh install', async () => {
    const { tenants } = await call(at.topology, 'listTenants', {}, context, rules);
    expect(tenants.map(({ id, meta }) => [id, meta?.version])).toEqual([['default', 1]]);
  });

  it('creates, shows, changes and deletes a user with its number and settings', async () => {
    const user = await createUser(at, 'Ann Berg', { email: 'ann@example.com' });
    await createNumber(at, '1001', user.id);
    await call(at.settings, 'updateCallSettings', UpdateCallSettingsRequest.create({ layer: SettingsLayer.USER, id: user.id, settings: { callWaiting: false } }), context, rules);
    expect(await getUser(user.id)).toMatchObject({ displayName: 'Ann Berg', numbers: [{ switchId: 'site-a', number: '1001' }], meta: { version: 1, actor: 'ann', site: 'site-a' } });
    const { user: changed } = await updateUser(user, 'Ann Bergson');
    expect(changed?.meta?.version).toBe(2);
    const answer = await call(at.users, 'deleteUser', { id: user.id, expectedTag: changed?.meta?.tag ?? '', idempotencyKey: '' }, context, rules);
    expect(answer).toEqual({ releasedNumbers: [{ switchId: 'site-a', number: '1001' }], callSettingsRemoved: true });
    expect(await refusal(getUser(user.id))).toMatchObject({ kind: 'not-found', code: 'users/unknown' });
    const { directoryNumber } = await call(at.numbers, 'getDirectoryNumber', { switchId: 'site-a', number: '1001' }, context, rules);
    expect(directoryNumber?.userId).toBe('');
  });

  it('publishes every change as the full state, and never a secret', async () => {
    const user = await createUser(at, 'Bea Event');
    await createNumber(at, '1801', user.id);
    const { password } = await call(at.numbers, 'setSipPassword', { switchId: 'site-a', number: '1801', password: '' }, context, rules);
    const dn = await eventually('the event of the password', () => events.changes.find((change) => change.kind === 'dn' && change.entityId === 'site-a/1801' && change.version === 2));
    expect(JSON.parse(dn.body)).toEqual({ switchId: 'site-a', number: '1801', userId: user.id, hasSipPassword: true });
    expect(events.changes.find(({ entityId }) => entityId === user.id)).toMatchObject({ tenant: 'default', kind: 'user', version: 1, tag: user.meta?.tag, actor: 'ann', deleted: false });
    expect(JSON.stringify(events.changes)).not.toContain(password);
    expect(events.changes.some(({ kind }) => kind === 'sip-credential')).toBe(false);
  });

  it('lets one of two writers at once win and tells the other what is current', async () => {
    const user = await createUser(at, 'Cid Race');
    const outcomes = await Promise.allSettled([updateUser(user, 'Cid One'), updateUser(user, 'Cid Two')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const current = await getUser(user.id);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ kind: 'conflict', code: 'users/stale-version', details: { currentTag: current?.meta?.tag } });
    const numbers = await Promise.allSettled([createNumber(at, '1700'), createNumber(at, '1700')]);
    expect(numbers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('does a request once however often it is sent with its key', async () => {
    const [first, second] = await Promise.all([createUser(at, 'Dee Once', { idempotencyKey: 'once-1' }), createUser(at, 'Dee Once', { idempotencyKey: 'once-1' })]);
    expect(second).toEqual(first);
    expect((await searched('dee once')).users).toHaveLength(1);
    expect(await refusal(createUser(at, 'Somebody Else', { idempotencyKey: 'once-1' }))).toMatchObject({ kind: 'invalid', code: 'idempotency/key-reused' });
    const update = () => updateUser(first, 'Dee Twice', { idempotencyKey: 'once-2' });
    expect(await update()).toEqual(await update());
  });

  it('pages and searches users by any word, numbers by prefix', async () => {
    for (const name of ['Zoë Álvarez', 'Alva Zimmer', 'Zita Moll']) await createUser(at, name);
    for (const number of ['2200', '2201', '2299', '2300']) await createNumber(at, number);
    expect((await searched('alva')).users.map(({ displayName }) => displayName)).toEqual(['Alva Zimmer', 'Zoë Álvarez']);
    const first = await searched('z', 2);
    const second = await searched('z', 2, first.nextPageToken);
    expect([...first.users, ...second.users].map(({ displayName }) => displayName)).toEqual(['Alva Zimmer', 'Zita Moll', 'Zoë Álvarez']);
    const { directoryNumbers, nextPageToken } = await call(at.numbers, 'listDirectoryNumbers', { switchId: 'site-a', query: '22', pageSize: 2, pageToken: '' }, context, rules);
    expect(directoryNumbers.map(({ number }) => number)).toEqual(['2200', '2201']);
    expect((await call(at.numbers, 'listDirectoryNumbers', { switchId: 'site-a', query: '22', pageSize: 2, pageToken: nextPageToken }, context, rules)).directoryNumbers.map(({ number }) => number)).toEqual(['2299']);
  });

  it('does not find the ids of another tenant', async () => {
    const user = await createUser(at, 'Eve Own');
    const other = { ...context, tenant: 'other' };
    await call(at.topology, 'createTenant', { id: 'other', displayName: 'Other' }, context, rules);
    await createTopology(at, other, 'site-o');
    expect(await refusal(getUser(user.id, 'other'))).toMatchObject({ kind: 'not-found', code: 'users/unknown' });
    expect(await refusal(call(at.numbers, 'listDirectoryNumbers', { switchId: 'site-a', query: '', pageSize: 0, pageToken: '' }, other, rules))).toMatchObject({ code: 'switches/unknown' });
    expect(await refusal(call(at.numbers, 'createDirectoryNumber', { switchId: 'site-o', number: '1', userId: user.id, idempotencyKey: '' }, other, rules))).toMatchObject({ code: 'users/unknown' });
    expect(await refusal(call(at.users, 'deleteUser', { id: user.id, expectedTag: user.meta?.tag ?? '', idempotencyKey: '' }, other, rules))).toMatchObject({ code: 'users/unknown' });
    expect((await call(at.changes, 'listChanges', ListChangesRequest.create({}), other, rules)).changes.every(({ tenant }) => tenant === 'other')).toBe(true);
    expect(await getUser(user.id)).toMatchObject({ displayName: 'Eve Own' });
  });

  it('says whose mailbox is whose, to consumers too, until the user goes', async () => {
    const [ann, bea] = [await createUser(at, 'Ann Mailbox'), await createUser(at, 'Bea Mailbox')];
    const link = (mailbox: string, userId: string, expectedTag = '', idempotencyKey = '') => call(at.mailboxes, 'linkMailbox', { mailbox, userId, expectedTag, idempotencyKey }, context, rules);
    const boxesOf = async (userId: string) => (await call(at.mailboxes, 'listMailboxLinks', { userId }, context, rules)).links.map(({ mailbox }) => mailbox);
    const { link: first } = await link('30000', ann.id, '', 'mailbox-once');
    expect(await link('30000', ann.id, '', 'mailbox-once')).toEqual({ link: first });
    await link('3001', ann.id);
    expect(await boxesOf(ann.id)).toEqual(['3001', '30000']);
    const { link: moved } = await link('30000', bea.id, first?.meta?.tag);
    expect([await boxesOf(ann.id), await boxesOf(bea.id)]).toEqual([['3001'], ['30000']]);
    const event = await eventually('the event of the move', () => events.changes.find(({ tag }) => tag === moved?.meta?.tag));
    expect(event).toMatchObject({ kind: 'mailbox-link', entityId: '30000', version: 2, deleted: false });
    expect(JSON.parse(event.body)).toEqual({ mailbox: '30000', userId: bea.id });
    const loaded: string[] = [];
    for await (const { change } of streamOf(at.changes, 'loadState', { kinds: ['mailbox-link'] }, context, rules)) if (change) loaded.push(`${change.entityId}/${change.version}`);
    expect(loaded.sort()).toEqual(['30000/2', '3001/1']);

    await call(at.users, 'deleteUser', { id: bea.id, expectedTag: bea.meta?.tag ?? '', idempotencyKey: '' }, context, rules);
    expect(await refusal(call(at.mailboxes, 'getMailboxLink', { mailbox: '30000' }, context, rules))).toMatchObject({ kind: 'not-found', code: 'mailbox-links/unknown' });
    await eventually('the event of the release', () => events.changes.find(({ entityId, deleted }) => entityId === '30000' && deleted));
    const { link: again } = await link('30000', ann.id);
    await call(at.mailboxes, 'unlinkMailbox', { mailbox: '30000', expectedTag: again?.meta?.tag ?? '' }, context, rules);
    expect(await boxesOf(ann.id)).toEqual(['3001']);
  });

  it('shows a layer of call settings with all that apply to it', async () => {
    const user = await createUser(at, 'Fay Layers');
    await call(at.settings, 'updateCallSettings', UpdateCallSettingsRequest.create({ layer: SettingsLayer.SITE, id: 'site-a', settings: { noAnswerTimeoutSeconds: 10 } }), context, rules);
    const { layers, meta } = await call(at.settings, 'getCallSettings', { layer: SettingsLayer.USER, id: user.id }, context, rules);
    expect(layers.map(({ layer, settings }) => [layer, settings?.noAnswerTimeoutSeconds])).toEqual([['system', 30], ['tenant', undefined], ['site', 10], ['user', undefined]]);
    expect(meta).toMatchObject({ version: 0, tag: '' });
  });

  it('gives a new consumer the whole state, and people the history', async () => {
    const user = await createUser(at, 'Gil History');
    await updateUser(user, 'Gil Changed');
    const loaded: string[] = [];
    for await (const { change } of streamOf(at.changes, 'loadState', { kinds: [] }, context, rules)) if (change) loaded.push(`${change.kind}/${change.entityId}/${change.version}`);
    expect(loaded).toContain(`user/${user.id}/2`);
    expect(loaded).toContain('switch/site-a/1');
    expect(loaded.join()).not.toContain('sip-credential');
    const { changes } = await call(at.changes, 'listChanges', ListChangesRequest.create({ kind: 'user', entityId: user.id }), context, rules);
    expect(changes.map(({ version, previousBody }) => [version, previousBody === '' ? '' : JSON.parse(previousBody).displayName])).toEqual([[2, 'Gil History'], [1, '']]);
    expect((await call(at.changes, 'listChanges', ListChangesRequest.create({ pageSize: 2 }), context, rules)).changes[0]).toMatchObject({ entityId: user.id, version: 2 });
  });

  it('imports a file, and the same file again changes nothing', async () => {
    const csv = `\uFEFFdisplay_name,email,site,switch,number,calling_profile\r\n${Array.from({ length: 40 }, (_, i) => `"Import, ${i}",,site-a,site-a,60${String(i).padStart(2, '0')},\r\n`).join('')}Bad,,site-a,site-a,١٢,\r\n`;
    const run = async (dryRun: boolean) => (await call(at.imports, 'importUsers', { csv, dryRun }, context, { ...rules, deadlineMs: 60_000 })).rows;
    const count = (rows: { outcome: string }[]) => ['create', 'unchanged', 'refused'].map((outcome) => rows.filter((row) => row.outcome === outcome).length);
    expect(count(await run(true))).toEqual([40, 0, 1]);
    const rows = await run(false);
    expect(count(rows)).toEqual([40, 0, 1]);
    expect(rows[40]).toMatchObject({ line: 42, field: 'number' });
    expect(count(await run(false))).toEqual([0, 40, 1]);
    expect((await searched('import, 39')).users[0]?.numbers).toEqual([{ switchId: 'site-a', number: '6039' }]);
  });

  it('refuses a caller without the service token', async () => {
    expect(await refusal(call(at.topology, 'listSites', {}, context, { deadlineMs: 5_000 }))).toMatchObject({ kind: 'denied' });
  });
});
