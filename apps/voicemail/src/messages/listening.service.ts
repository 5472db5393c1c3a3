import { DomainError } from '@sfs/kernel';
import { effectiveSettings } from '@sfs/voicemail';
import type { AudioStore } from '../audio/audio.store.ts';
import { readPart } from '../audio/read-audio.ts';
import { asBody, getMailbox } from '../entities/bodies.ts';
import type { Caller } from '@sfs/change-log';
import { refuse } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import type { ListedMessage } from './messages.service.ts';

export interface AudioQuery {
  readonly mailbox: string;
  readonly id: string;
  readonly offset: number;
  /** 0 = to the end */
  readonly length: number;
  readonly listener: string;
}

export interface ListeningParts {
  readonly get: (box: { tenant: string; mailbox: string }, id: string) => Promise<ListedMessage>;
  readonly entities: Pick<EntityStore, 'read' | 'commit'>;
  readonly audio: AudioStore;
  readonly now: () => number;
}

/** A player asks for one recording in several ranges: that is one listening. */
const SAME_LISTENING_MS = 60_000;
const LIMIT_REMEMBERED = 1_000;

/** Recordings for somebody who is not on the telephone. */
export class ListeningService {
  readonly #parts: ListeningParts;
  readonly #listened = new Map<string, number>();

  constructor(parts: ListeningParts) {
    this.#parts = parts;
  }

  /** An administrator's listening is in the mailbox's history before the first byte is out. */
  async *read(caller: Caller, { mailbox, id, offset, length, listener }: AudioQuery): AsyncGenerator<Uint8Array> {
    const { tenant } = caller;
    if (listener !== 'owner' && listener !== 'administrator') throw refuse({ code: 'input/listener', field: 'listener', message: 'It must be known who listens', remedy: 'Send owner or administrator.' });
    if (listener === 'administrator') await this.#requirePermission(tenant, mailbox);
    const { body } = await this.#parts.get({ tenant, mailbox }, id);
    const { sizeBytes, contentHash } = body;
    if (offset < 0 || length < 0 || offset > sizeBytes) throw refuse({ code: 'input/range', field: 'offset', message: `The recording has ${sizeBytes} bytes`, remedy: 'Ask for bytes within it.' });
    if (listener === 'administrator') await this.#record(caller, mailbox, id);
    yield* readPart(this.#parts.audio, { tenant, audioId: id, sizeBytes, contentHash }, offset, length === 0 ? sizeBytes : Math.min(sizeBytes, offset + length));
  }

  async #requirePermission(tenant: string, mailbox: string): Promise<void> {
    const { body } = await getMailbox(this.#parts.entities, tenant, mailbox);
    if (effectiveSettings(body.settings).administratorMayListen.value) return;
    throw new DomainError('denied', 'messages/listening-not-allowed', `Administrators may not listen to mailbox ${mailbox}`, { remedy: 'Switch on "Administrators may listen" in its settings; its history shows who did.' });
  }

  async #record(caller: Caller, mailbox: string, messageId: string): Promise<void> {
    const key = JSON.stringify([caller.tenant, caller.actor, messageId]);
    const now = this.#parts.now();
    if (now - (this.#listened.get(key) ?? -SAME_LISTENING_MS) < SAME_LISTENING_MS) return;
    await this.#parts.entities.commit({ ...caller, rows: [{ kind: 'listening', id: mailbox, expect: 'any', body: asBody('listening', { mailbox, messageId }) }] });
    if (this.#listened.size >= LIMIT_REMEMBERED) this.#listened.clear();
    this.#listened.set(key, now);
  }
}
