import { type CallSettings, effectiveCallSettings } from '@sfs/call-settings';
import type { Call } from './call.ts';
import { compilePlan } from './compile-plan.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import type { Directory, DirectoryEntry } from './directory.ts';
import type { Partition, PartitionAction, PlanSource, SwitchSettings } from './plan-source.ts';

export const EXTENSION: PartitionAction = { kind: 'extension' };
export const BLOCK: PartitionAction = { kind: 'block', code: 403, reason: 'Not Allowed' };
export const PSTN: PartitionAction = { kind: 'trunk', trunks: ['pstn'], stripDigits: 1, prefix: '' };

export const aPartition = (id: string, patterns: readonly string[], action: PartitionAction = EXTENSION, active = true): Partition => ({ id, name: id, active, patterns, action });

export const someSettings = (overrides: Partial<SwitchSettings> = {}): SwitchSettings => ({
  active: true,
  defaultProfileId: 'staff',
  inboundProfileId: 'inbound',
  emergency: { numbers: ['112', '110'], trunk: 'sos' },
  trunks: [
    { name: 'pstn', uri: 'sip:192.0.2.1:5060' },
    { name: 'backup', uri: 'sip:192.0.2.2;transport=tcp' },
    { name: 'sos', uri: 'sip:192.0.2.112' },
  ],
  maxForwards: 5,
  voicemail: { targets: [], accessNumber: '' },
  ...overrides,
});

export type PlanOverrides = Partial<Omit<PlanSource, 'settings'>> & { readonly settings?: Partial<SwitchSettings> };

/** One site: extensions 1XXX, out by 0, premium blocked; trunk calls reach extensions only. */
export function aPlanSource(overrides: PlanOverrides = {}): PlanSource {
  return {
    tenant: 'default',
    switchId: 'site-a',
    sipDomain: 'site-a',
    partitions: [aPartition('internal', ['1XXX']), aPartition('outside', ['0.'], PSTN), aPartition('premium', ['0900.'], BLOCK)],
    callingProfiles: [
      { id: 'staff', name: 'Staff', partitionIds: ['internal', 'outside', 'premium'] },
      { id: 'inbound', name: 'Inbound', partitionIds: ['internal'] },
      { id: 'lobby', name: 'Lobby', partitionIds: ['internal'] },
    ],
    ...overrides,
    settings: someSettings(overrides.settings),
  };
}

export function aCompiledPlan(source: PlanSource = aPlanSource()): CompiledPlan {
  const compiled = compilePlan(source);
  if (!compiled.ok) throw new Error(compiled.error.map((issue) => issue.message).join('\n'));
  return compiled.value;
}

/** A plan of nothing but these partitions, all in the profile of everybody. */
export const aPlanOf = (...partitions: readonly Partition[]): PlanSource =>
  aPlanSource({ partitions, callingProfiles: [{ id: 'staff', name: 'Staff', partitionIds: partitions.map(({ id }) => id) }], settings: { inboundProfileId: '' } });

export interface UserOverrides {
  readonly callingProfileId?: string;
  readonly mailbox?: string;
  readonly user?: CallSettings;
  readonly site?: CallSettings;
  readonly tenant?: CallSettings;
}

export const aUser = (number: string, { callingProfileId = '', mailbox = '', ...layers }: UserOverrides = {}): DirectoryEntry => ({
  number,
  userId: `user-${number}`,
  displayName: `User ${number}`,
  callingProfileId,
  mailbox,
  settings: effectiveCallSettings(layers),
});

export function aDirectory(users: readonly DirectoryEntry[]): Directory {
  const byNumber = new Map(users.map((user) => [user.number, user]));
  return { find: (number) => byNumber.get(number) };
}

export const aCall = (to: string, overrides: Partial<Call> = {}): Call => ({ callId: 'call-1', from: '1001', to, origin: 'internal', diversions: [], ...overrides });

export const toNumber = (number: string): { readonly kind: 'number'; readonly number: string } => ({ kind: 'number', number });
