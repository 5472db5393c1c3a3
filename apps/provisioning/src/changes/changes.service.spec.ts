import { describe, expect, it } from 'vitest';
import { ANN, refusalOf, scenario } from '../entities/spec-scenario.ts';
import { ChangesService } from './changes.service.ts';
import { toChange } from './changes.mapper.ts';

const query = { kind: '', entityId: '', pageSize: 0, pageToken: '' };

describe('changes', () => {
  it('shows neither state nor history of secrets', async () => {
    const at = await scenario();
    await at.put('sip-credential', 'site-a/1001', { switchId: 'site-a', number: '1001', sealed: 'x' });
    const changes = new ChangesService(at.store);
    const kinds: string[] = [];
    for await (const state of changes.loadState([])) kinds.push(state.kind);
    expect(kinds).toEqual(['tenant', 'site', 'switch']);
    expect((await changes.list('default', query)).changes.map(({ kind }) => kind)).toEqual(['switch', 'site', 'tenant']);
    expect(await refusalOf(changes.list('default', { ...query, kind: 'sip-credential' }))).toMatchObject({ code: 'input/kind' });
    expect(() => changes.loadState(['sip-credential'])).toThrow('no such kind');
  });

  it('tells who changed what, newest first, with the state before', async () => {
    const at = await scenario();
    await at.putUser(ANN, 'Ann');
    await at.putUser(ANN, 'Anne');
    const [newest] = (await new ChangesService(at.store).list('default', { ...query, kind: 'user', entityId: ANN })).changes;
    const change = newest && toChange(newest);
    expect(change).toMatchObject({ kind: 'user', entityId: ANN, version: 2, actor: 'ann', deleted: false });
    expect([JSON.parse(change?.previousBody ?? '').displayName, JSON.parse(change?.body ?? '').displayName]).toEqual(['Ann', 'Anne']);
  });
});
