import type { CallingProfile as ProfileMessage, Partition as PartitionMessage, PlanIssue as IssueMessage, SwitchSettings as SettingsMessage } from '@sfs/contracts';
import type { CallingProfile, Partition, PlanIssue, SwitchSettings, WritePartition, WriteSwitchSettings } from '@sfs/rest-contract';
import { metaOf } from '../clients/meta.mapper.ts';

export function partitionOf(message: PartitionMessage): Partition {
  const { meta, id, name, active, patterns } = message;
  return { meta: metaOf(meta), id, name, active, patterns: [...patterns], action: actionOf(message) };
}

function actionOf({ action, trunks, stripDigits, prefix, blockCode, blockReason }: PartitionMessage): Partition['action'] {
  switch (action) {
    case 'trunk':
      return { kind: 'trunk', trunks: [...trunks], stripDigits, prefix };
    case 'block':
      return { kind: 'block', code: blockCode, reason: blockReason };
    default:
      return { kind: 'extension' };
  }
}

export function partitionMessage(id: string, { name, active, patterns, action }: WritePartition): PartitionMessage {
  const trunk = action.kind === 'trunk' ? action : undefined;
  const block = action.kind === 'block' ? action : undefined;
  return {
    meta: undefined,
    id,
    name,
    active,
    patterns,
    action: action.kind,
    trunks: trunk?.trunks ?? [],
    stripDigits: trunk?.stripDigits ?? 0,
    prefix: trunk?.prefix ?? '',
    blockCode: block?.code ?? 0,
    blockReason: block?.reason ?? '',
  };
}

export function profileOf({ meta, id, name, partitionIds }: ProfileMessage): CallingProfile {
  return { meta: metaOf(meta), id, name, partitionIds: [...partitionIds] };
}

/** The contract's own default; proto3 knows only 0 for "not set". */
const MAX_FORWARDS = 5;

/** Nothing was ever set: off, so that the SIP server's own rules decide. */
export function switchSettingsOf(message: SettingsMessage | undefined): SwitchSettings {
  const { meta, active = false, defaultProfileId = '', inboundProfileId = '', emergencyNumbers = [], emergencyTrunk = '', trunks = [], maxForwards = 0, voicemailTargets = [], voicemailAccessNumber = '' } = message ?? {};
  return {
    meta: metaOf(meta),
    active,
    defaultProfileId,
    inboundProfileId,
    emergency: { numbers: [...emergencyNumbers], trunk: emergencyTrunk },
    trunks: trunks.map(({ name, uri }) => ({ name, uri })),
    maxForwards: maxForwards === 0 ? MAX_FORWARDS : maxForwards,
    voicemail: { targets: [...voicemailTargets], accessNumber: voicemailAccessNumber },
  };
}

export function switchSettingsMessage(settings: WriteSwitchSettings): SettingsMessage {
  const { active, defaultProfileId, inboundProfileId, emergency, trunks, maxForwards, voicemail } = settings;
  return {
    meta: undefined,
    active,
    defaultProfileId,
    inboundProfileId,
    emergencyNumbers: emergency.numbers,
    emergencyTrunk: emergency.trunk,
    trunks,
    maxForwards,
    voicemailTargets: voicemail.targets,
    voicemailAccessNumber: voicemail.accessNumber,
  };
}

export function issueOf({ severity, code, partitionId, pattern, position, message }: IssueMessage): PlanIssue {
  return { severity: severity === 'error' ? 'error' : 'warning', code, partitionId, pattern, position, message };
}
