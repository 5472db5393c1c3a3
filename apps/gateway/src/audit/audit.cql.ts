import type { Statement } from '@sfs/cassandra';

export const insertAudit: Statement = {
  cql: 'INSERT INTO audit (tenant, month, at, id, actor, kind, entity_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  consistency: 'localQuorum',
  idempotent: true,
};
export const listAudit: Statement = {
  cql: 'SELECT at, id, actor, kind, entity_id, body FROM audit WHERE tenant = ? AND month = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
