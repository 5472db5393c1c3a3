import { beforeEach, describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from '../audio/audio.store.ts';
import { FakeAudioStore } from '../audio/fake-audio-store.ts';
import { FakeDepositsStore } from './fake-deposits-store.ts';
import { LiveDeposit } from './live-deposit.ts';
import type { SpoolWriter } from './spool.ts';

const header = { id: 'd1', maxMs: 180_000, tenant: 'default', mailbox: '1002', fromNumber: '1001', fromName: '', reason: 'busy' as const, callId: 'c@h', codec: 'pcma' as const };
const result = { durationMs: 10_000, packetsLost: 0, truncated: false };

/** A disk that is full from some moment on. */
class FullDisk implements SpoolWriter {
  isGood = true;
  append(): void {
    return undefined;
  }
  end(): Promise<void> {
    return Promise.resolve();
  }
  sync(): Promise<void> {
    return this.isGood ? Promise.resolve() : Promise.reject(new Error('ENOSPC'));
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

let store: FakeDepositsStore;
let audio: FakeAudioStore;
let disk: FullDisk;
let replayed: string[];
let deposit: LiveDeposit;

beforeEach(() => {
  store = new FakeDepositsStore();
  audio = new FakeAudioStore();
  disk = new FullDisk();
  replayed = [];
  deposit = new LiveDeposit({ header, spool: disk, store, audio, announce: () => undefined, unspool: () => Promise.resolve(), replay: (id) => void replayed.push(id), onEnd: () => undefined, patienceMs: 500 });
  deposit.append(new Uint8Array(CHUNK_BYTES));
});

const away = (): void => {
  store.away = true;
  audio.away = true;
};

describe('a disk that fills up in mid-message', () => {
  it('does no harm while the store takes everything', async () => {
    disk.isGood = false;
    deposit.append(new Uint8Array(1_000));
    await deposit.finish(result);
    expect(store.deposited.get('d1')?.body.sizeBytes).toBe(CHUNK_BYTES + 1_000);
    expect(replayed).toEqual([]);
  });

  it('is said when the store goes as well', async () => {
    disk.isGood = false;
    away();
    await expect(deposit.finish(result)).rejects.toMatchObject({ kind: 'unavailable', code: 'deposits/no-storage' });
    expect(replayed).toEqual([]);
  });

  it('leaves to the store what the store missed before it came back', async () => {
    disk.isGood = false;
    audio.away = true;
    deposit.append(new Uint8Array(CHUNK_BYTES));
    await new Promise((resolve) => setImmediate(resolve));
    audio.away = false;
    await deposit.finish(result);
    expect(store.deposited.get('d1')?.body.sizeBytes).toBe(2 * CHUNK_BYTES);
    expect(audio.pieces.size).toBe(2);
  });
});

describe('a good disk', () => {
  it('takes over when the store is away at the end', async () => {
    away();
    await deposit.finish(result);
    expect(replayed).toEqual(['d1']);
  });
});
