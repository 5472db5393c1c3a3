import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateMailboxRequest, ReadAudioRequest, UpdateMailboxRequest } from '@sfs/contracts';
import { call, streamOf } from '@sfs/grpc';
import { eventually } from '@sfs/testing';
import type { Deposit, NewDeposit } from '../src/deposits/deposits.port.ts';
import { Spool } from '../src/deposits/spool.ts';
import { context, openEvents, openPlace, refusalOf, rules, startApp, type Place, type Running } from './voicemail-under-test.ts';

const speech = Uint8Array.from({ length: 150_000 }, (_, index) => (index * 31) % 256);
const result = { durationMs: 18_750, packetsLost: 2, truncated: false };

let place: Place;
let app: Running;
let events: Awaited<ReturnType<typeof openEvents>>;

beforeAll(async () => {
  place = await openPlace();
  [app, events] = await Promise.all([startApp(place), openEvents(place)]);
});

afterAll(async () => {
  await Promise.all([app.end(), events.close()]);
  await place.close();
});

const create = (number: string, more: Partial<CreateMailboxRequest> = {}) => call(app.mailboxes, 'createMailbox', CreateMailboxRequest.create({ number, ...more }), context, rules);
const view = async (number: string) => (await call(app.mailboxes, 'getMailbox', { number }, context, rules)).view;
const listed = async (mailbox: string, folder = '') => (await call(app.messages, 'listMessages', { mailbox, folder, pageSize: 0, pageToken: '' }, context, rules)).messages;
const open = (mailbox: string, more: Partial<NewDeposit> = {}) => app.parts.deposits.open({ tenant: 'default', mailbox, fromNumber: '1001', fromName: 'Ann', reason: 'no-answer', callId: 'c@h', codec: 'pcmu', ...more });
const check = (mailbox: string, pin: string) => app.parts.pins.check({ tenant: 'default', mailbox, pin, origin: '1001' });

function speak(deposit: Deposit): void {
  for (let at = 0; at < speech.length; at += 8_000) deposit.append(speech.subarray(at, at + 8_000));
}

async function leave(mailbox: string): Promise<string> {
  const deposit = await open(mailbox);
  speak(deposit);
  await deposit.finish(result);
  return deposit.id;
}

async function audioOf(mailbox: string, id: string, more: Partial<ReadAudioRequest> = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const { audio } of streamOf(app.messages, 'readAudio', ReadAudioRequest.create({ mailbox, id, listener: 'owner', ...more }), context, rules)) pieces.push(audio);
  return Buffer.concat(pieces);
}

