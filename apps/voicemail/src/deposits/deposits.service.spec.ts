import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@sfs/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from '../audio/audio.store.ts';
import { FakeAudioStore } from '../audio/fake-audio-store.ts';
import { firstIdAt } from '../audio/message-id.ts';
import { hashOf } from '../audio/read-audio.ts';
import type { Deposit, NewDeposit } from './deposits.port.ts';
import { DepositsService } from './deposits.service.ts';
import { FakeDepositsStore } from './fake-deposits-store.ts';
import type { Room } from './find-room.ts';
import { Spool } from './spool.ts';

const log = pino({ level: 'silent' });
const wanted: NewDeposit = { tenant: 'default', mailbox: '1002', fromNumber: '1001', fromName: 'Ann', reason: 'no-answer', callId: 'c@h', codec: 'pcmu' };
const result = { durationMs: 20_000, packetsLost: 3, truncated: false };
const speech = Uint8Array.from({ length: CHUNK_BYTES + 96_000 }, (_, index) => (index * 7) % 256);

let folder: string;
let store: FakeDepositsStore;
let audio: FakeAudioStore;
let room: Room | undefined;
let announced: string[];
const running: DepositsService[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sfs-spool-'));
  store = new FakeDepositsStore();
  audio = new FakeAudioStore();
  room = { maxMessages: 10, maxMessageSeconds: 180, kept: 0 };
  announced = [];
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
  await rm(folder, { recursive: true });
});

async function aService({ spoolFolder = folder, spooled = true, patienceMs = 2_000 } = {}): Promise<DepositsService> {
  const spool = spooled ? new Spool(spoolFolder, log) : undefined;
  const service = new DepositsService({ store, audio, spool, announce: ({ messageId }) => void announced.push(messageId), findRoom: () => Promise.resolve(room), instance: 'A', log, patienceMs });
  running.push(service);
  await service.start();
  return service;
}

function speak(deposit: Deposit): void {
  for (let at = 0; at < speech.length; at += 8_000) deposit.append(speech.subarray(at, at + 8_000));
}

const away = (is: boolean): void => {
  store.away = is;
  audio.away = is;
};
const storedOf = (id: string): Buffer => Buffer.concat([0, 1, 2, 3].map((seq) => audio.pieces.get(`default/${id}/${seq}`) ?? new Uint8Array()));
const wholeBody = { durationMs: 20_000, packetsLost: 3, truncated: false, sizeBytes: speech.length, contentHash: hashOf(speech) };
const messageIn = (id: string, limitMs?: number) => eventually('the message', () => store.deposited.get(id), limitMs);

