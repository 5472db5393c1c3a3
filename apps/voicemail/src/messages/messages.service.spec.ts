import { beforeEach, describe, expect, it } from 'vitest';
import { FakeAudioStore } from '../audio/fake-audio-store.ts';
import { firstIdAt } from '../audio/message-id.ts';
import { hashOf, writeWhole } from '../audio/read-audio.ts';
import { asBody, type SettingsBody } from '../entities/bodies.ts';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import { FakeMessagesStore } from './fake-messages-store.ts';
import { ListeningService } from './listening.service.ts';
import { MessagesService } from './messages.service.ts';

const box = { tenant: 'default', mailbox: '1002' };
const caller = { tenant: 'default', requestId: 'r-1', actor: 'admin' };
const hour = 3_600_000;
const now = Date.now();

let store: FakeMessagesStore;
let entities: FakeEntityStore;
let audio: FakeAudioStore;
let announced: string[];
let messages: MessagesService;

const putMailbox = (settings: SettingsBody = {}) =>
  entities.commit({ ...caller, rows: [{ kind: 'mailbox', id: '1002', expect: 'any', body: asBody('mailbox', { number: '1002', settings, since: new Date(now - hour).toISOString() }) }] });
const statesOf = async (folder = '') => (await messages.list('default', { mailbox: '1002', folder, pageSize: 0, pageToken: '' })).messages.map(({ id, state }) => [id, state]);

beforeEach(async () => {
  store = new FakeMessagesStore();
  entities = new FakeEntityStore();
  audio = new FakeAudioStore();
  announced = [];
  messages = new MessagesService({ store, entities, audio, announce: ({ step }) => void announced.push(step) });
  await putMailbox();
});

describe('messages', () => {
  it('go from new to old to deleted and back', async () => {
    const id = store.deposit(box);
    expect(await statesOf()).toEqual([[id, 'new']]);
    expect((await messages.step(box, id, 'heard', '1002')).state).toBe('old');
    expect((await messages.step(box, id, 'deleted', '1002')).state).toBe('deleted');
    expect([await statesOf(), await statesOf('deleted')]).toEqual([[], [[id, 'deleted']]]);
    expect((await messages.step(box, id, 'restored', '1002')).state).toBe('old');
    expect((await messages.step(box, id, 'deleted', '1002')).state).toBe('deleted');
    expect(announced).toEqual(['heard', 'deleted', 'restored', 'deleted']);
  });

  it('change nothing and tell nothing when a step is repeated', async () => {
    const id = store.deposit(box);
    for (const step of ['restored', 'heard', 'heard', 'deleted', 'deleted'] as const) await messages.step(box, id, step, '1002');
    expect(announced).toEqual(['heard', 'deleted']);
  });

  it('are counted', async () => {
    const ids = [store.deposit(box), store.deposit(box), store.deposit(box)];
    await messages.mark({ ...box, id: ids[0] ?? '', step: 'saved', actor: '1002' });
    await messages.mark({ ...box, id: ids[1] ?? '', step: 'deleted', actor: '1002' });
    expect(await messages.counts('default', '1002')).toEqual({ new: 1, old: 1, deleted: 1 });
  });

  it('of an earlier mailbox of the same number are not there', async () => {
    const id = store.deposit(box, firstIdAt(now - 2 * hour));
    expect(await messages.counts('default', '1002')).toMatchObject({ new: 0 });
    await expect(messages.get(box, id)).rejects.toMatchObject({ code: 'messages/unknown' });
  });

  it('of nobody are refused', async () => {
    await expect(messages.counts('default', '1003')).rejects.toMatchObject({ code: 'mailboxes/unknown' });
    await expect(messages.get(box, 'nonsense')).rejects.toMatchObject({ code: 'messages/unknown' });
  });

  it('are for the telephone in the order of their arrival, without deleted ones', async () => {
    const ids = [10, 20, 30].map((minutes) => store.deposit(box, firstIdAt(now - hour + minutes * 60_000)));
    await messages.mark({ ...box, id: ids[1] ?? '', step: 'deleted', actor: '1002' });
    await putMailbox({ timeZone: 'Europe/Berlin' });
    const contents = await messages.box('default', '1002');
    expect(contents).toMatchObject({ timeZone: 'Europe/Berlin', hasGreeting: false, hasName: false });
    expect(contents.messages.map(({ id, recordedAt }) => [id, recordedAt])).toEqual([
      [ids[0], now - hour + 600_000],
      [ids[2], now - hour + 1_800_000],
    ]);
  });

  it('are paged from the newest, also when the last one shown was deleted meanwhile', async () => {
    const ids = [5, 4, 3, 2, 1].map((minutes) => store.deposit(box, firstIdAt(now - minutes * 60_000))).reverse();
    const query = { mailbox: '1002', folder: 'kept', pageSize: 2 };
    const first = await messages.list('default', { ...query, pageToken: '' });
    await messages.step(box, ids[1] ?? '', 'deleted', '1002');
    const second = await messages.list('default', { ...query, pageToken: first.nextPageToken });
    const third = await messages.list('default', { ...query, pageToken: second.nextPageToken });
    expect([first, second, third].map((page) => page.messages.map(({ id }) => ids.indexOf(id)))).toEqual([[0, 1], [2, 3], [4]]);
    expect(third.nextPageToken).toBe('');
    await expect(messages.list('default', { ...query, pageToken: 'x' })).rejects.toMatchObject({ code: 'input/page-token' });
    await expect(messages.list('default', { ...query, folder: 'inbox', pageToken: '' })).rejects.toMatchObject({ code: 'input/folder' });
  });

  it('are played only when they are what was stored', async () => {
    const bytes = new Uint8Array(8_000).fill(7);
    const [good, bad] = [store.deposit(box, undefined, { contentHash: hashOf(bytes) }), store.deposit(box, undefined, { contentHash: hashOf(bytes) })];
    await writeWhole(audio, 'default', good, bytes);
    await writeWhole(audio, 'default', bad, bytes.subarray(1));
    expect(Buffer.from((await messages.audio('default', '1002', good)).audio).equals(bytes)).toBe(true);
    await expect(messages.audio('default', '1002', bad)).rejects.toMatchObject({ code: 'messages/damaged' });
  });
});

