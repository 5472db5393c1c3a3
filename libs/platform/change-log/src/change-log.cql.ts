import type { Statement } from '@sfs/cassandra';

const KEY = 'tenant = ? AND kind = ? AND id = ?';
const HEAD = 'SELECT body, version, WRITETIME(body) AS written, h_version FROM entity';
const HISTORY = 'SELECT body, version, WRITETIME(body) AS written, h_version, h_tag, h_body, WRITETIME(h_body) AS h_written FROM entity';

const read = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });
const serialRead = (cql: string): Statement => ({ cql, consistency: 'localSerial', idempotent: true });
const everywhereRead = (cql: string): Statement => ({ cql, consistency: 'eachQuorum', idempotent: true });
/** fixed key and bytes: written twice is written once */
const write = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: true });
const conditional = (cql: string): Statement => ({ cql, consistency: 'localQuorum', idempotent: false });

export const readHead = read(`${HEAD} WHERE ${KEY} LIMIT 1`);
export const readHistory = read(`${HISTORY} WHERE ${KEY} LIMIT ?`);
export const readHistorySerial = serialRead(`${HISTORY} WHERE ${KEY} LIMIT ?`);
export const readHistoryEverywhere = everywhereRead(`${HISTORY} WHERE ${KEY} LIMIT ?`);
export const readHistoryPage = read(`SELECT h_version, h_site, h_tag, h_body FROM entity WHERE ${KEY} AND h_version <= ? LIMIT ?`);
export const readAll = read('SELECT DISTINCT tenant, kind, id, body FROM entity');
export const readAllEverywhere = everywhereRead('SELECT DISTINCT tenant, kind, id, body FROM entity');

/** These two are one conditional batch. */
export const writeCurrent = conditional(`UPDATE entity SET body = ?, version = ? WHERE ${KEY} IF version = ?`);
export const writeHistory = conditional('INSERT INTO entity (tenant, kind, id, h_version, h_site, h_tag, h_body) VALUES (?, ?, ?, ?, ?, ?, ?)');

export const claimName = conditional('INSERT INTO claimed_name (scope, name, tenant) VALUES (?, ?, ?) IF NOT EXISTS');
export const readName = read('SELECT tenant FROM claimed_name WHERE scope = ? AND name = ?');
export const readNameSerial = serialRead('SELECT tenant FROM claimed_name WHERE scope = ? AND name = ?');

export const putListing = write('INSERT INTO listing (tenant, list, sort_key, id, body) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?');
export const dropListing = write('DELETE FROM listing USING TIMESTAMP ? WHERE tenant = ? AND list = ? AND sort_key = ? AND id = ?');
export const readListing = read(
  'SELECT sort_key, id, body FROM listing WHERE tenant = ? AND list = ? AND (sort_key, id) > (?, ?) AND (sort_key) <= (?) LIMIT ?',
);

export const putChange = write('INSERT INTO change (tenant, day, changed_at, tag, kind, id, body, previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
export const readChanges = read(
  'SELECT changed_at, tag, id, body, previous FROM change WHERE tenant = ? AND day = ? AND changed_at <= ? LIMIT ?',
);
export const putChangeDay = write('INSERT INTO change_day (tenant, day) VALUES (?, ?)');
export const readChangeDays = read('SELECT day FROM change_day WHERE tenant = ? AND day <= ? LIMIT ?');

export const putIntent = write('INSERT INTO intent (origin, minute, shard, id, operation) VALUES (?, ?, ?, ?, ?)');
export const readIntents = read('SELECT minute, id, toTimestamp(id) AS at, operation FROM intent WHERE origin = ? AND minute IN ? AND shard IN (0, 1, 2, 3)');
export const readIntentsEverywhere = everywhereRead('SELECT minute, id, toTimestamp(id) AS at, operation FROM intent WHERE origin = ? AND minute IN ? AND shard IN (0, 1, 2, 3)');

export const readOrigins = read(`SELECT site, since, beat FROM origin WHERE part = 'all'`);
export const putOrigin = write(`UPDATE origin SET since = ? WHERE part = 'all' AND site = ?`);
export const putBeat = write(`UPDATE origin SET beat = ? WHERE part = 'all' AND site = ?`);

export const readWatermarks = read('SELECT origin, minute FROM watermark WHERE site = ?');
export const putWatermark = write('UPDATE watermark SET minute = ? WHERE site = ? AND origin = ?');

export const takeLease = conditional('INSERT INTO relay_lease (site, holder) VALUES (?, ?) IF NOT EXISTS USING TTL 5');
export const keepLease = conditional('UPDATE relay_lease USING TTL 5 SET holder = ? WHERE site = ? IF holder = ?');
export const dropLease = conditional('DELETE FROM relay_lease WHERE site = ? IF holder = ?');
