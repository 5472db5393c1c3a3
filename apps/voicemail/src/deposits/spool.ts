import { mkdir, open, readdir, readFile, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { audioFrame, endFrame, headerLine, parseSpool, type SpoolContent, type SpoolEnd, type SpoolHeader } from './spool-file.ts';

const SUFFIX = '.spool';

/** A deposit's file while it is spoken. */
export interface SpoolWriter {
  /** At once, in order; a failure shows in `isGood`. */
  append(audio: Uint8Array): void;
  /** How it ended: not synced, enough for a process that is killed. */
  end(end: SpoolEnd): Promise<void>;
  /** On the disk, with its name. Rejects when it cannot be. */
  sync(): Promise<void>;
  /** Everything so far was written. */
  readonly isGood: boolean;
  close(): Promise<void>;
}

/** A folder of this process's own. What is in it at its start was left by a killed process. */
export class Spool {
  readonly #folder: string;
  readonly #log: Logger;
  /** why the last file could not be begun or written; '' = nothing is wrong */
  failure = '';

  constructor(folder: string, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  /** undefined: the disk does not take it. */
  async begin(header: SpoolHeader): Promise<SpoolWriter | undefined> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(this.#pathOf(header.id), 'wx', 0o600);
      const writer = new FileWriter(file, this.#folder, (error) => this.#failed(error));
      await writer.write(headerLine(header));
      if (writer.isGood) {
        this.failure = '';
        return writer;
      }
      await writer.close();
      await this.remove(header.id);
    } catch (error) {
      this.#failed(error);
    }
    return undefined;
  }

  /** Ids of what is there. */
  async list(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length)).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#failed(error);
      return [];
    }
  }

  /** undefined: nothing can be read out of it. */
  async read(id: string): Promise<SpoolContent | undefined> {
    const content = parseSpool(await readFile(this.#pathOf(id)));
    return content?.header.id === id ? content : undefined;
  }

  async remove(id: string): Promise<void> {
    await unlink(this.#pathOf(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') this.#failed(error);
    });
  }

  /** Out of the way, for somebody to look at. */
  async setAside(id: string, cause: string): Promise<void> {
    this.#log.error({ depositId: id, cause }, 'damaged spool file is set aside');
    await rename(this.#pathOf(id), `${this.#pathOf(id)}.damaged`).catch((error: unknown) => this.#failed(error));
  }

  #pathOf(id: string): string {
    return join(this.#folder, id + SUFFIX);
  }

  #failed(error: unknown): void {
    const cause = error instanceof Error ? error.message : String(error);
    if (this.failure === '') this.#log.error({ cause }, 'the spool cannot be written: messages are kept only while Cassandra takes them');
    this.failure = cause;
  }
}

class FileWriter implements SpoolWriter {
  readonly #file: FileHandle;
  readonly #folder: string;
  readonly #onFailure: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();
  #good = true;
  #closed = false;

  constructor(file: FileHandle, folder: string, onFailure: (error: unknown) => void) {
    this.#file = file;
    this.#folder = folder;
    this.#onFailure = onFailure;
  }

  get isGood(): boolean {
    return this.#good;
  }

  append(audio: Uint8Array): void {
    void this.write(audioFrame(audio));
  }

  async end(end: SpoolEnd): Promise<void> {
    await this.write(endFrame(end));
  }

  /** After a failure nothing more is written: a frame behind a gap would be taken for damage. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (!this.#good || this.#closed) return;
      try {
        await this.#file.appendFile(bytes);
      } catch (error) {
        this.#fail(error);
      }
    });
    await this.#last;
  }

  async sync(): Promise<void> {
    await this.#last;
    if (!this.#good) throw new Error('the spool file is not complete');
    try {
      await this.#file.sync();
      const folder = await open(this.#folder, 'r');
      await folder.sync().finally(() => folder.close());
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#last;
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close().catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#good = false;
    this.#onFailure(error);
  }
}
