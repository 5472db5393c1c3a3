import { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import type { PlanEntity } from './plan.store.ts';

export type PlanBody = Readonly<Record<string, unknown>>;

/** As stored and published: proto JSON without the meta, which is the state's own. */
export const partitionBody = (partition: Partition): PlanBody => Partition.toJSON({ ...partition, meta: undefined }) as PlanBody;
export const profileBody = (profile: CallingProfile): PlanBody => CallingProfile.toJSON({ ...profile, meta: undefined }) as PlanBody;
export const settingsBody = (settings: SwitchSettings): PlanBody => SwitchSettings.toJSON({ ...settings, meta: undefined }) as PlanBody;

export const toPartition = (state: PlanEntity): Partition => ({ ...Partition.fromJSON(state.body), meta: metaOf(state) });
export const toProfile = (state: PlanEntity): CallingProfile => ({ ...CallingProfile.fromJSON(state.body), meta: metaOf(state) });
export const toSettings = (state: PlanEntity): SwitchSettings => ({ ...SwitchSettings.fromJSON(state.body), meta: metaOf(state) });

/** What stands in for settings that were never set. */
export function unsetSettings(): SwitchSettings {
  return { ...SwitchSettings.fromJSON({ active: true, maxForwards: 5 }), meta: { version: 0, tag: '', changedAt: '', actor: '' } };
}

export function metaOf({ version, tag, changedAt, actor }: PlanEntity): { version: number; tag: string; changedAt: string; actor: string } {
  return { version, tag, changedAt, actor };
}