describe('listening by the web', () => {
  const bytes = Uint8Array.from({ length: 8_000 }, (_, index) => index % 256);
  let id: string;
  let clock: number;
  let listening: ListeningService;

  beforeEach(async () => {
    clock = now;
    listening = new ListeningService({ get: (key, message) => messages.get(key, message), entities, audio, now: () => clock });
    id = store.deposit(box, undefined, { contentHash: hashOf(bytes) });
    await writeWhole(audio, 'default', id, bytes);
  });

  const read = async (listener: string, offset = 0, length = 0) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of listening.read(caller, { mailbox: '1002', id, offset, length, listener })) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const recorded = () => entities.history.filter(({ kind }) => kind === 'listening').map(({ actor, body }) => [actor, body['messageId']]);

  it('gives the owner any part, and records nothing', async () => {
    expect((await read('owner')).equals(bytes)).toBe(true);
    expect((await read('owner', 100, 50)).equals(bytes.subarray(100, 150))).toBe(true);
    expect((await read('owner', 7_990, 500)).equals(bytes.subarray(7_990))).toBe(true);
    expect((await read('owner', 8_000)).length).toBe(0);
    expect(recorded()).toEqual([]);
  });

  it('refuses an administrator unless the mailbox allows it', async () => {
    await expect(read('administrator')).rejects.toMatchObject({ kind: 'denied', code: 'messages/listening-not-allowed' });
    expect(recorded()).toEqual([]);
  });

  it('records an administrator once for all ranges of one listening', async () => {
    await putMailbox({ administratorMayListen: true });
    await read('administrator', 0, 100);
    await read('administrator', 100, 100);
    expect(recorded()).toEqual([['admin', id]]);
    clock += 61_000;
    await read('administrator');
    expect(recorded().length).toBe(2);
  });

  it.each([
    ['owner', -1, 0, 'input/range'],
    ['owner', 0, -1, 'input/range'],
    ['owner', 8_001, 0, 'input/range'],
    ['somebody', 0, 0, 'input/listener'],
  ])('refuses %s from %i for %i bytes', async (listener, offset, length, code) => {
    await expect(read(listener, offset, length)).rejects.toMatchObject({ code });
  });
});
