import { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { aLoadedProjection, inline } from '../../test/rig.ts';
import { anEntity, aSite, aSwitch, aUser } from '../../test/builders.ts';
import type { Projection } from '../projection/projection.service.ts';
import { PlanCheck } from './plan-check.ts';
import { PlanService, type Caller, type Write } from './plan.service.ts';
import type { PlanEntity, PlanStore, PlanWrite } from './plan.store.ts';
import { ProjectedSwitches } from './switch-lookup.ts';

/** The change log's rules in memory: conditions on tags, lists by kind and switch. */
class MemoryStore implements PlanStore {
  readonly rows = new Map<string, PlanEntity>();
  commits = 0;
  read = (_tenant: string, kind: string, id: string) => Promise.resolve(this.rows.get(`${kind} ${id}`));
  commit({ tenant, actor, rows }: PlanWrite): Promise<PlanEntity[]> {
    const [row] = rows;
    if (!row) return Promise.resolve([]);
    const now = this.rows.get(`${row.kind} ${row.id}`);
    if (row.expect === 'absent' ? now && !now.deleted : now?.tag !== row.expect.tag) {
      return Promise.reject(row.expect === 'absent' ? new DomainError('conflict', 'change-log/exists', 'exists') : new DomainError('conflict', 'change-log/stale', 'stale', { currentTag: now?.tag ?? '' }));
    }
    const state = { tenant, kind: row.kind, id: row.id, version: (now?.version ?? 0) + 1, tag: `t${++this.commits}`, changedAt: '2026-01-01T00:00:00.000000Z', actor, deleted: row.deleted === true, body: row.body };
    this.rows.set(`${row.kind} ${row.id}`, state);
    return Promise.resolve([state]);
  }
  list = (_tenant: string, list: string) => {
    const [kind = '', switchId = ''] = list.split('/');
    return Promise.resolve({ items: [...this.rows.values()].filter((row) => row.kind === kind && row.id.startsWith(`${switchId}/`) && !row.deleted), nextPageToken: '' });
  };
  changes = () => Promise.resolve({ items: [], nextPageToken: '' });
}

const caller: Caller = { tenant: 'default', requestId: 'r', actor: 'admin' };
const create: Write = { switchId: 'site-a', expectedTag: '', idempotencyKey: '' };
const phones = Partition.fromJSON({ id: 'phones', name: 'Phones', active: true, patterns: ['1XXX'], action: 'extension' });
const standard = CallingProfile.fromJSON({ id: 'standard', name: 'Standard', partitionIds: ['phones'] });
const settings = SwitchSettings.fromJSON({ active: true, defaultProfileId: 'standard', emergencyNumbers: ['112'], emergencyTrunk: 'pstn', trunks: [{ name: 'pstn', uri: 'sip:192.0.2.1:5060' }], maxForwards: 5 });
const withVoicemail: SwitchSettings = { ...settings, voicemailTargets: ['sip:192.0.2.20:5070'], voicemailAccessNumber: '5555' };

let projection: Projection;
let store: MemoryStore;
let plans: PlanService;
beforeEach(async () => {
  projection = await aLoadedProjection({ directory: aSite().directory, plan: [] });
  store = new MemoryStore();
  plans = new PlanService({ store, check: new PlanCheck(inline), switches: new ProjectedSwitches(projection, 20) });
});

const failure = (code: string, details: Record<string, unknown> = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) });

async function aWholePlan(): Promise<{ partition: string; profile: string }> {
  await plans.putSettings(caller, create, settings);
  const partition = await plans.putPartition(caller, create, phones);
  const profile = await plans.putCallingProfile(caller, create, standard);
  return { partition: partition.value.meta?.tag ?? '', profile: profile.value.meta?.tag ?? '' };
}

