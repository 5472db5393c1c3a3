import { inWords } from '@sfs/change-log';
import type { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';
import type { PlanIssue } from '@sfs/dial-plan';
import { checkCallingProfile, checkPartition, checkSettings } from './check-plan-input.ts';
import { partitionBody, profileBody, settingsBody, toPartition, toProfile, toSettings, type PlanBody } from './plan-bodies.ts';
import type { PlanCheck } from './plan-check.ts';
import { readPlan, type StoredPlan } from './read-plan.ts';
import type { PlanEntity, PlanRow, PlanStore } from './plan.store.ts';
import type { SwitchFacts, SwitchLookup } from './switch-lookup.ts';

export interface Caller {
  readonly tenant: string;
  readonly requestId: string;
  readonly actor: string;
}

/** What the slice's writes have in common. */
export interface Write {
  readonly switchId: string;
  readonly expectedTag: string;
  /** '' = none */
  readonly idempotencyKey: string;
}

export interface PlanParts {
  readonly store: PlanStore;
  readonly check: PlanCheck;
  readonly switches: SwitchLookup;
}

export interface Written<T> {
  readonly value: T;
  /** warnings of the whole plan after the change */
  readonly issues: readonly PlanIssue[];
}

const WORDS = { area: 'plan', subject: 'It' };

/**
 * Writes of a plan. Each is checked against the whole plan as it is stored now; two that are fine alone and break the plan together meet
 * again in the projection, which keeps the plan that is live and shows the fault.
 */
export class PlanService {
  private readonly parts: PlanParts;

  constructor(parts: PlanParts) {
    this.parts = parts;
  }

  async get(tenant: string, switchId: string): Promise<{ plan: StoredPlan; issues: readonly PlanIssue[] }> {
    const at = await this.parts.switches.get(tenant, switchId);
    const plan = await readPlan(this.parts.store, tenant, switchId);
    return { plan, issues: await this.parts.check.issues(at, plan) };
  }

  async putPartition(caller: Caller, write: Write, wish: Partition | undefined): Promise<Written<Partition>> {
    const partition = checkPartition(wish);
    const { state, issues } = await this.put(caller, write, { kind: 'partition', id: `${write.switchId}/${partition.id}`, body: partitionBody(partition) });
    return { value: toPartition(state), issues };
  }

  async putCallingProfile(caller: Caller, write: Write, wish: CallingProfile | undefined): Promise<Written<CallingProfile>> {
    const profile = checkCallingProfile(wish);
    const { state, issues } = await this.put(caller, write, { kind: 'calling-profile', id: `${write.switchId}/${profile.id}`, body: profileBody(profile) });
    return { value: toProfile(state), issues };
  }

  async putSettings(caller: Caller, write: Write, wish: SwitchSettings | undefined): Promise<Written<SwitchSettings>> {
    const settings = checkSettings(wish);
    const { state, issues } = await this.put(caller, write, { kind: 'switch-settings', id: write.switchId, body: settingsBody(settings) });
    return { value: toSettings(state), issues };
  }

  async deletePartition(caller: Caller, write: Write, id: string): Promise<void> {
    const at = await this.parts.switches.get(caller.tenant, write.switchId);
    const plan = await readPlan(this.parts.store, caller.tenant, write.switchId);
    const users = plan.profiles.map(toProfile).filter((profile) => profile.partitionIds.includes(id));
    if (users.length > 0) throw inUse(`Partition ${id}`, users.map((profile) => `calling profile ${profile.id}`), 'Take it out of these profiles first.');
    await this.remove(caller, write, { at, plan, state: plan.partitions.find((one) => one.id === `${write.switchId}/${id}`), what: `partition ${id}` });
  }

  async deleteCallingProfile(caller: Caller, write: Write, id: string): Promise<void> {
    const at = await this.parts.switches.get(caller.tenant, write.switchId);
    const plan = await readPlan(this.parts.store, caller.tenant, write.switchId);
    const users = [...settingsThatUse(plan, id), ...this.parts.switches.usersOfProfile(at, id)];
    if (users.length > 0) throw inUse(`Calling profile ${id}`, users, 'Give them another profile first.');
    await this.remove(caller, write, { at, plan, state: plan.profiles.find((one) => one.id === `${write.switchId}/${id}`), what: `calling profile ${id}` });
  }

  private async put(caller: Caller, write: Write, wish: { kind: string; id: string; body: PlanBody }): Promise<{ state: PlanEntity; issues: readonly PlanIssue[] }> {
    const at = await this.parts.switches.get(caller.tenant, write.switchId);
    const plan = await readPlan(this.parts.store, caller.tenant, write.switchId);
    const issues = await this.parts.check.require(at, { before: plan, change: { ...wish, deleted: false } });
    const state = await this.commit(caller, write, { ...wish, expect: write.expectedTag === '' ? 'absent' : { tag: write.expectedTag } });
    return { state, issues };
  }

  private async remove(caller: Caller, write: Write, what: { at: SwitchFacts; plan: StoredPlan; state: PlanEntity | undefined; what: string }): Promise<void> {
    const { at, plan, state } = what;
    if (!state) throw new DomainError('not-found', 'plan/unknown', `There is no ${what.what} on switch ${write.switchId}`, { field: 'id', remedy: 'It may have been deleted already.' });
    await this.parts.check.require(at, { before: plan, change: { kind: state.kind, id: state.id, body: state.body, deleted: true } });
    await this.commit(caller, write, { kind: state.kind, id: state.id, body: state.body, deleted: true, expect: { tag: write.expectedTag } });
  }

  private async commit(caller: Caller, { idempotencyKey }: Write, row: PlanRow): Promise<PlanEntity> {
    try {
      const [state] = await this.parts.store.commit({ ...caller, rows: [row], ...(idempotencyKey === '' ? {} : { idempotencyKey }) });
      if (!state) throw new Error('a commit answered no state');
      return state;
    } catch (error) {
      throw inWords(error, WORDS);
    }
  }
}

function settingsThatUse({ settings }: StoredPlan, id: string): string[] {
  if (!settings) return [];
  const { defaultProfileId, inboundProfileId } = toSettings(settings);
  return [...(defaultProfileId === id ? ['the default of the switch'] : []), ...(inboundProfileId === id ? ['inbound calls of the switch'] : [])];
}

function inUse(what: string, users: readonly string[], remedy: string): DomainError {
  const named = users.slice(0, 5).join(', ');
  const more = users.length > 5 ? ` and ${users.length - 5} more` : '';
  return new DomainError('conflict', 'plan/in-use', `${what} is used by ${named}${more}`, { remedy, users: users.length });
}