describe('a deposit', () => {
  it('becomes a message with every byte, and leaves nothing behind', async () => {
    const deposit = await (await aService()).open(wanted);
    speak(deposit);
    await deposit.finish(result);
    expect(store.deposited.get(deposit.id)?.body).toMatchObject({ ...wholeBody, fromNumber: '1001', codec: 'pcmu', reason: 'no-answer' });
    expect(storedOf(deposit.id).equals(speech)).toBe(true);
    expect(announced).toEqual([deposit.id]);
    expect(await readdir(folder)).toEqual([]);
    expect(store.open.size).toBe(0);
  });

  it('is no message before it is finished, and none when it is dropped', async () => {
    const deposit = await (await aService()).open(wanted);
    speak(deposit);
    expect(store.deposited.size).toBe(0);
    await deposit.drop();
    await deposit.finish(result);
    expect([store.deposited.size, store.open.size, audio.pieces.size]).toEqual([0, 0, 0]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('finishes once, however often it is told', async () => {
    const deposit = await (await aService()).open(wanted);
    speak(deposit);
    await Promise.all([deposit.finish(result), deposit.finish(result), deposit.drop()]);
    expect(store.deposited.get(deposit.id)?.times).toBe(1);
  });

  it('is refused for a mailbox that does not exist', async () => {
    room = undefined;
    await expect((await aService()).open(wanted)).rejects.toMatchObject({ kind: 'not-found', code: 'mailboxes/unknown' });
  });

  it('is refused for a full mailbox, counting those that are being spoken', async () => {
    room = { maxMessages: 2, maxMessageSeconds: 180, kept: 1 };
    const service = await aService();
    const first = await service.open(wanted);
    await expect(service.open(wanted)).rejects.toMatchObject({ kind: 'exhausted', code: 'mailboxes/full' });
    await first.drop();
    await expect(service.open(wanted)).resolves.toBeDefined();
  });
});

describe('with the store away', () => {
  it('takes the message into the spool and stores it once when the store is back', async () => {
    away(true);
    const service = await aService();
    const deposit = await service.open(wanted);
    speak(deposit);
    await deposit.finish(result);
    expect(store.deposited.size).toBe(0);
    away(false);
    expect((await messageIn(deposit.id)).body).toMatchObject(wholeBody);
    await eventually('nothing to replay', () => service.status.pending === 0 || undefined);
    expect([store.deposited.get(deposit.id)?.times, storedOf(deposit.id).equals(speech), await readdir(folder)]).toEqual([1, true, []]);
  });

  it('survives that the store goes in mid-message', async () => {
    const deposit = await (await aService()).open(wanted);
    deposit.append(speech.subarray(0, 80_000));
    away(true);
    deposit.append(speech.subarray(80_000));
    await deposit.finish(result);
    away(false);
    expect((await messageIn(deposit.id)).body).toMatchObject(wholeBody);
    expect(storedOf(deposit.id).equals(speech)).toBe(true);
  });

  it('does not wait for a store that says nothing', async () => {
    const deposit = await (await aService({ patienceMs: 50 })).open(wanted);
    speak(deposit);
    let answer = (): void => undefined;
    store.blocked = new Promise((resolve) => (answer = resolve));
    await deposit.finish(result);
    expect(store.deposited.size).toBe(0);
    answer();
    expect((await messageIn(deposit.id)).body).toMatchObject(wholeBody);
    await eventually('an empty spool', async () => (await readdir(folder)).length === 0 || undefined);
    expect(store.deposited.size).toBe(1);
  });

  it('refuses the call when there is no spool either', async () => {
    away(true);
    const service = await aService({ spooled: false });
    await expect(service.open(wanted)).rejects.toMatchObject({ kind: 'unavailable', code: 'deposits/no-storage' });
    expect(service.status.live).toBe(0);
  });

  it('says so at the end when nothing durable has the message', async () => {
    const deposit = await (await aService({ spooled: false })).open(wanted);
    speak(deposit);
    away(true);
    await expect(deposit.finish(result)).rejects.toMatchObject({ kind: 'unavailable', code: 'deposits/no-storage' });
  });

  it('drops what was dropped as soon as it can', async () => {
    const deposit = await (await aService()).open(wanted);
    speak(deposit);
    await eventually('a stored piece', () => audio.pieces.size > 0 || undefined);
    away(true);
    await deposit.drop();
    away(false);
    await eventually('nothing left', async () => (store.open.size === 0 && audio.pieces.size === 0 && (await readdir(folder)).length === 0) || undefined);
    expect(store.deposited.size).toBe(0);
  });
});

describe('with a disk that takes nothing', () => {
  it('goes on with the store alone', async () => {
    const blocked = join(folder, 'a-file');
    await writeFile(blocked, '');
    const service = await aService({ spoolFolder: join(blocked, 'spool') });
    const deposit = await service.open(wanted);
    speak(deposit);
    await deposit.finish(result);
    expect(store.deposited.get(deposit.id)?.body).toMatchObject(wholeBody);
    expect(service.status.spoolFailure).not.toBe('');
  });
});

describe('after a kill', () => {
  const bothUp = async () => {
    const deposit = await (await aService()).open(wanted);
    speak(deposit);
    await eventually('a spooled message', async () => (await new Spool(folder, log).read(deposit.id))?.audio.length === speech.length || undefined);
    return deposit;
  };

  it('what was spoken so far becomes a message marked truncated', async () => {
    const { id } = await bothUp();
    await aService();
    expect((await messageIn(id)).body).toMatchObject({ truncated: true, durationMs: Math.round(speech.length / 8), contentHash: hashOf(speech) });
    await eventually('an empty spool', async () => (await readdir(folder)).length === 0 || undefined);
    expect(store.open.size).toBe(0);
  });

  it('a damaged file is set aside and the others become messages', async () => {
    const { id } = await bothUp();
    await writeFile(join(folder, '0-damaged.spool'), 'sfs-spool-1 {{{');
    await aService();
    await messageIn(id);
    await eventually('the file set aside', async () => (await readdir(folder)).includes('0-damaged.spool.damaged') || undefined);
  });

  it('a message that was stored before the kill stays whole', async () => {
    const deposit = await bothUp();
    const kept = { body: { ...wanted, ...wholeBody }, guessed: false, times: 1 };
    store.deposited.set(deposit.id, kept);
    await aService();
    await eventually('an empty spool', async () => (await readdir(folder)).length === 0 || undefined);
    expect(store.deposited.get(deposit.id)).toBe(kept);
  });
});

describe('after the loss of a machine', () => {
  const minutesAgo = (minutes: number): string => firstIdAt(Date.now() - minutes * 60_000);
  const orphan = (id: string, instance: string) => store.open.set(id, { instance, header: { ...wanted, id, maxMs: 180_000 } });

  it('what it had stored becomes a message marked truncated, once it cannot be spoken any more', async () => {
    const [lost, spoken] = [minutesAgo(9), minutesAgo(7)];
    for (const id of [lost, spoken]) {
      orphan(id, 'B');
      audio.pieces.set(`default/${id}/0`, new Uint8Array(CHUNK_BYTES));
    }
    await aService({ spooled: false });
    expect((await messageIn(lost)).body).toMatchObject({ truncated: true, sizeBytes: CHUNK_BYTES, contentHash: hashOf(new Uint8Array(CHUNK_BYTES)) });
    await eventually('the row gone', () => !store.open.has(lost) || undefined);
    expect([store.deposited.has(spoken), store.open.has(spoken)]).toEqual([false, true]);
  });

  it('our own come at once, and nothing comes of nothing', async () => {
    const [spoken, silent] = [minutesAgo(1), minutesAgo(2)];
    orphan(spoken, 'A');
    orphan(silent, 'A');
    audio.pieces.set(`default/${spoken}/0`, new Uint8Array(8_000));
    await aService({ spooled: false });
    await messageIn(spoken);
    await eventually('no open rows', () => store.open.size === 0 || undefined);
    expect([...store.deposited.keys()]).toEqual([spoken]);
  });
});
