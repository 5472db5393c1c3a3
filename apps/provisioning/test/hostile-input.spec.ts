import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallSettings, CreateUserRequest, SettingsLayer, UpdateCallSettingsRequest, UpdateUserRequest, type User } from '@sfs/contracts';
import { call, metadataOf, type CallContext } from '@sfs/grpc';
import type { RunningService } from '@sfs/service-host';
import { context, createNumber, createTopology, createUser, refusal, rules } from './calls.ts';
import { connectClients, endApp, openPlace, startApp, TOKEN, type Clients, type Place } from './provisioning-under-test.ts';

let place: Place;
let app: RunningService;
let at: Clients;
let user: User;

beforeAll(async () => {
  place = await openPlace();
  app = await startApp(place);
  at = connectClients(place);
  await createTopology(at);
  user = await createUser(at, 'Ann');
  await createNumber(at, '1001', user.id);
});

afterAll(async () => {
  at.close();
  await endApp(app);
  await place.keyspace.drop();
});

const newUser = (more: Partial<CreateUserRequest>) => call(at.users, 'createUser', CreateUserRequest.create({ displayName: 'X', siteId: 'site-a', ...more }), context, rules);
const newNumber = (number: string, switchId = 'site-a') => call(at.numbers, 'createDirectoryNumber', { switchId, number, userId: '', idempotencyKey: '' }, context, rules);
const settings = (wanted: Partial<CallSettings>) => call(at.settings, 'updateCallSettings', UpdateCallSettingsRequest.create({ layer: SettingsLayer.USER, id: user.id, settings: CallSettings.create(wanted) }), context, rules);
const link = (mailbox: string, userId = user.id, expectedTag = '') => call(at.mailboxes, 'linkMailbox', { mailbox, userId, expectedTag, idempotencyKey: '' }, context, rules);
const listed = (query: string, pageSize: number, pageToken: string) => call(at.users, 'listUsers', { query, pageSize, pageToken }, context, rules);
const as = (changes: Partial<CallContext>) => call(at.users, 'listUsers', { query: '', pageSize: 0, pageToken: '' }, { ...context, ...changes }, rules);

