import type { DeviceFile as FileMessage, DeviceView } from '@sfs/contracts';
import { type Device, type DeviceFile, deviceFile, deviceState } from '@sfs/rest-contract';
import { metaOf, present } from '../clients/meta.mapper.ts';
import { effectiveOf, settingsOf } from './device-settings.mapper.ts';

export function deviceOf(view: DeviceView | undefined): Device {
  const { device, effective, state, userId, userName, firmware, userAgent, lastAddress, rotating, ...facts } = present(view);
  const { meta, mac, vendor, model, label, switchId, number, profileId, settings } = present(device);
  return {
    meta: meta ? metaOf(meta) : null,
    mac,
    vendor,
    model,
    label,
    switchId,
    number,
    userId,
    userName,
    profileId,
    settings: settingsOf(settings),
    effective: effective.map(effectiveOf),
    state: deviceState.parse(state),
    firmware,
    userAgent,
    firstSeenAt: timeOf(facts.firstSeenAt),
    lastSeenAt: timeOf(facts.lastSeenAt),
    lastAddress,
    declared: { revision: facts.declaredRevision, at: timeOf(facts.declaredAt) },
    running: { revision: facts.runningRevision, at: timeOf(facts.fetchedAt) },
    notified: { at: timeOf(facts.notifiedAt), status: facts.notifyStatus },
    window: facts.windowOpenUntil === '' ? null : { openUntil: facts.windowOpenUntil, address: facts.windowAddress },
    rotating,
  };
}

/** Every state has a number, also one that no device is in. */
export function countsOf(counts: Readonly<Record<string, number>>): Record<Device['state'], number> {
  const { waiting = 0, assigned = 0, 'in-step': inStep = 0, drift = 0, 'not-seen': notSeen = 0 } = counts;
  return { waiting, assigned, 'in-step': inStep, drift, 'not-seen': notSeen };
}

export function fileOf({ name, kind, contentType, sizeBytes, revision, lines }: FileMessage): DeviceFile {
  return { name, kind: deviceFile.shape.kind.parse(kind), contentType, sizeBytes, revision, lines: lines.map(({ text, origin }) => ({ text, origin })) };
}

function timeOf(iso: string): string | null {
  return iso === '' ? null : iso;
}
