import { newTimeUuid } from '@sfs/cassandra';
import type { AudioStore } from '../audio/audio.store.ts';
import { hashOf, readWhole, writeWhole } from '../audio/read-audio.ts';
import { asBody, find, getMailbox, greetingId, type Entity } from '../entities/bodies.ts';
import type { Caller } from '@sfs/change-log';
import { refuse } from '../entities/check-input.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import type { GreetingKind, Greetings, NewGreeting, RecordedGreeting } from './greetings.port.ts';

const KINDS: readonly GreetingKind[] = ['greeting', 'name'];

/** Recordings of the owner: immutable audio, and an entity that says which one counts. */
export class GreetingsService implements Greetings {
  readonly #entities: Pick<EntityStore, 'read' | 'commit'>;
  readonly #audio: AudioStore;

  constructor(entities: Pick<EntityStore, 'read' | 'commit'>, audio: AudioStore) {
    this.#entities = entities;
    this.#audio = audio;
  }

  async find(tenant: string, mailbox: string, kind: GreetingKind): Promise<RecordedGreeting | undefined> {
    const found = await find(this.#entities, tenant, 'greeting', greetingId(mailbox, kind));
    if (!found) return undefined;
    const { audioId, sizeBytes, contentHash, codec } = found.body;
    return { audio: await readWhole(this.#audio, { tenant, audioId, sizeBytes, contentHash }), codec };
  }

  async keep({ tenant, mailbox, kind, audio, codec, durationMs, actor }: NewGreeting): Promise<void> {
    await getMailbox(this.#entities, tenant, mailbox);
    const id = greetingId(mailbox, kind);
    const before = await find(this.#entities, tenant, 'greeting', id);
    const audioId = newTimeUuid();
    await writeWhole(this.#audio, tenant, audioId, audio);
    const body = asBody('greeting', { mailbox, kind, audioId, codec, durationMs, sizeBytes: audio.length, contentHash: hashOf(audio) });
    await this.#entities.commit({ tenant, actor, requestId: 'telephone', rows: [{ kind: 'greeting', id, expect: 'any', body }] });
    await this.#removeAudio(tenant, before);
  }

  async delete(caller: Caller, mailbox: string, kind: string): Promise<void> {
    if (kind !== 'greeting' && kind !== 'name') throw refuse({ code: 'input/greeting-kind', field: 'kind', message: 'There is no such greeting', remedy: 'Send greeting or name.' });
    await getMailbox(this.#entities, caller.tenant, mailbox);
    const found = await find(this.#entities, caller.tenant, 'greeting', greetingId(mailbox, kind));
    if (!found) return;
    await this.#entities.commit({ ...caller, rows: [deletion(found)] });
    await this.#removeAudio(caller.tenant, found);
  }

  async list(tenant: string, mailbox: string): Promise<readonly Entity<'greeting'>[]> {
    const found = await Promise.all(KINDS.map((kind) => find(this.#entities, tenant, 'greeting', greetingId(mailbox, kind))));
    return found.filter((greeting) => greeting !== undefined);
  }

  /** What goes with a mailbox that is deleted. */
  async deletions(tenant: string, mailbox: string): Promise<readonly RowChange[]> {
    return (await this.list(tenant, mailbox)).map(deletion);
  }

  /** Audio that stays costs room only. */
  async #removeAudio(tenant: string, greeting: Entity<'greeting'> | undefined): Promise<void> {
    if (greeting) await this.#audio.remove(tenant, greeting.body.audioId).catch(() => undefined);
  }
}

function deletion({ id, body }: Entity<'greeting'>): RowChange {
  return { kind: 'greeting', id, expect: 'any', body: asBody('greeting', body), deleted: true };
}
