import type { Statement } from '@sfs/cassandra';

const read = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });
const write = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });

export const addEvent = write(
  'INSERT INTO device_event (tenant, mac, id, kind, subject, status, outcome, address, user_agent, size_bytes, revision, actor, hint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
);
const EVENT = 'SELECT id, kind, subject, status, outcome, address, user_agent, size_bytes, revision, actor, hint FROM device_event WHERE tenant = ? AND mac = ?';
export const readEvents = read(`${EVENT} LIMIT ?`);
export const readEventsBefore = read(`${EVENT} AND id < ? LIMIT ?`);

/** Each with the time of what it tells (microseconds) as its timestamp; a generation only rises, whoever knows a higher one writes it again. */
export const writeSeen = write('INSERT INTO device_status (tenant, mac, first_seen_at, last_seen_at, last_address, user_agent, firmware) VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?');
export const writeFetched = write('INSERT INTO device_status (tenant, mac, running_revision, fetched_at) VALUES (?, ?, ?, ?) USING TIMESTAMP ?');
export const writeUsed = write('INSERT INTO device_status (tenant, mac, used_generation) VALUES (?, ?, ?)');
export const writeDeclared = write('INSERT INTO device_status (tenant, mac, declared_revision, declared_at) VALUES (?, ?, ?, ?) USING TIMESTAMP ?');
export const writeNotified = write('INSERT INTO device_status (tenant, mac, notified_at, notify_status) VALUES (?, ?, ?, ?) USING TIMESTAMP ?');
const STATUS = 'first_seen_at, last_seen_at, last_address, user_agent, firmware, declared_revision, declared_at, running_revision, fetched_at, used_generation, notified_at, notify_status';
export const readStatus = read(`SELECT ${STATUS} FROM device_status WHERE tenant = ? AND mac = ?`);
export const readStatuses = read(`SELECT tenant, mac, ${STATUS} FROM device_status`);
export const dropStatus = write('DELETE FROM device_status WHERE tenant = ? AND mac = ?');

export const putWaiting = write('INSERT INTO waiting_device (tenant, mac, vendor, model, firmware, address, user_agent, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
export const dropWaiting = write('DELETE FROM waiting_device WHERE tenant = ? AND mac = ?');
const WAITING = 'SELECT tenant, mac, vendor, model, firmware, address, user_agent, first_seen_at, last_seen_at FROM waiting_device';
export const readWaiting = read(WAITING);
export const readWaitingPhone = read(`${WAITING} WHERE tenant = ? AND mac = ?`);

export const putSweep = write('INSERT INTO sweep (day, began_at, address, last_at, macs, refused) VALUES (?, ?, ?, ?, ?, ?)');
export const readSweeps = read('SELECT began_at, address, last_at, macs, refused FROM sweep WHERE day = ? LIMIT ?');
