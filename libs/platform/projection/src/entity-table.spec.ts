import { describe, expect, it } from 'vitest';
import { Change } from '@sfs/contracts';
import { EntityTable } from './entity-table.ts';
import { entityOf, isNewer, textOf, type Entity } from './entity.ts';

const at = (changedAt: string, more: Partial<Entity> = {}): Entity => ({
  ...{ tenant: 'default', kind: 'dn', id: 'site-a/1001', version: 1, tag: 't1', changedAt, site: 'site-a', actor: 'ann', deleted: false, body: { userId: changedAt } },
  ...more,
});

async function* loaded(...entities: readonly Entity[]): AsyncGenerator<Entity> {
  for (const entity of entities) yield await Promise.resolve(entity);
}

describe('the newest state of each entity', () => {
  it('stays, in whatever order changes come', () => {
    const table = new EntityTable();
    expect(table.apply(at('2'))).toBe(true);
    expect(table.apply(at('1'))).toBe(false);
    expect(table.apply(at('2'))).toBe(false);
    expect(textOf(table.get('default', 'dn', 'site-a/1001') ?? at(''), 'userId')).toBe('2');
  });

  it('is gone when it is deleted, and an older change does not bring it back', () => {
    const table = new EntityTable();
    table.apply(at('1'));
    table.apply(at('3', { deleted: true }));
    expect(table.apply(at('2'))).toBe(false);
    expect(table.get('default', 'dn', 'site-a/1001')).toBeUndefined();
  });

  it('a load takes away what it does not hold, and leaves what came meanwhile', async () => {
    const table = new EntityTable();
    table.apply(at('1'));
    table.apply(at('1', { id: 'site-a/1002' }));
    const load = async function* (): AsyncGenerator<Entity> {
      table.apply(at('2', { id: 'site-a/1003' }));
      yield* loaded(at('1', { id: 'site-a/1002' }));
    };
    const news = await table.load(load());
    expect(news.map(({ id, deleted }) => [id, deleted])).toEqual([['site-a/1001', true]]);
    expect(table.get('default', 'dn', 'site-a/1002')).toBeDefined();
    expect(table.get('default', 'dn', 'site-a/1003')).toBeDefined();
  });

  it('is that of the later write when two sites wrote in a cut, even with the lower version', () => {
    expect(isNewer(at('2', { version: 3 }), at('1', { version: 9 }))).toBe(true);
    expect(isNewer(at('1', { version: 2 }), at('1'))).toBe(true);
    expect(isNewer(at('1', { tag: 't2' }), at('1'))).toBe(true);
  });
});

describe('a change as an entity', () => {
  it('has its body parsed; an empty one is nothing, one that is no object is refused', () => {
    expect(entityOf(Change.create({ kind: 'dn', entityId: 'x', body: '{"number":"1"}' })).body).toEqual({ number: '1' });
    expect(entityOf(Change.create({ kind: 'dn', entityId: 'x', body: '' })).body).toEqual({});
    expect(() => entityOf(Change.create({ kind: 'dn', entityId: 'x', body: '[]' }))).toThrow('body of dn x is not an object');
  });
});
