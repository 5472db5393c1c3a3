import { DomainError } from '@sfs/kernel';
import { numberOf } from './rows.ts';
import type { CqlSession, Statement } from './session.ts';

/** One row per applied version, in every keyspace; written by the schema tool only. */
export const SCHEMA_VERSION_TABLE = `CREATE TABLE IF NOT EXISTS schema_version (
  part text,
  version int,
  minimum_compatible int,
  description text,
  applied_at timestamp,
  PRIMARY KEY (part, version)
) WITH CLUSTERING ORDER BY (version DESC)`;

const newest: Statement = {
  cql: `SELECT version, minimum_compatible FROM schema_version WHERE part = 'keyspace' LIMIT 1`,
  consistency: 'localQuorum',
  idempotent: true,
};

/**
 * Resolves when the session's keyspace has at least `minimum` and still serves a program of that version; DomainError `store/schema-missing` otherwise.
 * `keyspace` is only named in the message.
 */
export async function requireSchema(session: CqlSession, keyspace: string, minimum: number): Promise<void> {
  const { rows } = await session.execute(newest, []);
  const row = rows[0];
  const version = row === undefined ? 0 : (numberOf(row, 'version') ?? 0);
  const compatibleFrom = row === undefined ? 0 : (numberOf(row, 'minimum_compatible') ?? 0);
  if (version >= minimum && compatibleFrom <= minimum) return;
  throw new DomainError('unavailable', 'store/schema-missing', `Keyspace ${keyspace} is at version ${version} (serves programs from ${compatibleFrom}), this program needs ${minimum}.`, {
    remedy: version < minimum ? 'Apply the schema of this service.' : 'Run a newer version of this service.',
  });
}
