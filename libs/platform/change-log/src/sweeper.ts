import type { Message, Publisher } from '@sfs/kafka';
import { changeMessage } from './change-event.ts';
import type { ChangeLogParts } from './change-log.ts';
import { publicState, type StoredState } from './stored-state.ts';
import { changeTopic } from './topics.ts';

const PAGE = 500;
const REFRESHED_AT_ONCE = 8;
const NEAR = 50;
/** twice what the intent log holds: older changes were listed by an earlier sweep */
const RELIST_MS = 48 * 3_600_000;

/** Publishes every entity once more: what the log no longer holds, or a relay never saw, reaches consumers all the same. They drop what they know. */
export class Sweeper {
  readonly #changeLog: ChangeLogParts;
  readonly #publisher: Publisher;

  constructor(changeLog: ChangeLogParts, publisher: Publisher) {
    this.#changeLog = changeLog;
    this.#publisher = publisher;
  }

  /** Needs a quorum of every site, so that what was lost on the way is found and repaired; throws while one is cut off. */
  async sweep(): Promise<number> {
    const { store, kinds } = this.#changeLog;
    let page: StoredState[] = [];
    let count = 0;
    for await (const state of store.all(new Set(kinds.keys()), 'everywhere')) {
      page.push(state);
      if (page.length < PAGE) continue;
      await this.#spread(page);
      count += page.length;
      page = [];
    }
    await this.#spread(page);
    return count + page.length;
  }

  async #spread(states: readonly StoredState[]): Promise<void> {
    const since = new Date(Date.now() - RELIST_MS).toISOString();
    const recent = states.filter(({ changedAt }) => changedAt >= since);
    for (let from = 0; from < recent.length; from += REFRESHED_AT_ONCE) await Promise.all(recent.slice(from, from + REFRESHED_AT_ONCE).map((state) => this.#refresh(state)));
    for (const [kind, messages] of this.#byKind(states)) await this.#publisher.publish(changeTopic(this.#changeLog.owner, kind), messages);
  }

  async #refresh(state: StoredState): Promise<void> {
    const past = await this.#changeLog.store.past(state, NEAR);
    await this.#changeLog.indexes.refresh(past, new Set(past.history.map(({ tag }) => tag)));
  }

  #byKind(states: readonly StoredState[]): Map<string, Message[]> {
    const byKind = new Map<string, Message[]>();
    for (const state of states) {
      if (this.#changeLog.kinds.get(state.kind)?.published !== true) continue;
      byKind.set(state.kind, [...(byKind.get(state.kind) ?? []), changeMessage('sweep', publicState(state))]);
    }
    return byKind;
  }
}