describe('a plan', () => {
  it('is written piece by piece and read as a whole', async () => {
    await aWholePlan();
    const { plan, issues } = await plans.get('default', 'site-a');
    expect(plan.partitions.map(({ id }) => id)).toEqual(['site-a/phones']);
    expect(plan.settings?.body['maxForwards']).toBe(5);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('refuses a pattern that is none, naming partition, pattern, position and remedy, and stores nothing', async () => {
    await aWholePlan();
    const before = store.commits;
    await expect(plans.putPartition(caller, create, { ...phones, id: 'bad', patterns: ['12[3'] })).rejects.toEqual(
      failure('plan/bad-pattern', { partitionId: 'bad', pattern: '12[3', position: expect.any(Number), field: 'patterns', remedy: expect.stringMatching(/./) }),
    );
    expect(store.commits).toBe(before);
  });

  it('refuses what would shadow an emergency number, naming the rule', async () => {
    await plans.putSettings(caller, create, settings);
    await expect(plans.putPartition(caller, create, { ...phones, id: 'no-112', patterns: ['112'], action: 'block', blockCode: 403, blockReason: 'No' })).rejects.toEqual(
      failure('plan/emergency-shadowed', { partitionId: 'no-112', pattern: '112' }),
    );
  });

  it('refuses emergency numbers that an existing rule would shadow', async () => {
    await plans.putPartition(caller, create, { ...phones, id: 'no-112', patterns: ['112'], action: 'block', blockCode: 403, blockReason: 'No' });
    await expect(plans.putSettings(caller, create, settings)).rejects.toEqual(failure('plan/emergency-shadowed', { partitionId: 'no-112' }));
  });

  it('lets a change mend one fault while another is still there', async () => {
    store.rows.set('partition site-a/a', { ...(anEntity({ kind: 'partition', id: 'site-a/a', body: { ...phones, id: 'a', patterns: ['[['] } }) as unknown as PlanEntity), tag: 'ta' });
    store.rows.set('partition site-a/b', { ...(anEntity({ kind: 'partition', id: 'site-a/b', body: { ...phones, id: 'b', patterns: ['[['] } }) as unknown as PlanEntity), tag: 'tb' });
    await expect(plans.putPartition(caller, { ...create, expectedTag: 'ta' }, { ...phones, id: 'a' })).resolves.toMatchObject({ issues: expect.arrayContaining([expect.objectContaining({ partitionId: 'b' })]) });
  });

  it('keeps where voicemail is and what is dialled for it', async () => {
    await plans.putSettings(caller, create, withVoicemail);
    const { plan, issues } = await plans.get('default', 'site-a');
    expect(plan.settings?.body).toMatchObject({ voicemailTargets: ['sip:192.0.2.20:5070'], voicemailAccessNumber: '5555' });
    expect(issues.map(({ code }) => code)).not.toContain('plan/number-hidden');
  });

  it('says whose number the access number of voicemail hides', async () => {
    const { issues } = await plans.putSettings(caller, create, { ...withVoicemail, voicemailAccessNumber: '1002' });
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'plan/number-hidden', message: expect.stringContaining('1002') }));
  });

  it.each([
    ['plan/bad-voicemail', { voicemailTargets: ['192.0.2.20'] }],
    ['plan/bad-voicemail', { voicemailAccessNumber: '112' }],
    ['plan/bad-voicemail', { voicemailAccessNumber: 'box' }],
    ['plan/duplicate', { voicemailTargets: ['sip:192.0.2.20', 'sip:192.0.2.20'] }],
    ['plan/bad-field', { voicemailTargets: Array.from({ length: 9 }, (_, at) => `sip:192.0.2.${at}`) }],
    ['plan/bad-field', { voicemailTargets: [`sip:${'x'.repeat(300)}`] }],
    ['plan/bad-field', { voicemailAccessNumber: '5'.repeat(65) }],
  ])('refuses with %s the voicemail settings %j, also where a warning about them stands', async (code, given) => {
    const { value } = await plans.putSettings(caller, create, { ...settings, voicemailAccessNumber: '5555' });
    await expect(plans.putSettings(caller, { ...create, expectedTag: value.meta?.tag ?? '' }, { ...withVoicemail, ...given })).rejects.toEqual(failure(code));
  });

  it('refuses a stale version and a second creation', async () => {
    const { partition } = await aWholePlan();
    await plans.putPartition(caller, { ...create, expectedTag: partition }, { ...phones, name: 'Telephones' });
    await expect(plans.putPartition(caller, { ...create, expectedTag: partition }, phones)).rejects.toEqual(failure('plan/stale-version', { currentTag: expect.any(String) }));
    await expect(plans.putPartition(caller, create, phones)).rejects.toEqual(failure('plan/exists'));
  });

  it.each([
    [{ id: 'Bad Id' }, 'id'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(129) }, 'name'],
    [{ action: 'explode' }, 'action'],
    [{ patterns: [] }, 'patterns'],
    [{ patterns: ['1'.repeat(10_000)] }, 'patterns[0]'],
  ])('refuses the partition %j by its field', async (given, field) => {
    await expect(plans.putPartition(caller, create, { ...phones, ...given })).rejects.toEqual(failure('plan/bad-field', { field }));
  });
});

describe('deleting', () => {
  it('refuses a partition that a profile names', async () => {
    const { partition } = await aWholePlan();
    await expect(plans.deletePartition(caller, { ...create, expectedTag: partition }, 'phones')).rejects.toEqual(failure('plan/in-use'));
  });

  it('refuses a profile that the settings or a user name', async () => {
    const { profile } = await aWholePlan();
    await expect(plans.deleteCallingProfile(caller, { ...create, expectedTag: profile }, 'standard')).rejects.toEqual(failure('plan/in-use'));
    const guests = await plans.putCallingProfile(caller, create, { ...standard, id: 'guests' });
    projection.apply(aUser('u-1001', { callingProfileId: 'guests' }));
    const write = { ...create, expectedTag: guests.value.meta?.tag ?? '' };
    await expect(plans.deleteCallingProfile(caller, write, 'guests')).rejects.toMatchObject({ message: expect.stringContaining('user User u-1001') });
    projection.apply(aUser('u-1001'));
    await plans.deleteCallingProfile(caller, write, 'guests');
    expect(store.rows.get('calling-profile site-a/guests')?.deleted).toBe(true);
  });

  it('says when there is nothing', async () => {
    await expect(plans.deletePartition(caller, create, 'nothing')).rejects.toEqual(failure('plan/unknown'));
  });
});

describe('a switch that was created a moment ago', () => {
  it('is waited for', async () => {
    const patient = new PlanService({ store, check: new PlanCheck(inline), switches: new ProjectedSwitches(projection) });
    const written = patient.putPartition(caller, { ...create, switchId: 'site-new' }, phones);
    projection.apply(aSwitch('site-new'));
    await expect(written).resolves.toMatchObject({ value: { id: 'phones' } });
  });
});

describe("another tenant's switch", () => {
  it('does not exist', async () => {
    await expect(plans.get('other', 'site-a')).rejects.toEqual(failure('switch/unknown'));
    await expect(plans.putPartition({ ...caller, tenant: 'other' }, create, phones)).rejects.toEqual(failure('switch/unknown'));
  });
});
