import type { Statement } from '@sfs/cassandra';

const read = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });
const write = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });

export const readLamp = read('SELECT told_at, new_messages, old_messages, phones FROM lamp WHERE tenant = ? AND mailbox = ?');
export const writeLamp = write('INSERT INTO lamp (tenant, mailbox, told_at, new_messages, old_messages, phones) VALUES (?, ?, ?, ?, ?, ?)');

export const putSubscription = write('INSERT INTO lamp_subscription (tenant, mailbox, subscription_id, dialog, expires_at) VALUES (?, ?, ?, ?, ?) USING TTL ?');
export const dropSubscription = write('DELETE FROM lamp_subscription WHERE tenant = ? AND mailbox = ? AND subscription_id = ?');
export const readSubscriptions = read('SELECT subscription_id, dialog, expires_at FROM lamp_subscription WHERE tenant = ? AND mailbox = ?');
export const readAllSubscriptions = read('SELECT tenant, mailbox, subscription_id, dialog, expires_at FROM lamp_subscription');
