import type { Statement } from '@sfs/cassandra';

/** Fixed key and bytes: written twice is written once. */
export const writeChunk: Statement = {
  cql: 'INSERT INTO audio_chunk (tenant, audio_id, seq, bytes) VALUES (?, ?, ?, ?)',
  consistency: 'localQuorum',
  idempotent: true,
};

export const readChunk: Statement = {
  cql: 'SELECT bytes FROM audio_chunk WHERE tenant = ? AND audio_id = ? AND seq = ?',
  consistency: 'localQuorum',
  idempotent: true,
};

export const dropAudio: Statement = {
  cql: 'DELETE FROM audio_chunk WHERE tenant = ? AND audio_id = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
