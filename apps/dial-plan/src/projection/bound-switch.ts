import { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import type { CompiledPlan, PlanIssue, PlanSource } from '@sfs/dial-plan';
import { SetHash } from './content-hash.ts';
import { switchOf } from './directory.mapper.ts';
import type { EntityTable } from './entity-table.ts';
import { PLAN_KINDS, type Entity } from './entity.ts';
import type { LiveDirectory } from './live-directory.ts';
import { planSourceOf } from './plan-source.mapper.ts';

/** What one plan is made of, taken from the table at one moment. */
export interface PlanDraft {
  readonly tenant: string;
  readonly source: PlanSource;
  /** live ones: kept in the snapshot while this plan is the live one */
  readonly entities: readonly Entity[];
  /** `kind\nid` -> version, deleted ones included */
  readonly versions: ReadonlyMap<string, number>;
  readonly hash: string;
}

export interface LivePlanState extends PlanDraft {
  readonly plan: CompiledPlan;
}

/** One bound switch and what is live of it. */
export interface BoundSwitch {
  readonly switchId: string;
  /** everything about its plan has been heard once, from the owner or from the snapshot */
  planHeard: boolean;
  live: LivePlanState | undefined;
  directory: LiveDirectory | undefined;
  /** why the newest plan is not the live one, or its warnings */
  issues: readonly PlanIssue[];
  /** the newest plan does not compile: the one before is kept */
  broken: boolean;
}

export const newBoundSwitch = (switchId: string): BoundSwitch =>
  ({ switchId, planHeard: false, live: undefined, directory: undefined, issues: [], broken: false });

export const versionKey = (kind: string, id: string): string => `${kind}\n${id}`;

/** undefined while the switch itself is unknown. */
export function draftPlan(table: EntityTable, switchId: string): PlanDraft | undefined {
  const switchEntity = findSwitch(table, switchId);
  if (!switchEntity) return undefined;
  const { tenant } = switchEntity;
  const partitions = ofSwitch(table, { kind: 'partition', tenant, switchId });
  const profiles = ofSwitch(table, { kind: 'calling-profile', tenant, switchId });
  const settings = table.find(tenant, 'switch-settings', switchId);
  const live = [...partitions, ...profiles, ...(settings ? [settings] : [])];
  return {
    tenant,
    source: planSourceOf(
      { tenant, switchId, sipDomain: switchOf(switchEntity).sipDomain },
      {
        partitions: partitions.map(({ body }) => Partition.fromJSON(body)),
        callingProfiles: profiles.map(({ body }) => CallingProfile.fromJSON(body)),
        settings: settings && SwitchSettings.fromJSON(settings.body),
      },
    ),
    entities: live,
    versions: versionsOf(table, tenant, switchId),
    hash: hashOf([switchEntity, ...live]),
  };
}

/** Switch ids are unique in the deployment; the tenant is told by the switch. */
export function findSwitch(table: EntityTable, switchId: string): Entity | undefined {
  for (const entity of table.live('switch')) if (entity.id === switchId) return entity;
  return undefined;
}

/** Which switch an entity of the plan belongs to: `SWITCH/ID` or `SWITCH`. */
export function switchIdOf({ id }: Pick<Entity, 'id'>): string {
  const slash = id.indexOf('/');
  return slash < 0 ? id : id.slice(0, slash);
}

function ofSwitch(table: EntityTable, wanted: { kind: string; tenant: string; switchId: string }): Entity[] {
  return [...table.live(wanted.kind)].filter((entity) => entity.tenant === wanted.tenant && switchIdOf(entity) === wanted.switchId).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function versionsOf(table: EntityTable, tenant: string, switchId: string): Map<string, number> {
  const versions = new Map<string, number>();
  for (const kind of [...PLAN_KINDS, 'switch']) {
    for (const entity of table.all(kind)) {
      if (entity.tenant === tenant && switchIdOf(entity) === switchId) versions.set(versionKey(kind, entity.id), entity.version);
    }
  }
  return versions;
}

function hashOf(entities: readonly Entity[]): string {
  const hash = new SetHash();
  for (const { kind, id, tag } of entities) hash.add(`${kind} ${id} ${tag}`);
  return hash.toString();
}
