import { isNewer, type Entity } from './entity.ts';

interface Slot {
  entity: Entity;
  /** order of arrival, to tell what a load that ran meanwhile could not know */
  arrived: number;
}

/** Newest known state of every entity, of all tenants. Takes states in any order, any number of times. */
export class EntityTable {
  private readonly kinds = new Map<string, Map<string, Slot>>();
  private clock = 0;

  /** Returns whether it was news. Deleted entities stay as tombstones, so that a late older state does not revive them. */
  apply(entity: Entity): boolean {
    const slots = this.slots(entity.kind);
    const key = keyOf(entity.tenant, entity.id);
    const slot = slots.get(key);
    if (slot && !isNewer(entity, slot.entity)) return false;
    slots.set(key, { entity, arrived: ++this.clock });
    return true;
  }

  find(tenant: string, kind: string, id: string): Entity | undefined {
    const entity = this.kinds.get(kind)?.get(keyOf(tenant, id))?.entity;
    return entity?.deleted ? undefined : entity;
  }

  /** Tombstones included. */
  known(tenant: string, kind: string, id: string): Entity | undefined {
    return this.kinds.get(kind)?.get(keyOf(tenant, id))?.entity;
  }

  *live(kind: string): IterableIterator<Entity> {
    for (const { entity } of this.kinds.get(kind)?.values() ?? []) if (!entity.deleted) yield entity;
  }

  /** Tombstones included. */
  *all(kind: string): IterableIterator<Entity> {
    for (const { entity } of this.kinds.get(kind)?.values() ?? []) yield entity;
  }

  get size(): number {
    let size = 0;
    for (const slots of this.kinds.values()) size += slots.size;
    return size;
  }

  /** Call it before a full load starts; hand it to `missing` afterwards. */
  mark(): number {
    return this.clock;
  }

  /**
   * Live entities that a load of everything did not name, although they were here before it began: deleted while nobody told us.
   *
   *   load begins (mark) ── owner reads ── load ends
   *   created meanwhile: arrived > mark, so it is not taken for deleted
   */
  missing(kinds: readonly string[], mark: number, seen: ReadonlySet<string>): Entity[] {
    const gone: Entity[] = [];
    for (const kind of kinds) {
      for (const [key, { entity, arrived }] of this.kinds.get(kind) ?? []) {
        if (!entity.deleted && arrived <= mark && !seen.has(`${kind}\n${key}`)) gone.push(entity);
      }
    }
    return gone;
  }

  /** Marks as deleted without a newer state from the owner; any newer state revives it. */
  bury(entity: Entity): void {
    this.slots(entity.kind).set(keyOf(entity.tenant, entity.id), { entity: { ...entity, deleted: true }, arrived: ++this.clock });
  }

  private slots(kind: string): Map<string, Slot> {
    let slots = this.kinds.get(kind);
    if (!slots) this.kinds.set(kind, (slots = new Map()));
    return slots;
  }
}

const keyOf = (tenant: string, id: string): string => `${tenant}\n${id}`;

export const seenKey = (entity: Pick<Entity, 'tenant' | 'kind' | 'id'>): string => `${entity.kind}\n${keyOf(entity.tenant, entity.id)}`;