/** what is sent · the kind, code and field of the answer */
const TABLE: [string, () => Promise<unknown>, string, string, string][] = [
  ['a number of 10,000 digits', () => newNumber('1'.repeat(10_000)), 'invalid', 'input/number', 'number'],
  ['a number of Arabic digits', () => newNumber('١٠٠١'), 'invalid', 'input/number', 'number'],
  ['a number with a quote', () => newNumber("1';DROP"), 'invalid', 'input/number', 'number'],
  ['an empty number', () => newNumber(''), 'invalid', 'input/number', 'number'],
  ['a number on a switch of 10,000 letters', () => newNumber('1', 'a'.repeat(10_000)), 'not-found', 'switches/unknown', 'switchId'],
  ['a number on a switch with a slash', () => newNumber('1', 'site-a/1001'), 'not-found', 'switches/unknown', 'switchId'],
  ['a name of a megabyte', () => newUser({ displayName: 'x'.repeat(1_000_000) }), 'invalid', 'input/display-name', 'displayName'],
  ['a name of blanks', () => newUser({ displayName: ' \t ' }), 'invalid', 'input/display-name', 'displayName'],
  ['a name with a NUL', () => newUser({ displayName: 'a\u0000b' }), 'invalid', 'input/display-name', 'displayName'],
  ['a name with half a surrogate pair', () => newUser({ displayName: 'a\uD800b' }), 'invalid', 'input/display-name', 'displayName'],
  ['an e-mail address with a line end', () => newUser({ email: 'a@b.c\r\nx' }), 'invalid', 'input/email', 'email'],
  ['a profile of another alphabet', () => newUser({ callingProfileId: 'пр' }), 'invalid', 'input/name', 'callingProfileId'],
  ['an unknown site', () => newUser({ siteId: '../site-a' }), 'not-found', 'sites/unknown', 'siteId'],
  ['an idempotency key with blanks', () => newUser({ idempotencyKey: 'a b' }), 'invalid', 'input/idempotency-key', 'idempotencyKey'],
  ['a message over 4 MiB', () => newUser({ displayName: 'x'.repeat(5_000_000) }), 'exhausted', 'grpc/too-large', ''],
  ['a user id that is none', () => call(at.users, 'getUser', { id: "' OR 1=1" }, context, rules), 'not-found', 'users/unknown', 'id'],
  ['an update without a tag', () => call(at.users, 'updateUser', UpdateUserRequest.create({ id: user.id, displayName: 'Y', siteId: 'site-a' }), context, rules), 'invalid', 'input/tag', 'expectedTag'],
  ['an update of an old version', () => call(at.users, 'updateUser', UpdateUserRequest.create({ id: user.id, displayName: 'Y', siteId: 'site-a', expectedTag: crypto.randomUUID() }), context, rules), 'conflict', 'users/stale-version', ''],
  ['a forward to 10,000 digits', () => settings({ forwardAll: { kind: 'number', number: '1'.repeat(10_000) } }), 'invalid', 'call-settings/bad-number', 'forwardAll'],
  ['a forward to oneself', () => settings({ forwardAll: { kind: 'number', number: '1001' } }), 'invalid', 'call-settings/forward-to-self', 'forwardAll'],
  ['a forward of an unknown kind', () => settings({ forwardOnBusy: { kind: 'pigeon', number: '' } }), 'invalid', 'input/forward-target', 'forwardOnBusy'],
  ['a mailbox of 10,000 digits', () => link('1'.repeat(10_000)), 'invalid', 'input/mailbox', 'mailbox'],
  ['a mailbox of Arabic digits', () => link('١٠٠١'), 'invalid', 'input/mailbox', 'mailbox'],
  ['a mailbox with parameters of a URI', () => link('1002;sfs-mailbox=1003'), 'invalid', 'input/mailbox', 'mailbox'],
  ['a mailbox for nobody', () => link('1001', ''), 'not-found', 'users/unknown', 'userId'],
  ['a mailbox for a user of 10,000 letters', () => link('1001', 'x'.repeat(10_000)), 'not-found', 'users/unknown', 'userId'],
  ['the mailbox of an old version', () => link('1001', user.id, crypto.randomUUID()), 'conflict', 'mailbox-links/stale-version', ''],
  ['the mailbox of a version that is none', () => link('1001', user.id, 'x'), 'invalid', 'input/tag', 'expectedTag'],
  ['a mailbox taken away from nobody', () => call(at.mailboxes, 'unlinkMailbox', { mailbox: '1001', expectedTag: crypto.randomUUID() }, context, rules), 'not-found', 'mailbox-links/unknown', 'mailbox'],
  ['a timeout of -5', () => settings({ noAnswerTimeoutSeconds: -5 }), 'invalid', 'call-settings/bad-timeout', 'noAnswerTimeoutSeconds'],
  ['settings of no layer', () => call(at.settings, 'getCallSettings', { layer: SettingsLayer.UNSPECIFIED, id: '' }, context, rules), 'invalid', 'input/layer', 'layer'],
  ['a page of -1', () => listed('', -1, ''), 'invalid', 'input/page-size', 'pageSize'],
  ['a page of 2,000,000,000', () => listed('', 2_000_000_000, ''), 'invalid', 'input/page-size', 'pageSize'],
  ['a page token of its own making', () => listed('', 0, 'xyz'), 'invalid', 'page/token', 'pageToken'],
  ['a search token of its own making', () => listed('a', 0, Buffer.from('[1,2,3]').toString('base64url')), 'invalid', 'input/page-token', 'pageToken'],
  ['a tenant of upper case', () => as({ tenant: 'DEFAULT' }), 'invalid', 'request/tenant', 'sfs-tenant'],
  ['no tenant', () => as({ tenant: '' }), 'invalid', 'request/tenant', 'sfs-tenant'],
  ['a site under a tenant that is not there', () => call(at.topology, 'createSite', { id: 'x', displayName: 'X', idempotencyKey: '' }, { ...context, tenant: 'ghost' }, rules), 'not-found', 'tenants/unknown', 'tenant'],
  ['a SIP domain with parameters', () => call(at.topology, 'createSwitch', { id: 'x', displayName: 'X', siteId: 'site-a', sipDomain: 'a;lr', idempotencyKey: '' }, context, rules), 'invalid', 'input/sip-domain', 'sipDomain'],
  ['the history of secrets', () => call(at.changes, 'listChanges', { kind: 'sip-credential', entityId: '', pageSize: 0, pageToken: '' }, context, rules), 'invalid', 'input/kind', 'kind'],
  ['a CSV file without a header', () => call(at.imports, 'importUsers', { csv: '\u0000\u0000', dryRun: true }, context, rules), 'invalid', 'imports/bad-header', 'csv'],
];

describe('hostile input', () => {
  it.each(TABLE)('%s is refused with a clear error', async (_name, send, kind, code, field) => {
    const answer = await refusal(send());
    expect(answer).toMatchObject({ kind, code, field });
    if (kind === 'invalid') expect(answer.remedy).not.toBe('');
  });

  it('torn messages are refused', async () => {
    const send = (bytes: Buffer) =>
      new Promise<number | undefined>((resolve) => {
        at.users.makeUnaryRequest('/sfs.provisioning.v1.UsersService/CreateUser', (value: Buffer) => value, (value: Buffer) => value, bytes, metadataOf(context, TOKEN), (error) => resolve(error?.code));
      });
    const whole = Buffer.from(CreateUserRequest.encode(CreateUserRequest.create({ displayName: 'Torn', siteId: 'site-a' })).finish());
    for (const bytes of [whole.subarray(0, whole.length - 3), Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), Buffer.alloc(1_000, 0xff)]) expect(await send(bytes)).toBeGreaterThan(0);
  });

  it('leaves nothing half-written and the service able to answer', async () => {
    const { users } = await listed('', 0, '');
    expect(users.map(({ displayName, meta }) => [displayName, meta?.version])).toEqual([['Ann', 1]]);
    expect(app.health().ready).toBe(true);
  });
});
