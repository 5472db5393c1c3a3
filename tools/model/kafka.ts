import { Away, type State } from './store.ts';
import { SITES, type Site, type World } from './world.ts';

/** Kafka and one consumer a site: events come twice and out of order, and the consumer keeps what is newest by (version, changedAt). */
export class Kafka {
  readonly #world: World;
  readonly #kept: Record<Site, Map<string, State>> = { a: new Map(), b: new Map() };
  readonly published = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  publish(site: Site, state: State): void {
    if (!this.#world.kafkaIsUp[site]) throw new Away();
    this.published.add(state.tag);
    const times = this.#world.chance(0.2) ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.#world.after(this.#world.random() * 2_000, () => this.#take(site, state));
  }

  tagAt(site: Site, id: string): string {
    return this.#kept[site].get(id)?.tag ?? '';
  }

  sites(): readonly Site[] {
    return SITES;
  }

  #take(site: Site, state: State): void {
    const known = this.#kept[site].get(state.id);
    if (known === undefined || isNewer(state, known)) this.#kept[site].set(state.id, state);
  }
}

function isNewer(one: State, other: State): boolean {
  if (one.version !== other.version) return one.version > other.version;
  return one.changedAt !== other.changedAt ? one.changedAt > other.changedAt : one.tag > other.tag;
}
