import { createHash } from 'node:crypto';
import { DomainError } from '@sfs/kernel';
import { CHUNK_BYTES, type AudioStore } from '../audio/audio.store.ts';
import type { Deposit, RecordingResult } from './deposits.port.ts';
import type { DepositsStore } from './deposits.store.ts';
import { bodyOf, keepMessage, type Announce } from './keep-message.ts';
import type { SpoolHeader } from './spool-file.ts';
import type { SpoolWriter } from './spool.ts';

export interface LiveParts {
  readonly header: SpoolHeader;
  /** undefined: the disk does not take it */
  readonly spool: SpoolWriter | undefined;
  readonly store: DepositsStore;
  readonly audio: AudioStore;
  readonly announce: Announce;
  /** the spool file is not needed any more */
  readonly unspool: (id: string) => Promise<void>;
  /** the spool file is complete, the store has not got it */
  readonly replay: (id: string) => void;
  readonly onEnd: () => void;
  /** the store gets so long at the end, then the spool must do */
  readonly patienceMs: number;
}

interface Chunk {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** A message while it is spoken: every piece goes into the spool at once and, 64 kB at a time, to the store. */
export class LiveDeposit implements Deposit {
  readonly id: string;
  readonly maxMs: number;
  readonly #parts: LiveParts;
  readonly #hash = createHash('sha256');
  readonly #writes: Promise<void>[] = [];
  /** what the store did not take; the bytes only while no spool has them */
  readonly #missing: Chunk[] = [];
  #chunk = Buffer.alloc(0);
  #filled = 0;
  #seq = 0;
  #size = 0;
  #end: Promise<void> | undefined;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.id = parts.header.id;
    this.maxMs = parts.header.maxMs;
  }

  append(audio: Uint8Array): void {
    if (this.#end !== undefined) return;
    this.#parts.spool?.append(audio);
    this.#hash.update(audio);
    this.#size += audio.length;
    for (let at = 0; at < audio.length; ) {
      if (this.#filled === 0) this.#chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const part = audio.subarray(at, at + CHUNK_BYTES - this.#filled);
      this.#chunk.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === CHUNK_BYTES) this.#send();
    }
  }

  finish(result: RecordingResult): Promise<void> {
    this.#end ??= this.#finish(result).finally(this.#parts.onEnd);
    return this.#end;
  }

  drop(): Promise<void> {
    this.#end ??= this.#drop().finally(this.#parts.onEnd);
    return this.#end.catch(() => undefined);
  }

  async #finish(result: RecordingResult): Promise<void> {
    const { spool, unspool, replay, header } = this.#parts;
    if (this.#filled > 0) this.#send();
    const body = bodyOf(header, result, { sizeBytes: this.#size, contentHash: this.#hash.digest('hex') });
    // Before the row: a process that is killed between the two finds a whole message, not a truncated one.
    await spool?.end({ finished: result });
    if (await this.#isStored(async () => keepMessage(this.#parts, header, body))) {
      await spool?.close();
      await unspool(this.id);
      return;
    }
    if (!(await isSynced(spool))) throw new DomainError('unavailable', 'deposits/no-storage', 'The message could not be stored', { depositId: this.id, remedy: 'Leave it again later.' });
    await spool?.close();
    replay(this.id);
  }

  async #drop(): Promise<void> {
    const { spool, store, audio, header, unspool, replay } = this.#parts;
    await spool?.end({ dropped: true });
    await Promise.all(this.#writes);
    const gone = await Promise.all([store.dropOpen(this.id), this.#seq > 0 ? audio.remove(header.tenant, this.id) : undefined]).then(
      () => true,
      () => false,
    );
    await spool?.close();
    if (gone || spool?.isGood !== true) await unspool(this.id);
    else replay(this.id);
  }

  #send(): void {
    const chunk = { seq: this.#seq, bytes: this.#chunk.subarray(0, this.#filled) };
    this.#seq += 1;
    this.#filled = 0;
    this.#writes.push(this.#write(chunk));
  }

  async #write({ seq, bytes }: Chunk): Promise<void> {
    const { audio, header, spool } = this.#parts;
    try {
      await audio.write(header.tenant, this.id, seq, bytes);
    } catch {
      this.#missing.push({ seq, bytes: spool?.isGood === true ? NO_BYTES : bytes });
    }
  }

  /** With a spool there is a limit to waiting; without one the store is the only hope. */
  async #isStored(keep: () => Promise<void>): Promise<boolean> {
    const storing = this.#store(keep).catch(() => false);
    if (this.#parts.spool?.isGood !== true) return storing;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), this.#parts.patienceMs)));
    return Promise.race([storing, limit]).finally(() => clearTimeout(timer));
  }

  async #store(keep: () => Promise<void>): Promise<boolean> {
    await Promise.all(this.#writes);
    const missing = this.#missing.splice(0);
    if (missing.some(({ bytes }) => bytes === NO_BYTES)) return false;
    for (const chunk of missing) await this.#write(chunk);
    if (this.#missing.length > 0) return false;
    await keep();
    return true;
  }
}

const NO_BYTES = new Uint8Array(0);

async function isSynced(spool: SpoolWriter | undefined): Promise<boolean> {
  if (spool?.isGood !== true) return false;
  return spool.sync().then(
    () => true,
    () => false,
  );
}
