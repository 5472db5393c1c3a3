import { CallingProfile as WireProfile, Partition as WirePartition, SwitchSettings as WireSettings } from '@sfs/contracts';
import type { CallingProfile, Partition, PartitionAction, PlanSource, SwitchSettings } from '@sfs/dial-plan';

/** What a switch runs with until an administrator sets something: nobody may dial, nothing is an emergency. */
export const UNSET_SETTINGS: SwitchSettings = {
  active: true,
  defaultProfileId: '',
  inboundProfileId: '',
  emergency: { numbers: [], trunk: '' },
  trunks: [],
  maxForwards: 5,
  voicemail: { targets: [], accessNumber: '' },
};

export interface PlanBodies {
  readonly partitions: readonly WirePartition[];
  readonly callingProfiles: readonly WireProfile[];
  /** undefined: never set */
  readonly settings: WireSettings | undefined;
}

export function planSourceOf(at: { tenant: string; switchId: string; sipDomain: string }, bodies: PlanBodies): PlanSource {
  return {
    tenant: at.tenant,
    switchId: at.switchId,
    sipDomain: at.sipDomain,
    partitions: bodies.partitions.map(partitionOf),
    callingProfiles: bodies.callingProfiles.map(profileOf),
    settings: bodies.settings ? settingsOf(bodies.settings) : UNSET_SETTINGS,
  };
}

function partitionOf(wire: WirePartition): Partition {
  return { id: wire.id, name: wire.name, active: wire.active, patterns: wire.patterns, action: actionOf(wire) };
}

/** An unknown action blocks: it must not let a call out. Writes refuse it by name. */
function actionOf(wire: WirePartition): PartitionAction {
  if (wire.action === 'extension') return { kind: 'extension' };
  if (wire.action === 'trunk') return { kind: 'trunk', trunks: wire.trunks, stripDigits: wire.stripDigits, prefix: wire.prefix };
  return { kind: 'block', code: wire.blockCode || 403, reason: wire.blockReason || 'Forbidden' };
}

function profileOf(wire: WireProfile): CallingProfile {
  return { id: wire.id, name: wire.name, partitionIds: wire.partitionIds };
}

function settingsOf(wire: WireSettings): SwitchSettings {
  return {
    active: wire.active,
    defaultProfileId: wire.defaultProfileId,
    inboundProfileId: wire.inboundProfileId,
    emergency: { numbers: wire.emergencyNumbers, trunk: wire.emergencyTrunk },
    trunks: wire.trunks.map(({ name, uri }) => ({ name, uri })),
    maxForwards: wire.maxForwards,
    voicemail: { targets: wire.voicemailTargets, accessNumber: wire.voicemailAccessNumber },
  };
}
