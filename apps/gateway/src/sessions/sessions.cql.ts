import type { Statement } from '@sfs/cassandra';

export const insertSession: Statement = {
  cql: 'INSERT INTO sessions (tenant, id_hash, login, credential, created_at, last_seen) VALUES (?, ?, ?, ?, ?, ?) USING TTL ?',
  consistency: 'localQuorum',
  idempotent: true,
};
export const findSession: Statement = {
  cql: 'SELECT login, credential, created_at, last_seen FROM sessions WHERE tenant = ? AND id_hash = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
/** Writes only the one cell: on a session that was deleted meanwhile it leaves a row without a login, which is no session. */
export const touchSession: Statement = {
  cql: 'UPDATE sessions USING TTL ? SET last_seen = ? WHERE tenant = ? AND id_hash = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
export const deleteSession: Statement = { cql: 'DELETE FROM sessions WHERE tenant = ? AND id_hash = ?', consistency: 'localQuorum', idempotent: true };

export const insertToken: Statement = {
  cql: 'INSERT INTO tokens (tenant, id, secret_hash, name, role, user_id, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?',
  consistency: 'localQuorum',
  idempotent: true,
};
export const findToken: Statement = {
  cql: 'SELECT id, secret_hash, name, role, user_id, created_by, created_at, expires_at FROM tokens WHERE tenant = ? AND id = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
export const listTokens: Statement = {
  cql: 'SELECT id, secret_hash, name, role, user_id, created_by, created_at, expires_at FROM tokens WHERE tenant = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
export const deleteToken: Statement = { cql: 'DELETE FROM tokens WHERE tenant = ? AND id = ?', consistency: 'localQuorum', idempotent: true };
