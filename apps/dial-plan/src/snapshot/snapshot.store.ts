import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Secret } from '@sfs/config';
import type { Entity } from '../projection/entity.ts';
import { parseSnapshot, renderSnapshot, type Snapshot, type SnapshotHead } from './snapshot-format.ts';

const CURRENT = 'snapshot.ndjson';
const PREVIOUS = 'snapshot.previous.ndjson';
const UNFINISHED = 'snapshot.unfinished';

/**
 * Last good state on the local disk, in two generations.
 *
 *   unfinished written, fsync ── current -> previous ── unfinished -> current ── fsync of the folder
 *   killed here: current stands  ▲      killed here: previous stands ▲
 */
export class SnapshotStore {
  private readonly folder: string;
  private readonly key: Secret;
  private readonly log: Logger;
  refused = 0;
  written = 0;
  writtenAt = 0;

  constructor(folder: string, key: Secret, log: Logger) {
    this.folder = folder;
    this.key = key;
    this.log = log;
  }

  /** The newest one that is whole; a damaged one is set aside, so that it never becomes the one before. */
  async load(): Promise<Snapshot | undefined> {
    for (const name of [CURRENT, PREVIOUS]) {
      const text = await this.read(name);
      if (text === undefined) continue;
      try {
        const snapshot = parseSnapshot(text, this.key.reveal());
        this.log.info({ file: name, savedAt: snapshot.head.savedAt, entities: snapshot.entities.length }, 'snapshot loaded');
        return snapshot;
      } catch (error) {
        this.refused++;
        this.log.error({ file: join(this.folder, name), cause: (error as Error).message }, 'snapshot refused');
        await rename(join(this.folder, name), join(this.folder, `${name}.refused`)).catch((cause: unknown) => this.log.warn({ err: cause, file: name }, 'a refused snapshot could not be set aside'));
      }
    }
    return undefined;
  }

  async save(head: SnapshotHead, entities: Iterable<Entity>): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await open(join(this.folder, UNFINISHED), 'w', 0o600);
    try {
      for (const piece of renderSnapshot(head, entities, this.key.reveal())) {
        await file.write(piece);
        await breathe();
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(join(this.folder, CURRENT), join(this.folder, PREVIOUS)).catch(unlessMissing);
    await rename(join(this.folder, UNFINISHED), join(this.folder, CURRENT));
    await this.syncFolder();
    this.written++;
    this.writtenAt = Date.now();
  }

  private async read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.folder, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.log.error({ err: error, file: name }, 'snapshot cannot be read');
      return undefined;
    }
  }

  private async syncFolder(): Promise<void> {
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
