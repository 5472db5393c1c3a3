import { createHash } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import { CHUNK_BYTES, chunksOf, type AudioStore } from './audio.store.ts';

/** What is known of a recording without reading it. */
export interface StoredAudio {
  readonly tenant: string;
  readonly audioId: string;
  readonly sizeBytes: number;
  /** SHA-256, hex */
  readonly contentHash: string;
}

/** The bytes from `first` up to and without `end`, piece by piece. DomainError unavailable `messages/damaged` when a piece is missing or cut. */
export async function* readPart(store: AudioStore, { tenant, audioId, sizeBytes }: StoredAudio, first: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = first; at < end; ) {
    const seq = Math.floor(at / CHUNK_BYTES);
    const start = seq * CHUNK_BYTES;
    const piece = await store.read(tenant, audioId, seq);
    const length = Math.min(CHUNK_BYTES, sizeBytes - start);
    // A recording that was recovered and then stored whole may have a longer last piece than the size says: the size stands.
    if (piece === undefined || piece.length < length) throw damaged(audioId);
    const to = Math.min(end - start, length);
    yield piece.subarray(at - start, to);
    at = start + to;
  }
}

/** All of it, checked against its hash: for a player who cannot notice that something is missing. */
export async function readWhole(store: AudioStore, stored: StoredAudio): Promise<Uint8Array> {
  const audio = new Uint8Array(stored.sizeBytes);
  let at = 0;
  for await (const piece of readPart(store, stored, 0, stored.sizeBytes)) {
    audio.set(piece, at);
    at += piece.length;
  }
  if (hashOf(audio) !== stored.contentHash) throw damaged(stored.audioId);
  return audio;
}

export async function writeWhole(store: AudioStore, tenant: string, audioId: string, audio: Uint8Array): Promise<void> {
  for (const { seq, bytes } of chunksOf(audio)) await store.write(tenant, audioId, seq, bytes);
}

export function hashOf(audio: Uint8Array): string {
  return createHash('sha256').update(audio).digest('hex');
}

function damaged(audioId: string): DomainError {
  return new DomainError('unavailable', 'messages/damaged', 'The recording is not what was stored', { audioId, remedy: 'Nothing can be played of this one; the others are not touched.' });
}
