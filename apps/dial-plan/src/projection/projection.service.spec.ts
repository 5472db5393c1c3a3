import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMailboxLink, aNumber, anEntity, aPartition, aProfile, aSite, aSwitch, aUser, forwardAllTo } from '../../test/builders.ts';
import { aLoadedProjection, inline, silent } from '../../test/rig.ts';
import { decide } from '../decision/engine.ts';
import type { Entity } from './entity.ts';
import { Projection } from './projection.service.ts';

const rings = (projection: Projection, to: string): readonly string[] => {
  const at = projection.find('site-a');
  if (!at) return ['undecided'];
  const { plan } = decide(at, { callId: 'c', from: '1001', to, origin: 'internal', diversions: [] });
  return plan.steps.flatMap(({ ring }) => ring);
};
const revision = (projection: Projection): string => projection.find('site-a')?.revision ?? '';
const newer = (entity: Entity, body: Record<string, unknown>, version = entity.version + 1): Entity =>
  anEntity({ kind: entity.kind, id: entity.id, version, body: { ...entity.body, ...body } });

describe('the projection', () => {
  it('decides with a change of call settings at once, and only that part of the revision moves', async () => {
    const projection = await aLoadedProjection();
    const [plan, directory] = revision(projection).split('-');
    expect(rings(projection, '1002')).toEqual(['sip:1002@site-a.test']);
    projection.apply(forwardAllTo('user/u-1002', '1003'));
    expect(rings(projection, '1002')).toEqual(['sip:1003@site-a.test']);
    expect(revision(projection).split('-')[0]).toBe(plan);
    expect(revision(projection).split('-')[1]).not.toBe(directory);
  });

  it('takes messages for whoever has the mailbox now; the first by number of several', async () => {
    const projection = await aLoadedProjection();
    const mailboxOf = (number: string): string | undefined => projection.find('site-a')?.directory.find(number)?.mailbox;
    const before = revision(projection);
    projection.apply(aMailboxLink('20000', 'u-1002'));
    projection.apply(aMailboxLink('9000', 'u-1002'));
    expect([mailboxOf('1002'), mailboxOf('1003')]).toEqual(['9000', '']);
    expect(revision(projection)).not.toBe(before);
    projection.apply(aMailboxLink('9000', 'u-1003', { version: 2 }));
    expect([mailboxOf('1002'), mailboxOf('1003')]).toEqual(['20000', '9000']);
    projection.apply(aMailboxLink('20000', 'u-1002', { version: 2, deleted: true }));
    projection.apply(aMailboxLink('9000', 'u-1003', { version: 3, deleted: true }));
    expect([mailboxOf('1002'), mailboxOf('1003')]).toEqual(['', '']);
    expect(revision(projection)).toBe(before);
  });

  it('follows layers: tenant, site of the user, user', async () => {
    const projection = await aLoadedProjection();
    projection.apply(forwardAllTo('tenant/', '1001'));
    expect(projection.find('site-a')?.directory.find('1002')?.settings.forwardAll).toMatchObject({ origin: 'tenant', value: { number: '1001' } });
    const site = forwardAllTo('site/site-a', '1003');
    projection.apply(site);
    expect(projection.find('site-a')?.directory.find('1002')?.settings.forwardAll).toMatchObject({ origin: 'site', value: { number: '1003' } });
    projection.apply(anEntity({ ...site, kind: 'call-settings', version: 2, deleted: true, tag: 'later', changedAt: '2030-01-01T00:00:00.000000Z' }));
    expect(projection.find('site-a')?.directory.find('1002')?.settings.forwardAll.origin).toBe('tenant');
  });

  it('comes to the same decisions and the same revision in any order, with every state told twice', async () => {
    const site = aSite();
    const settings = forwardAllTo('user/u-1002', '1003');
    const states = [...site.directory, ...site.plan, settings, newer(settings, { settings: { forwardAll: { kind: 'off' } } }), newer(site.plan[0] as Entity, { patterns: ['10XX'] })];
    const expected = new Projection({ switches: ['site-a'], compiler: inline, log: silent });
    await expected.load('provisioning', []);
    await expected.load('dialplan', []);
    for (const state of states) expected.apply(state);
    await expected.settled();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...states, ...states], { minLength: states.length * 2, maxLength: states.length * 2 }), async (told) => {
        const projection = new Projection({ switches: ['site-a'], compiler: inline, log: silent });
        await projection.load('provisioning', []);
        await projection.load('dialplan', []);
        for (const state of told) projection.apply(state);
        await projection.settled();
        expect(revision(projection)).toBe(revision(expected));
        expect(rings(projection, '1002')).toEqual(rings(expected, '1002'));
      }),
      { numRuns: 40 },
    );
  });

  it('takes the later of two writes of a cut, even with the lower version', async () => {
    const projection = await aLoadedProjection();
    const lost = anEntity({ ...forwardAllTo('user/u-1002', '1001'), version: 4 });
    const later = anEntity({ ...forwardAllTo('user/u-1002', '1003'), version: 2 });
    projection.apply(lost);
    projection.apply(later);
    projection.apply(lost);
    expect(rings(projection, '1002')).toEqual(['sip:1003@site-a.test']);
  });

  it('keeps the live plan when two writes break it together, and names the rule', async () => {
    const projection = await aLoadedProjection();
    projection.apply(aPartition('twice', { patterns: ['1XXX', 'bad pattern!!'] }));
    await projection.settled();
    expect(rings(projection, '1002')).toEqual(['sip:1002@site-a.test']);
    expect(projection.boundSwitch('site-a')).toMatchObject({ broken: true, issues: [{ severity: 'error', code: 'plan/bad-pattern', partitionId: 'twice' }] });
  });

  it('compiles a burst of changes once', async () => {
    const projection = await aLoadedProjection();
    const before = projection.compiled;
    for (const id of ['a', 'b', 'c', 'd']) projection.apply(aPartition(id, { patterns: [`2${id.charCodeAt(0)}XX`] }));
    await projection.settled();
    expect(projection.compiled).toBe(before + 1);
  });

  it('takes what a full load no longer names for deleted, but not what came meanwhile', async () => {
    const site = aSite();
    const projection = await aLoadedProjection(site);
    async function* slowLoad(): AsyncGenerator<Entity> {
      projection.apply(aUser('new'));
      projection.apply(aNumber('1009', 'new'));
      for (const entity of site.directory.filter(({ id }) => !id.includes('1003'))) yield entity;
    }
    await projection.load('provisioning', slowLoad());
    const directory = projection.find('site-a')?.directory;
    expect(directory?.find('1003')).toBeUndefined();
    expect(directory?.find('1009')?.displayName).toBe('User new');
    expect(projection.healed).toBe(2);
  });

  it('takes nothing for deleted when a load fails half-way', async () => {
    const projection = await aLoadedProjection();
    async function* torn(): AsyncGenerator<Entity> {
      yield aSwitch();
      throw new Error('cut');
    }
    await expect(projection.load('provisioning', torn())).rejects.toThrow('cut');
    expect(rings(projection, '1002')).toEqual(['sip:1002@site-a.test']);
  });

  it('forgets a deleted user and keeps the number', async () => {
    const projection = await aLoadedProjection();
    projection.apply(anEntity({ kind: 'user', id: 'u-1002', version: 2, deleted: true }));
    expect(projection.find('site-a')?.directory.find('1002')).toMatchObject({ userId: '', displayName: '' });
  });

  it("keeps another tenant's states apart", async () => {
    const projection = await aLoadedProjection();
    const before = revision(projection);
    projection.apply({ ...forwardAllTo('user/u-1002', '1003'), tenant: 'other' });
    projection.apply({ ...aNumber('1002', ''), tenant: 'other' });
    projection.apply({ ...aPartition('phones', { patterns: ['9'] }), tenant: 'other' });
    await projection.settled();
    expect(revision(projection)).toBe(before);
  });

  it('says when a state is in effect', async () => {
    const projection = await aLoadedProjection();
    const state = { tenant: 'default', kind: 'partition', id: 'site-a/more', version: 1 };
    expect(projection.isEffective(state)).toBe(false);
    projection.apply(aPartition('more', { patterns: ['3XXX'] }));
    expect(projection.isEffective(state)).toBe(false);
    await projection.settled();
    expect(projection.isEffective(state)).toBe(true);
    expect(projection.isEffective({ ...state, version: 2 })).toBe(false);
    expect(projection.isEffective({ ...state, tenant: 'other' })).toBe(false);
    expect(projection.isEffective({ tenant: 'default', kind: 'user', id: 'u-1002', version: 1 })).toBe(true);
  });

  it('names equal content equally, whatever was there in between', async () => {
    const site = aSite();
    const projection = await aLoadedProjection(site);
    const before = revision(projection);
    const profile = aProfile('guests', ['phones']);
    projection.apply(profile);
    await projection.settled();
    expect(revision(projection)).not.toBe(before);
    projection.apply(anEntity({ ...profile, version: 2, deleted: true, changedAt: '2030-01-01T00:00:00.000000Z' }));
    await projection.settled();
    expect(revision(projection)).toBe(before);
  });
});
