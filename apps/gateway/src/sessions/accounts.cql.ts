import type { Statement } from '@sfs/cassandra';

export const findLogin: Statement = { cql: 'SELECT tenant, user_id FROM logins WHERE login = ?', consistency: 'localQuorum', idempotent: true };
export const claimLogin: Statement = { cql: 'INSERT INTO logins (login, tenant, user_id) VALUES (?, ?, ?) IF NOT EXISTS', consistency: 'localQuorum', idempotent: false };
export const releaseLogin: Statement = { cql: 'DELETE FROM logins WHERE login = ? IF tenant = ? AND user_id = ?', consistency: 'localQuorum', idempotent: false };

export const findUserLogin: Statement = { cql: 'SELECT login FROM accounts_by_user WHERE tenant = ? AND user_id = ?', consistency: 'localQuorum', idempotent: true };
export const claimUser: Statement = { cql: 'INSERT INTO accounts_by_user (tenant, user_id, login) VALUES (?, ?, ?) IF NOT EXISTS', consistency: 'localQuorum', idempotent: false };
export const releaseUser: Statement = { cql: 'DELETE FROM accounts_by_user WHERE tenant = ? AND user_id = ? IF login = ?', consistency: 'localQuorum', idempotent: false };

export const findAccount: Statement = {
  cql: 'SELECT tenant, login, user_id, role, password, credential, must_change, password_until FROM accounts WHERE tenant = ? AND login = ?',
  consistency: 'localQuorum',
  idempotent: true,
};
export const insertAccount: Statement = {
  cql: 'INSERT INTO accounts (tenant, login, user_id, role, password, credential, must_change, password_until, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS',
  consistency: 'localQuorum',
  idempotent: false,
};
export const replaceAccount: Statement = {
  cql: 'UPDATE accounts SET role = ?, password = ?, credential = ?, must_change = ?, password_until = ? WHERE tenant = ? AND login = ? IF credential = ?',
  consistency: 'localQuorum',
  idempotent: false,
};
export const deleteAccount: Statement = { cql: 'DELETE FROM accounts WHERE tenant = ? AND login = ? IF EXISTS', consistency: 'localQuorum', idempotent: false };
