import type { DeviceEvent, DeviceView as ViewMessage, Pack as PackMessage, Sweep } from '@sfs/contracts';
import type { Pack } from '@sfs/phone-config';
import { toMeta } from '../entities/meta.mapper.ts';
import { toEffective, toSettings } from '../entities/settings.mapper.ts';
import { timeOfId } from '../facts/event-id.ts';
import type { SweepSeen } from '../facts/facts.port.ts';
import type { StoredEvent } from '../facts/facts.store.ts';
import type { DeviceView } from './device-view.ts';

export function toView({ entity, body, state, userId, userName, status, window, rotating, effective }: DeviceView): ViewMessage {
  return {
    device: { ...body, meta: entity && toMeta(entity), settings: toSettings(body.settings) },
    state,
    userId,
    userName,
    firstSeenAt: isoOf(status.firstSeenAt),
    lastSeenAt: isoOf(status.lastSeenAt),
    lastAddress: status.lastAddress,
    userAgent: status.userAgent,
    firmware: status.firmware,
    declaredRevision: status.declaredRevision,
    declaredAt: isoOf(status.declaredAt),
    runningRevision: status.runningRevision,
    fetchedAt: isoOf(status.fetchedAt),
    notifiedAt: isoOf(status.notifiedAt),
    notifyStatus: status.notifyStatus,
    windowOpenUntil: window?.openUntil ?? '',
    windowAddress: window?.address ?? '',
    rotating,
    effective: toEffective(effective),
  };
}

export function toEvent({ id, kind, subject = '', status = 0, outcome, address = '', userAgent = '', sizeBytes = 0, revision = 0, actor = '', hint = '' }: StoredEvent): DeviceEvent {
  return { id, at: isoOf(timeOfId(id)), kind, subject, status, outcome: outcome ?? '', address, userAgent, sizeBytes, revision, actor, hint };
}

export function toSweep({ address, beganAt, lastAt, macs, refused }: SweepSeen): Sweep {
  return { address, beganAt: isoOf(beganAt), lastAt: isoOf(lastAt), macs, refused };
}

export function toPack({ id, name, models }: Pack): PackMessage {
  return { id, name, models: models.map((model) => model.name) };
}

/** 0 = never */
function isoOf(epochMs: number): string {
  return epochMs === 0 ? '' : new Date(epochMs).toISOString();
}