describe('a message', () => {
  it('is left, told, listed, heard, deleted and restored', async () => {
    await create('1002');
    const id = await leave('1002');
    const event = await events.arrivals.next('the event', 20_000, ({ messageId }) => messageId === id);
    expect(event).toMatchObject({ id, tenant: 'default', mailbox: '1002', step: 'deposited', actor: '1001', site: 'site-a' });
    expect(await listed('1002')).toMatchObject([{ id, mailbox: '1002', state: 'new', durationMs: 18_750, fromNumber: '1001', fromName: 'Ann', codec: 'pcmu', sizeBytes: 150_000, packetsLost: 2, truncated: false }]);
    expect((await audioOf('1002', id)).equals(speech)).toBe(true);
    expect((await audioOf('1002', id, { offset: 65_000, length: 2_000 })).equals(speech.subarray(65_000, 67_000))).toBe(true);
    const spoken = await app.parts.messages.audio('default', '1002', id);
    expect(Buffer.from(spoken.audio).equals(speech)).toBe(true);

    await call(app.messages, 'markHeard', { mailbox: '1002', id }, context, rules);
    expect((await view('1002'))?.counts).toEqual({ newMessages: 0, oldMessages: 1, deletedMessages: 0 });
    await call(app.messages, 'deleteMessage', { mailbox: '1002', id }, context, rules);
    await call(app.messages, 'deleteMessage', { mailbox: '1002', id }, context, rules);
    expect([await listed('1002'), (await listed('1002', 'deleted')).length]).toEqual([[], 1]);
    const { message } = await call(app.messages, 'restoreMessage', { mailbox: '1002', id }, context, rules);
    expect(message?.state).toBe('old');
    await events.arrivals.next('the restoring', 20_000, ({ step }) => step === 'restored');
    expect(events.arrivals.all.filter(({ step }) => step === 'deleted').length).toBe(1);
    expect(await readdir(place.spool)).toEqual([]);
  });

  it('is refused by a full mailbox and by one that nobody has', async () => {
    await create('1010', { settings: { maxMessages: 1, maxMessageSeconds: 10, timeZone: undefined, administratorMayListen: undefined } });
    const deposit = await open('1010');
    expect(deposit.maxMs).toBe(10_000);
    await deposit.drop();
    await leave('1010');
    expect(await refusalOf(open('1010'))).toBe('exhausted mailboxes/full');
    expect(await refusalOf(open('9999'))).toBe('not-found mailboxes/unknown');
  });

  it('is heard by an administrator only where that is allowed, and then it stands in the history', async () => {
    const { view: created } = await create('1011');
    const id = await leave('1011');
    expect(await refusalOf(audioOf('1011', id, { listener: 'administrator' }))).toBe('denied messages/listening-not-allowed');
    const settings = { maxMessages: undefined, maxMessageSeconds: undefined, timeZone: undefined, administratorMayListen: true };
    await call(app.mailboxes, 'updateMailbox', UpdateMailboxRequest.create({ number: '1011', settings, expectedTag: created?.mailbox?.meta?.tag ?? '' }), context, rules);
    expect((await audioOf('1011', id, { listener: 'administrator' })).length).toBe(150_000);
    await call(app.mailboxes, 'resetPin', { number: '1011' }, context, rules);
    await call(app.mailboxes, 'unlock', { number: '1011' }, context, rules);
    const { changes } = await call(app.mailboxes, 'listMailboxChanges', { entityId: '1011', pageSize: 0, pageToken: '' }, context, rules);
    expect(changes.slice(0, 4).map(({ kind, actor }) => `${kind} ${actor}`)).toEqual(['mailbox-unlock ann', 'mailbox-pin ann', 'listening ann', 'mailbox ann']);
    expect(changes.slice(4).map(({ kind }) => kind).sort()).toEqual(['mailbox', 'mailbox-pin']);
    expect(changes.filter(({ kind }) => kind === 'mailbox-pin').map(({ body, previousBody }) => [body, previousBody])).toEqual([['{}', ''], ['{}', '']]);
  });

  it('does not come back in a new mailbox of the same number', async () => {
    const { view: created } = await create('1012');
    await leave('1012');
    await app.parts.greetings.keep({ tenant: 'default', mailbox: '1012', kind: 'name', audio: speech.subarray(0, 4_000), codec: 'pcma', durationMs: 500, actor: '1012' });
    expect((await view('1012'))?.greetings).toMatchObject([{ kind: 'name', durationMs: 500 }]);
    await call(app.mailboxes, 'deleteMailbox', { number: '1012', expectedTag: created?.mailbox?.meta?.tag ?? '' }, context, rules);
    expect(await refusalOf(view('1012'))).toBe('not-found mailboxes/unknown');
    await create('1012');
    expect((await view('1012'))?.counts).toEqual({ newMessages: 0, oldMessages: 0, deletedMessages: 0 });
    expect(await app.parts.greetings.find('default', '1012', 'name')).toBeUndefined();
  });
});

describe('a PIN', () => {
  it('of twenty tries at once no more than four are looked at', async () => {
    const { oneTimePin } = await create('1020');
    const wrong = oneTimePin === '602938' ? '602939' : '602938';
    const answers = await Promise.all(Array.from({ length: 20 }, () => check('1020', wrong)));
    expect(answers.filter((answer) => answer === 'wrong').length).toBeLessThanOrEqual(4);
    expect(answers.filter((answer) => answer !== 'wrong').every((answer) => answer === 'locked')).toBe(true);
    expect(await check('1020', oneTimePin)).toBe('locked');
    expect((await view('1020'))?.lockedUntil).not.toBe('');
    await call(app.mailboxes, 'unlock', { number: '1020' }, context, rules);
    expect((await view('1020'))?.lockedUntil).toBe('');
    expect(await check('1020', oneTimePin)).toBe('must-change');
    expect(await app.parts.pins.change({ tenant: 'default', mailbox: '1020', pin: '830174', actor: '1020' })).toBe('done');
    expect(await check('1020', '830174')).toBe('right');
    expect((await view('1020'))?.pinMustChange).toBe(false);
  });

  it('holds over two replicas', async () => {
    const { oneTimePin } = await create('1021');
    const wrong = oneTimePin === '602938' ? '602939' : '602938';
    const other = await startApp(place, { SFS_INSTANCE: 'B', SFS_VOICEMAIL_GRPC_PORT: '0', SFS_VOICEMAIL_SPOOL_DIR: `${place.spool}/b` });
    const both = [app.parts.pins, other.parts.pins];
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => (both[index % 2] ?? app.parts.pins).check({ tenant: 'default', mailbox: '1021', pin: wrong, origin: '1001' })));
    await other.end();
    const looked = answers.filter((answer) => answer.status === 'fulfilled' && answer.value === 'wrong').length;
    expect(looked).toBeLessThanOrEqual(4);
    expect(await check('1021', oneTimePin)).toBe('locked');
  });

  it('of a mailbox that nobody has is wrong four times, then locked', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 5; n += 1) answers.push(await check('9998', '830174'));
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
  });
});

