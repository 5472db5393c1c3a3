/** Cut size of stored recordings; part of the format: seq N begins at byte N * CHUNK_BYTES. */
export const CHUNK_BYTES = 65_536;

/** Recordings in immutable pieces. Failures are DomainErrors of kind unavailable. */
export interface AudioStore {
  /** Repeatable. Resolves at the site's quorum. */
  write(tenant: string, audioId: string, seq: number, bytes: Uint8Array): Promise<void>;
  /** undefined = not there */
  read(tenant: string, audioId: string, seq: number): Promise<Uint8Array | undefined>;
  remove(tenant: string, audioId: string): Promise<void>;
}

/** A recording in the order of its pieces. */
export function* chunksOf(audio: Uint8Array): Generator<{ readonly seq: number; readonly bytes: Uint8Array }> {
  for (let seq = 0; seq * CHUNK_BYTES < audio.length; seq += 1) yield { seq, bytes: audio.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES) };
}
