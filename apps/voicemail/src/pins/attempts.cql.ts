import type { Statement } from '@sfs/cassandra';

/** 30 days: numbers that nobody has must not fill the table for ever. */
const TTL = 2_592_000;

/** Finishes what is under way at this site, so that the version is the one the next condition is held against. */
export const readAttempts: Statement = {
  cql: 'SELECT attempt_id, version, kind, result FROM pin_attempt WHERE tenant = ? AND mailbox = ? LIMIT 64',
  consistency: 'localSerial',
  idempotent: true,
};

/** These two are one conditional batch. */
export const advanceAttempts: Statement = {
  cql: `UPDATE pin_attempt USING TTL ${TTL} SET version = ? WHERE tenant = ? AND mailbox = ? IF version = ?`,
  consistency: 'localQuorum',
  idempotent: false,
};
export const noteAttempt: Statement = {
  cql: `INSERT INTO pin_attempt (tenant, mailbox, attempt_id, kind, origin) VALUES (?, ?, ?, 'attempt', ?) USING TTL ${TTL}`,
  consistency: 'localQuorum',
  idempotent: false,
};

export const noteResult: Statement = {
  cql: `UPDATE pin_attempt USING TTL ${TTL} SET result = ? WHERE tenant = ? AND mailbox = ? AND attempt_id = ?`,
  consistency: 'localQuorum',
  idempotent: true,
};

export const noteOpened: Statement = {
  cql: `INSERT INTO pin_attempt (tenant, mailbox, attempt_id, kind, origin) VALUES (?, ?, ?, ?, ?) USING TTL ${TTL}`,
  consistency: 'localQuorum',
  idempotent: true,
};
