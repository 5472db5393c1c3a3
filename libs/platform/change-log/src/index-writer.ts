import type { BatchEntry, CqlSession } from '@sfs/cassandra';
import { dropListing, putChange, putChangeDay, putListing } from './change-log.cql.ts';
import type { Past } from './entity.store.ts';
import { encodeState, type StoredState } from './stored-state.ts';
import type { KindDefinition } from './types.ts';

/** What is derived from entities: listings and the audit. Everything here may be written again, by anyone and in any order. */
export class IndexWriter {
  readonly #session: CqlSession;
  readonly #kinds: ReadonlyMap<string, KindDefinition>;
  readonly #knownDays = new Set<string>();

  constructor(session: CqlSession, kinds: ReadonlyMap<string, KindDefinition>) {
    this.#session = session;
    this.#kinds = kinds;
  }

  /** Lists the current state, takes the places of all other known states away, and records those of `tags` in the audit. */
  async refresh(past: Past, tags: ReadonlySet<string>): Promise<void> {
    const { state } = past;
    const definition = state === undefined ? undefined : this.#kinds.get(state.kind);
    if (state === undefined || definition === undefined) return;
    const audited = past.history.filter(({ tag }) => tags.has(tag));
    const entries = [...listingEntries(past, state, definition), ...audited.map((change) => auditEntry(change, past, definition))];
    await Promise.all([...entries.map(({ statement, params }) => this.#session.execute(statement, params)), ...audited.map((change) => this.#noteDay(change))]);
  }

  async #noteDay({ tenant, changedAt }: StoredState): Promise<void> {
    const day = dayOf(changedAt);
    const name = `${tenant} ${day}`;
    if (this.#knownDays.has(name)) return;
    await this.#session.execute(putChangeDay, [tenant, day]);
    if (this.#knownDays.size > 10_000) this.#knownDays.clear();
    this.#knownDays.add(name);
  }
}

export function dayOf(changedAt: string): string {
  return changedAt.slice(0, 10);
}

/**
 * All with the timestamp of the entity's winning write. Two sites that write listings for the two sides of a conflict thus agree in the end with the entity,
 * whichever comes last: a place of the loser is older than its removal.
 */
function listingEntries({ written, history }: Past, state: StoredState, { listings }: KindDefinition): BatchEntry[] {
  const name = ({ list, sortKey }: { list: string; sortKey: string }): string => JSON.stringify([list, sortKey]);
  const places = state.deleted ? [] : listings(state);
  const kept = new Set(places.map(name));
  const left = history.filter(({ deleted }) => !deleted).flatMap((other) => listings(other).filter((place) => !kept.has(name(place))));
  const gone = new Map(left.map((place) => [name(place), place]));
  const cell = encodeState(state);
  return [
    ...places.map(({ list, sortKey }) => ({ statement: putListing, params: [state.tenant, list, sortKey, state.id, cell, written] })),
    ...[...gone.values()].map(({ list, sortKey }) => ({ statement: dropListing, params: [written, state.tenant, list, sortKey, state.id] })),
  ];
}

function auditEntry(change: StoredState, { history }: Past, { published }: KindDefinition): BatchEntry {
  const parent = history.find(({ tag }) => tag === change.parentTag);
  const shown = published ? change : { ...change, body: {} };
  const previous = published && parent !== undefined ? JSON.stringify(parent.body) : '';
  const { tenant, changedAt, tag, kind, id } = change;
  return { statement: putChange, params: [tenant, dayOf(changedAt), changedAt, tag, kind, id, encodeState(shown), previous] };
}
