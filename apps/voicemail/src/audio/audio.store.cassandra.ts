import type { CqlSession } from '@sfs/cassandra';
import { dropAudio, readChunk, writeChunk } from './audio.cql.ts';
import type { AudioStore } from './audio.store.ts';

export class CassandraAudioStore implements AudioStore {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  async write(tenant: string, audioId: string, seq: number, bytes: Uint8Array): Promise<void> {
    await this.#session.execute(writeChunk, [tenant, audioId, seq, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]);
  }

  async read(tenant: string, audioId: string, seq: number): Promise<Uint8Array | undefined> {
    const { rows } = await this.#session.execute(readChunk, [tenant, audioId, seq]);
    const bytes = rows[0]?.['bytes'];
    return bytes instanceof Uint8Array ? bytes : undefined;
  }

  async remove(tenant: string, audioId: string): Promise<void> {
    await this.#session.execute(dropAudio, [tenant, audioId]);
  }
}
