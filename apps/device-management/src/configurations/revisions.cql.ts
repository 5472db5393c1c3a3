import type { Statement } from '@sfs/cassandra';

export const readNewest: Statement = {
  cql: 'SELECT revision, hash, at FROM config_revision WHERE tenant = ? AND mac = ? LIMIT 1',
  consistency: 'localQuorum',
  idempotent: true,
};
export const addRevision: Statement = {
  cql: 'INSERT INTO config_revision (tenant, mac, revision, hash, cause, at) VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS',
  consistency: 'localQuorum',
  idempotent: false,
};