describe('lamps', () => {
  it('are remembered with their subscriptions', async () => {
    const { lamps } = app.parts;
    expect(await lamps.lastTold('default', '1030')).toBeUndefined();
    const told = { at: Date.now(), newMessages: 2, oldMessages: 1, phones: 3 };
    await lamps.told('default', '1030', told);
    expect(await lamps.lastTold('default', '1030')).toEqual(told);
    const alive = { id: 's1', dialog: '{"a":1}', expiresAt: Date.now() + 60_000 };
    await lamps.subscriptions.save('default', '1030', alive);
    await lamps.subscriptions.save('default', '1030', { ...alive, id: 's2', expiresAt: Date.now() - 1 });
    expect(await lamps.subscriptions.list('default', '1030')).toEqual([alive]);
    const all: unknown[] = [];
    for await (const each of lamps.subscriptions.all()) all.push(each);
    expect(all).toEqual([{ tenant: 'default', mailbox: '1030', ...alive }]);
    await lamps.subscriptions.remove('default', '1030', 's1');
    expect(await lamps.subscriptions.list('default', '1030')).toEqual([]);
  });
});

describe('with Cassandra away', () => {
  it('a message is taken by the spool and stored once when Cassandra is back', async () => {
    await create('1040');
    await eventually('the mailbox known', async () => {
      for await (const { mailbox } of app.parts.mailboxes()) if (mailbox === '1040') return true;
      return undefined;
    }, 30_000);
    const begun = await open('1040');
    begun.append(speech.subarray(0, 80_000));
    await place.cassandra.cut();
    begun.append(speech.subarray(80_000));
    await begun.finish(result);
    await eventually('Cassandra away', () => !app.service.health().ready || undefined, 20_000);
    const later = await open('1040');
    speak(later);
    await later.finish(result);
    expect((await readdir(place.spool)).filter((name) => name.endsWith('.spool')).length).toBe(2);
    expect(await refusalOf(open('9997'))).toBe('not-found mailboxes/unknown');
    await expect(check('1040', '830174')).rejects.toMatchObject({ kind: 'unavailable' });

    await place.cassandra.heal();
    await eventually('both messages', async () => (await listed('1040').catch(() => [])).length === 2 || undefined, 40_000);
    await eventually('an empty spool', async () => (await readdir(place.spool)).every((name) => !name.endsWith('.spool')) || undefined, 20_000);
    expect((await listed('1040')).map(({ id, truncated }) => [id, truncated])).toEqual([[later.id, false], [begun.id, false]]);
    for (const { id } of [begun, later]) expect((await audioOf('1040', id)).equals(speech)).toBe(true);
  });
});

describe('after a process that was killed in mid-message', () => {
  it('what was spoken so far is a message marked truncated', async () => {
    const deposit = await open('1040');
    speak(deposit);
    await eventually('everything spooled', async () => (await spooledBytes(deposit.id)) === speech.length || undefined, 10_000);
    const next = await startApp(place, { SFS_INSTANCE: 'C', SFS_VOICEMAIL_GRPC_PORT: '0' });
    const found = await eventually('the message', async () => (await listed('1040')).find(({ id }) => id === deposit.id), 20_000);
    expect(found).toMatchObject({ truncated: true, sizeBytes: speech.length, durationMs: 18_750 });
    expect((await audioOf('1040', deposit.id)).equals(speech)).toBe(true);
    await next.end();
  });
});

async function spooledBytes(id: string): Promise<number> {
  return (await new Spool(place.spool, app.parts.host.log).read(id))?.audio.length ?? 0;
}
