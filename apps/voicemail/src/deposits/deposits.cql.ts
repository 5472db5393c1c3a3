import type { Statement } from '@sfs/cassandra';

const write = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });
const read = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });

export const putOpenDeposit = write('INSERT INTO open_deposit (site, hour, deposit_id, instance, meta) VALUES (?, ?, ?, ?, ?)');
export const dropOpenDeposit = write('DELETE FROM open_deposit WHERE site = ? AND hour = ? AND deposit_id = ?');
export const readOpenDeposits = read('SELECT deposit_id, instance, meta FROM open_deposit WHERE site = ? AND hour = ?');

export const putDeposited = write(`INSERT INTO message_fact (tenant, mailbox, message_id, fact_id, step, actor, body) VALUES (?, ?, ?, ?, 'deposited', ?, ?)`);
/** With the time of the message's start: whatever stored it whole, before or after, is newer. */
export const putGuessed = write(`INSERT INTO message_fact (tenant, mailbox, message_id, fact_id, step, actor, body) VALUES (?, ?, ?, ?, 'deposited', ?, ?) USING TIMESTAMP ?`);
export const findDeposited = read('SELECT step FROM message_fact WHERE tenant = ? AND mailbox = ? AND message_id = ? AND fact_id = ?');
