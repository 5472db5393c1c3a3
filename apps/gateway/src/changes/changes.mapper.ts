import type { Change as ChangeMessage, PlanChange } from '@sfs/contracts';
import type { Change } from '@sfs/rest-contract';
import type { RecordedEntry } from '../audit/audit.store.ts';
import { metaOf } from '../clients/meta.mapper.ts';

export function fromProvisioning({ changedAt, actor, kind, entityId, version, deleted, body, previousBody }: ChangeMessage): Change {
  return { time: changedAt, actor, owner: 'provisioning', kind, entityId, version, deleted, before: parsed(previousBody), after: deleted ? null : parsed(body) };
}

/** What is kept of a PIN is nobody's to read, hashed or not. */
export function fromVoicemail(message: ChangeMessage): Change {
  const change = { ...fromProvisioning(message), owner: 'voicemail' as const };
  return message.kind === 'mailbox-pin' ? { ...change, before: null, after: null } : change;
}

export function fromDevices(message: ChangeMessage): Change {
  return { ...fromProvisioning(message), owner: 'devices' };
}

export function fromPlan({ meta, kind, entityId, deleted, body, previousBody }: PlanChange): Change {
  const { changedAt, actor, version } = metaOf(meta);
  return { time: changedAt, actor, owner: 'dialplan', kind, entityId, version, deleted, before: parsed(previousBody), after: deleted ? null : parsed(body) };
}

/** Facts have no versions. */
export function fromAudit({ at, actor, kind, entityId, body }: RecordedEntry): Change {
  return { time: at, actor, owner: 'gateway', kind, entityId, version: 0, deleted: body.event === 'removed' || body.event === 'revoked', before: null, after: body };
}

function parsed(json: string): Record<string, unknown> | null {
  return json === '' ? null : (JSON.parse(json) as Record<string, unknown>);
}
