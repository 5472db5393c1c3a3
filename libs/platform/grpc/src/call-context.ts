import { randomUUID } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { DomainError, parseName } from '@sfs/kernel';

/** For whom, by whom and in which request something is done. */
export interface CallContext {
  readonly tenant: string;
  readonly requestId: string;
  readonly actor: string;
}

export const METADATA_KEYS = { tenant: 'sfs-tenant', requestId: 'sfs-request-id', actor: 'sfs-actor', token: 'authorization', doorToken: 'sfs-door-token' } as const;

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;
const LONGEST_ACTOR = 200;

/** Server side. Throws `invalid` without a well-formed tenant; a missing request id is made up here. */
export function contextOf(metadata: Metadata): CallContext {
  const tenant = parseName(firstOf(metadata, METADATA_KEYS.tenant));
  if (!tenant.ok) {
    throw new DomainError('invalid', 'request/tenant', `The request names no tenant: ${tenant.error}`, { field: METADATA_KEYS.tenant, remedy: `Send the metadata key ${METADATA_KEYS.tenant}.` });
  }
  return { tenant: tenant.value, ...callerOf(metadata) };
}

/** As `contextOf`, for the few calls that concern no tenant (LoadState). */
export function callerOf(metadata: Metadata): { requestId: string; actor: string } {
  const requestId = firstOf(metadata, METADATA_KEYS.requestId);
  const actor = decoded(firstOf(metadata, METADATA_KEYS.actor)).slice(0, LONGEST_ACTOR);
  return { requestId: REQUEST_ID.test(requestId) ? requestId : randomUUID(), actor: actor === '' ? 'unknown' : actor };
}

/** Client side. The actor is percent-encoded: metadata carries ASCII only. */
export function metadataOf(context: CallContext, token?: string, doorToken?: string): Metadata {
  const metadata = new Metadata();
  metadata.set(METADATA_KEYS.tenant, context.tenant);
  metadata.set(METADATA_KEYS.requestId, context.requestId);
  metadata.set(METADATA_KEYS.actor, encodeURIComponent(Buffer.from(context.actor).toString()));
  if (token) metadata.set(METADATA_KEYS.token, `Bearer ${token}`);
  if (doorToken) metadata.set(METADATA_KEYS.doorToken, `Bearer ${doorToken}`);
  return metadata;
}

export function firstOf(metadata: Metadata, key: string): string {
  const value = metadata.get(key)[0];
  return typeof value === 'string' ? value : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
