import type { Logger } from 'pino';
import { DIRECTORY_KINDS, type Entity } from '../projection/entity.ts';
import type { Projection } from '../projection/projection.service.ts';
import type { TickLog } from '../projection/source-ages.ts';
import type { SnapshotStore } from './snapshot.store.ts';

export interface SnapshotParts {
  readonly store: SnapshotStore;
  readonly projection: Projection;
  readonly ticks: TickLog;
  readonly instance: string;
  readonly log: Logger;
}

/** At most one snapshot in this time, however many changes come. */
const INTERVAL_MS = 1_000;
/** A large site writes longer: snapshots take at most a tenth of the time. */
const DUTY = 10;
/** Without changes, so that the ages it holds are not much older than the last tick. */
const REFRESH_MS = 30_000;

/** Keeps the disk at most a second behind the memory. */
export class SnapshotService {
  private readonly parts: SnapshotParts;
  private readonly refresh: NodeJS.Timeout;
  private readonly forget: () => void;
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<void> = Promise.resolve();
  private tookMs = 0;
  /** something changed while the file was being written */
  private again = false;
  private stopped = false;

  constructor(parts: SnapshotParts) {
    this.parts = parts;
    this.forget = parts.projection.onChange(() => this.schedule());
    this.refresh = setInterval(() => this.schedule(), REFRESH_MS);
    this.refresh.unref();
  }

  /** Writes what is not written yet. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.forget();
    clearInterval(this.refresh);
    const waiting = this.timer !== undefined;
    clearTimeout(this.timer);
    await this.saving;
    if (waiting) await this.save();
  }

  private schedule(): void {
    if (this.timer !== undefined || this.stopped) return;
    this.timer = setTimeout(() => {
      this.saving = this.save().finally(() => {
        this.timer = undefined;
        if (this.again) this.schedule();
      });
    }, Math.max(INTERVAL_MS, this.tookMs * DUTY));
    this.timer.unref();
  }

  private async save(): Promise<void> {
    const { store, projection, ticks, instance, log } = this.parts;
    const switches = [...projection.switches()].filter((bound) => projection.find(bound.switchId) !== undefined);
    // Only what can decide is worth keeping: an empty one must not replace a good one.
    if (switches.length === 0) return;
    const started = performance.now();
    let changed = false;
    this.again = false;
    const forget = projection.onChange(() => (changed = true));
    try {
      await store.save(
        { format: 1, savedAt: new Date().toISOString(), instance, switches: switches.map(({ switchId }) => switchId), ticks: ticks.times() },
        entitiesOf(projection),
      );
    } catch (error) {
      log.error({ err: error }, 'snapshot could not be written');
    } finally {
      forget();
      this.again = changed;
      this.tookMs = performance.now() - started;
    }
  }
}

const OF_TENANT = DIRECTORY_KINDS.filter((kind) => kind !== 'switch');

/** Plans as they are live (the newest may be broken), and the directory of the bound switches' tenants. */
function* entitiesOf(projection: Projection): Generator<Entity> {
  const tenants = new Set<string>();
  for (const bound of projection.switches()) {
    if (!bound.live) continue;
    tenants.add(bound.live.tenant);
    yield* bound.live.entities;
  }
  yield* projection.table.live('switch');
  for (const kind of OF_TENANT) {
    for (const entity of projection.table.live(kind)) if (tenants.has(entity.tenant) && isWanted(entity, projection)) yield entity;
  }
}

function isWanted({ kind, id }: Entity, projection: Projection): boolean {
  return kind !== 'dn' || projection.boundSwitch(id.slice(0, id.indexOf('/'))) !== undefined;
}

