import { beforeEach, describe, expect, it } from 'vitest';
import { caller, refusalOf, scenario, type Scenario } from '../entities/spec-scenario.ts';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import { TopologyService } from './topology.service.ts';

const aSwitch = { id: 'site-b', displayName: 'B', siteId: 'site-a', sipDomain: 'b.example', idempotencyKey: '' };

describe('topology', () => {
  let at: Scenario;
  let topology: TopologyService;
  beforeEach(async () => {
    at = await scenario();
    topology = new TopologyService(at.store);
  });

  it('creates the tenant default once, however often it starts', async () => {
    const fresh = new TopologyService(new FakeEntityStore());
    await Promise.all([fresh.ensureDefaultTenant(), fresh.ensureDefaultTenant()]);
    await fresh.ensureDefaultTenant();
    expect((await fresh.listTenants()).map(({ id, version }) => [id, version])).toEqual([['default', 1]]);
  });

  it('creates a site and a switch in it', async () => {
    await topology.createSite(caller, { id: 'site-b', displayName: 'B', idempotencyKey: '' });
    expect((await topology.createSwitch(caller, { ...aSwitch, siteId: 'site-b' })).body).toEqual({ id: 'site-b', displayName: 'B', siteId: 'site-b', sipDomain: 'b.example' });
    expect((await topology.listSites('default')).map(({ id }) => id)).toEqual(['site-a', 'site-b']);
    expect((await topology.listSwitches('default')).map(({ id }) => id)).toEqual(['site-a', 'site-b']);
  });

  it('answers a retry with the same key as the first time', async () => {
    const first = await topology.createSwitch(caller, { ...aSwitch, idempotencyKey: 'k' });
    expect(await topology.createSwitch(caller, { ...aSwitch, idempotencyKey: 'k' })).toEqual(first);
  });

  it('refuses what exists, a site that does not, and an unknown tenant', async () => {
    expect(await refusalOf(topology.createSite(caller, { id: 'site-a', displayName: 'A', idempotencyKey: '' }))).toMatchObject({ kind: 'conflict', code: 'sites/exists' });
    expect(await refusalOf(topology.createSwitch(caller, { ...aSwitch, siteId: 'nowhere' }))).toMatchObject({ kind: 'not-found', code: 'sites/unknown' });
    expect(await refusalOf(topology.createSite({ ...caller, tenant: 'ghost' }, { id: 'x', displayName: 'X', idempotencyKey: '' }))).toMatchObject({ kind: 'not-found', code: 'tenants/unknown' });
  });

  it('keeps switch names and SIP domains unique across tenants', async () => {
    await topology.createSwitch(caller, aSwitch);
    const other = { ...caller, tenant: 'other' };
    await topology.createTenant(caller, { id: 'other', displayName: 'Other' });
    await topology.createSite(other, { id: 'site-a', displayName: 'A', idempotencyKey: '' });
    expect(await refusalOf(topology.createSwitch(other, { ...aSwitch, sipDomain: 'c.example' }))).toMatchObject({ code: 'switches/exists' });
    expect(await refusalOf(topology.createSwitch(other, { ...aSwitch, id: 'site-c' }))).toMatchObject({ code: 'switches/sip-domain-taken', field: 'sipDomain' });
    expect(await refusalOf(topology.createSwitch(caller, { ...aSwitch, id: 'site-c' }))).toMatchObject({ code: 'switches/sip-domain-taken' });
  });
});
