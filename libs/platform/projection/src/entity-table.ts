import { isNewer, type Entity } from './entity.ts';

/** The newest known state of each entity. A load that was begun before an event does not undo it. */
export class EntityTable {
  readonly #entities = new Map<string, Entity>();

  /** false: it is known already, or older. */
  apply(entity: Entity): boolean {
    const key = keyOf(entity);
    const known = this.#entities.get(key);
    if (known && !isNewer(entity, known)) return false;
    // Deleted ones stay for a while as themselves: an older event may still come.
    this.#entities.set(key, entity);
    return true;
  }

  /** What the load did not hold and was known before it began is gone: deletions while nobody told us. */
  async load(entities: AsyncIterable<Entity>): Promise<readonly Entity[]> {
    const before = new Map(this.#entities);
    const news: Entity[] = [];
    for await (const entity of entities) {
      before.delete(keyOf(entity));
      if (this.apply(entity)) news.push(entity);
    }
    for (const [key, entity] of before) {
      if (this.#entities.get(key) !== entity) continue;
      this.#entities.delete(key);
      if (!entity.deleted) news.push({ ...entity, deleted: true });
    }
    return news;
  }

  get(tenant: string, kind: string, id: string): Entity | undefined {
    const entity = this.#entities.get(`${tenant}/${kind}/${id}`);
    return entity?.deleted === true ? undefined : entity;
  }

  get size(): number {
    return this.#entities.size;
  }
}

function keyOf({ tenant, kind, id }: Entity): string {
  return `${tenant}/${kind}/${id}`;
}
