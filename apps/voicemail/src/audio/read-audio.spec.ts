import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from './audio.store.ts';
import { FakeAudioStore } from './fake-audio-store.ts';
import { hashOf, readPart, readWhole, writeWhole } from './read-audio.ts';

const audio = Uint8Array.from({ length: 2 * CHUNK_BYTES + 100 }, (_, index) => index % 251);
const stored = { tenant: 'default', audioId: 'a', sizeBytes: audio.length, contentHash: hashOf(audio) };

async function aStore(): Promise<FakeAudioStore> {
  const store = new FakeAudioStore();
  await writeWhole(store, 'default', 'a', audio);
  return store;
}

async function part(store: FakeAudioStore, first: number, end: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readPart(store, stored, first, end)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a stored recording', () => {
  it('comes back as it was', async () => {
    expect(Buffer.from(await readWhole(await aStore(), stored)).equals(audio)).toBe(true);
  });

  it.each([
    [0, 1],
    [CHUNK_BYTES - 1, CHUNK_BYTES + 1],
    [10, 2 * CHUNK_BYTES + 50],
    [2 * CHUNK_BYTES, audio.length],
    [5, 5],
  ])('is read from byte %i to %i', async (first, end) => {
    expect((await part(await aStore(), first, end)).equals(audio.subarray(first, end))).toBe(true);
  });

  it('is called damaged when a piece is missing', async () => {
    const store = await aStore();
    store.pieces.delete('default/a/1');
    await expect(readWhole(store, stored)).rejects.toMatchObject({ code: 'messages/damaged' });
  });

  it('is called damaged when a byte is another', async () => {
    const store = await aStore();
    store.pieces.set('default/a/2', new Uint8Array(100));
    await expect(readWhole(store, stored)).rejects.toMatchObject({ code: 'messages/damaged' });
  });
});
