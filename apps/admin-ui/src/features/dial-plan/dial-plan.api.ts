import type { CallingProfile, DialPlan, Partition, SwitchSettings, WritePartition, WriteSwitchSettings } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { newKey, request } from '../../api/request.ts';
import type { Saved } from '../../edit/use-draft.ts';

export const dialPlanQuery = (switchId: string) =>
  queryOptions({ queryKey: ['dial-plan', switchId], queryFn: ({ signal }) => request('getDialPlan', { path: { switchId }, signal }), enabled: switchId !== '', staleTime: 10_000, placeholderData: keepPreviousData });

export const readPlan = (switchId: string): Promise<DialPlan> => request('getDialPlan', { path: { switchId } });
export const putPartition = (switchId: string, id: string, body: WritePartition, tag: string, key = newKey()) => request('putPartition', { path: { switchId, id }, body, tag, key });
export const deletePartition = (switchId: string, { id, meta }: Partition) => request('deletePartition', { path: { switchId, id }, tag: meta.tag, key: newKey() });
export const putProfile = (switchId: string, id: string, body: WriteProfile, tag: string, key = newKey()) => request('putCallingProfile', { path: { switchId, id }, body, tag, key });
export const deleteProfile = (switchId: string, { id, meta }: CallingProfile) => request('deleteCallingProfile', { path: { switchId, id }, tag: meta.tag, key: newKey() });
export const putSettings = (switchId: string, body: WriteSwitchSettings, tag: string, key: string) => request('putSwitchSettings', { path: { switchId }, body, tag, key });

export interface WriteProfile {
  readonly name: string;
  readonly partitionIds: string[];
}

export function savedPartition({ meta, name, active, patterns, action }: Partition): Saved<WritePartition> {
  return { value: { name, active, patterns, action }, ...stamp(meta) };
}

export function savedProfile({ meta, name, partitionIds }: CallingProfile): Saved<WriteProfile> {
  return { value: { name, partitionIds }, ...stamp(meta) };
}

export function savedSettings({ meta, active, defaultProfileId, inboundProfileId, emergency, trunks, maxForwards, voicemail }: SwitchSettings): Saved<WriteSwitchSettings> {
  return { value: { active, defaultProfileId, inboundProfileId, emergency, trunks, maxForwards, voicemail }, ...stamp(meta) };
}

function stamp({ tag, version, changedAt, actor }: Partition['meta']) {
  return { tag, version, changedAt, actor };
}

/** "National and mobile" -> national-and-mobile */
export function proposeId(name: string): string {
  const id = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
  return id.slice(0, 63);
}
