import { beforeEach, describe, expect, it } from 'vitest';
import { FakeAudioStore } from '../audio/fake-audio-store.ts';
import { asBody } from '../entities/bodies.ts';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import { GreetingsService } from './greetings.service.ts';

const caller = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
const one = new Uint8Array(800).fill(1);
const two = new Uint8Array(70_000).fill(2);

let audio: FakeAudioStore;
let greetings: GreetingsService;

beforeEach(async () => {
  const entities = new FakeEntityStore();
  audio = new FakeAudioStore();
  greetings = new GreetingsService(entities, audio);
  await entities.commit({ ...caller, rows: [{ kind: 'mailbox', id: '1002', expect: 'absent', body: asBody('mailbox', { number: '1002', settings: {}, since: '2026-01-01T00:00:00.000Z' }) }] });
});

const keep = (bytes: Uint8Array, kind: 'greeting' | 'name' = 'greeting') => greetings.keep({ tenant: 'default', mailbox: '1002', kind, audio: bytes, codec: 'pcma', durationMs: 100, actor: '1002' });
const heard = async (kind: 'greeting' | 'name' = 'greeting') => (await greetings.find('default', '1002', kind))?.audio;

describe('a greeting', () => {
  it('is the built-in one until one is recorded, and the newest then', async () => {
    expect(await heard()).toBeUndefined();
    await keep(one);
    await keep(two);
    expect(Buffer.from((await heard()) ?? []).equals(two)).toBe(true);
    expect(audio.pieces.size).toBe(2);
    expect(await heard('name')).toBeUndefined();
  });

  it('is deleted with its audio, and deleting again is no fault', async () => {
    await keep(one, 'name');
    await greetings.delete(caller, '1002', 'name');
    await greetings.delete(caller, '1002', 'name');
    expect([await heard('name'), audio.pieces.size]).toEqual([undefined, 0]);
    await expect(greetings.delete(caller, '1002', 'song')).rejects.toMatchObject({ code: 'input/greeting-kind' });
    await expect(greetings.delete(caller, '1009', 'name')).rejects.toMatchObject({ code: 'mailboxes/unknown' });
  });

  it('stays the one before when the new one cannot be stored', async () => {
    await keep(one);
    audio.away = true;
    await expect(keep(two)).rejects.toMatchObject({ kind: 'unavailable' });
    audio.away = false;
    expect(Buffer.from((await heard()) ?? []).equals(one)).toBe(true);
  });
});
