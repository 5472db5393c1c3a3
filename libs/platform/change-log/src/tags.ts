import { createHash } from 'node:crypto';
import type { RowChange } from './types.ts';

/** A UUID that the same parts always give (name-based like version 5, over SHA-256: RFC 9562 version 8). */
function derivedUuid(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The same request finds its own tag again; of two rows of one request each has its own. */
export function tagFor(tenant: string, key: string, row: { readonly kind: string; readonly id: string }): string {
  return derivedUuid('tag', tenant, key, row.kind, row.id);
}

/** For services that choose ids themselves: a retry under the same key must name the same entity, else it creates a second one. */
export function idFromKey(tenant: string, kind: string, idempotencyKey: string): string {
  return derivedUuid('id', tenant, kind, idempotencyKey);
}

/** The tag of the write that resolves a conflict: every relay that tries derives the same. */
export function resolvingTag(winner: string, loser: string): string {
  return derivedUuid('resolve', winner, loser);
}

/** Id of an event: differs when the same intent publishes another state, so a consumer that drops known ids never drops news. */
export function eventId(intentId: string, kind: string, id: string, tag: string): string {
  return derivedUuid('event', intentId, kind, id, tag);
}

export function fingerprintOf(rows: readonly RowChange[]): string {
  const parts = rows.map(({ kind, id, expect, body, deleted }) => [kind, id, expect, sorted(body), deleted === true]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** Key order must not make two equal requests differ. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}
