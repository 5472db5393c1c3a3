import type { Statement } from '@sfs/cassandra';

export const readFacts: Statement = {
  cql: 'SELECT message_id, fact_id, step, body FROM message_fact WHERE tenant = ? AND mailbox = ? AND message_id >= ?',
  consistency: 'localQuorum',
  idempotent: true,
};

export const readFactsOfMessage: Statement = {
  cql: 'SELECT message_id, fact_id, step, body FROM message_fact WHERE tenant = ? AND mailbox = ? AND message_id = ?',
  consistency: 'localQuorum',
  idempotent: true,
};

/** Fixed key and bytes: written twice is written once. */
export const appendFact: Statement = {
  cql: 'INSERT INTO message_fact (tenant, mailbox, message_id, fact_id, step, actor, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  consistency: 'localQuorum',
  idempotent: true,
};
