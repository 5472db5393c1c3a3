import type { Statement } from '@sfs/cassandra';

/** Plain, repeatable writes: a record written twice is the same record. */
export const insertByCall: Statement = {
  cql: `INSERT INTO decisions_by_call (tenant, call_id, question, time, switch_id, from_number, to_number, summary, outcome, revision, microseconds, replica, plan_json, trace_json)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  consistency: 'localQuorum',
  idempotent: true,
};

export const insertByTime: Statement = {
  cql: `INSERT INTO decisions_by_time (tenant, switch_id, hour, time, question, call_id, from_number, to_number, summary, outcome, revision, microseconds, replica)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  consistency: 'localQuorum',
  idempotent: true,
};

export const findByCall: Statement = {
  cql: `SELECT call_id, question, time, switch_id, from_number, to_number, summary, outcome, revision, microseconds, replica, plan_json, trace_json
    FROM decisions_by_call WHERE tenant = ? AND call_id = ? LIMIT 100`,
  consistency: 'localQuorum',
  idempotent: true,
};

export const listByTime: Statement = {
  cql: `SELECT call_id, question, time, from_number, to_number, summary, outcome, revision, microseconds, replica
    FROM decisions_by_time WHERE tenant = ? AND switch_id = ? AND hour = ? AND (time, question) < (?, ?) LIMIT ?`,
  consistency: 'localQuorum',
  idempotent: true,
};
