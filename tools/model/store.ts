import { SITES, type Site, type World } from './world.ts';

export interface State {
  readonly id: string;
  readonly version: number;
  readonly tag: string;
  readonly changedAt: number;
  readonly site: Site;
  /** the store's time of the conditional write */
  readonly wroteAt: number;
}

export interface Row {
  readonly id: string;
  readonly tag: string;
  /** tag that must be current; '' = absent; undefined = any */
  readonly expect: string | undefined;
}

export interface Intent {
  readonly id: string;
  readonly origin: Site;
  readonly bucket: number;
  readonly at: number;
  readonly rows: readonly Row[];
}

export class Away extends Error {}

interface Entity {
  current: State | undefined;
  written: number;
  readonly history: Map<string, State>;
  /** accepted by some replicas only; the next conditional write or serial read here completes it */
  inFlight: (() => void) | undefined;
}

interface Replica {
  readonly entities: Map<string, Entity>;
  readonly intents: Map<string, Intent>;
}

interface Lag {
  readonly key: string;
  readonly to: Site;
  readonly apply: () => void;
}

export const BUCKET_MS = 10_000;
const HINT_WINDOW_MS = 15_000;

/** Two sites as measured: local work never waits; rows arrive late, in no order, and beyond the hint window only when a read of both sites asks for them. */
export class Store {
  readonly #world: World;
  readonly #replicas: Record<Site, Replica> = { a: { entities: new Map(), intents: new Map() }, b: { entities: new Map(), intents: new Map() } };
  readonly #missing = new Set<Lag>();

  constructor(world: World) {
    this.#world = world;
  }

  read(site: Site, id: string): Entity {
    const { entities } = this.#replicas[site];
    const known = entities.get(id) ?? { current: undefined, written: 0, history: new Map(), inFlight: undefined };
    entities.set(id, known);
    return known;
  }

  readSerial(site: Site, id: string): Entity {
    const entity = this.read(site, id);
    const complete = entity.inFlight;
    entity.inFlight = undefined;
    complete?.();
    return entity;
  }

  readEverywhere(site: Site, id: string): Entity {
    this.#repair(`entity ${id}`);
    return this.read(site, id);
  }

  /** Applied, not applied, or an unknown outcome: applied, lost, or still under way. */
  writeIf(state: State, versionSeen: number | undefined): 'applied' | 'not-applied' | 'unknown' {
    const entity = this.readSerial(state.site, state.id);
    if (entity.current?.version !== versionSeen) return 'not-applied';
    // Completed later, it is proposed anew: with the time of its completion.
    const apply = (): void => {
      const written = Math.max(this.#world.clock(state.site), entity.written + 1);
      this.#replicate(state.site, `entity ${state.id}`, (at) => this.#merge(at, { ...state, wroteAt: written }, written));
    };
    const luck = this.#world.calm ? 1 : this.#world.random();
    if (luck < 0.04) entity.inFlight = apply;
    else if (luck > 0.08) apply();
    return luck < 0.12 ? 'unknown' : 'applied';
  }

  putIntent(intent: Intent): void {
    this.#replicate(intent.origin, `intent ${intent.origin} ${intent.bucket}`, (at) => this.#replicas[at].intents.set(intent.id, intent));
  }

  intents(site: Site, origin: Site, from: number): Intent[] {
    return [...this.#replicas[site].intents.values()].filter((intent) => intent.origin === origin && intent.bucket >= from);
  }

  intentsEverywhere(site: Site, origin: Site, from: number, to: number): Intent[] {
    for (let bucket = from; bucket <= to; bucket += 1) this.#repair(`intent ${origin} ${bucket}`);
    return this.intents(site, origin, from);
  }

  ids(): Set<string> {
    return new Set(SITES.flatMap((site) => [...this.#replicas[site].entities.keys()]));
  }

  #merge(site: Site, state: State, written: number): void {
    const entity = this.read(site, state.id);
    if (this.#world.fault !== 'forget-the-history-row') entity.history.set(state.tag, state);
    if (written < entity.written || (written === entity.written && state.tag < (entity.current?.tag ?? ''))) return;
    if (this.#world.fault === 'forget-the-history-row') {
      entity.history.clear();
      entity.history.set(state.tag, state);
    }
    entity.current = state;
    entity.written = written;
  }

  #replicate(from: Site, key: string, apply: (at: Site) => void): void {
    apply(from);
    const to: Site = from === 'a' ? 'b' : 'a';
    const lag: Lag = { key, to, apply: () => apply(to) };
    this.#missing.add(lag);
    if (this.#world.lineIsUp) this.#world.after(this.#world.chance(0.05) ? 2_500 : this.#world.random() * 150, () => this.#arrive(lag));
    else if (this.#world.now - this.#world.cutAt < HINT_WINDOW_MS) this.#hint(lag);
  }

  /** Kept until the line is back, then sent within 20 s. */
  #hint(lag: Lag): void {
    this.#world.after(this.#world.random() * 20_000, () => (this.#world.lineIsUp ? this.#arrive(lag) : this.#hint(lag)));
  }

  #arrive(lag: Lag): void {
    if (!this.#missing.has(lag)) return;
    if (!this.#world.lineIsUp) return this.#hint(lag);
    this.#missing.delete(lag);
    lag.apply();
  }

  #repair(key: string): void {
    if (!this.#world.lineIsUp) throw new Away();
    for (const lag of this.#missing) if (lag.key === key) this.#arrive(lag);
  }
}
