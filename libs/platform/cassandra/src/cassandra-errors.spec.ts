import { DomainError } from '@sfs/kernel';
import { errors } from 'cassandra-driver';
import { describe, expect, test } from 'vitest';
import { mapCassandraError } from './cassandra-errors.ts';

const read = { idempotent: true };
const conditional = { idempotent: false };

function response(code: number, message = 'from the server', more: object = {}): Error {
  return Object.assign(new errors.ResponseError(code, message), more);
}
function allHosts(inner: Record<string, Error>): Error {
  return Object.assign(new errors.NoHostAvailableError({}, 'all hosts tried'), { innerErrors: inner });
}
const socketClosed = Object.assign(Object.create(errors.DriverError.prototype) as Error, { message: 'Socket was closed' });

describe('of a conditional write', () => {
  test.each([
    ['contention (write timeout of type CAS)', response(0x1100, 'timed out', { writeType: 'CAS' })],
    ['a write timeout in the commit phase', response(0x1100, 'timed out', { writeType: 'SIMPLE' })],
    ['a read timeout while preparing', response(0x1200)],
    ['a write failure', response(0x1500)],
    ['replicas found missing, perhaps at the commit', response(0x1000)],
    ['a silent node', new errors.OperationTimedOutError('no answer')],
    ['a node that died', socketClosed],
    ['the last host timing out', allHosts({ one: new errors.OperationTimedOutError('no answer') })],
  ])('%s is an unknown outcome', (_, error) => {
    expect(mapCassandraError(error, conditional)).toMatchObject({ kind: 'unavailable', code: 'store/outcome-unknown', details: { outcomeUnknown: true } });
  });

  test.each([
    ['no host to ask', allHosts({})],
    ['all connections busy', allHosts({ one: new errors.BusyConnectionError('127.0.0.1', 1, 1) })],
    ['an overloaded node', response(0x1001)],
    ['a node still starting', response(0x1002)],
  ])('%s is known not to be written', (_, error) => {
    const mapped = mapCassandraError(error, conditional);
    expect(mapped).toMatchObject({ kind: 'unavailable' });
    expect((mapped as DomainError).details['outcomeUnknown']).toBeUndefined();
  });
});

describe('of a read or a fixed-key write', () => {
  test.each([
    ['a serial read under contention', response(0x1100, 'timed out', { writeType: 'CAS' }), 'store/unavailable'],
    ['missing replicas', response(0x1000), 'store/unavailable'],
    ['a silent node', new errors.OperationTimedOutError('no answer'), 'store/timeout'],
    ['no host to ask', allHosts({}), 'store/away'],
    ['a node that died', socketClosed, 'store/away'],
  ])('%s is simply unavailable', (_, error, code) => {
    const mapped = mapCassandraError(error, read);
    expect(mapped).toMatchObject({ kind: 'unavailable', code });
    expect((mapped as DomainError).details['outcomeUnknown']).toBeUndefined();
  });
});

test('a missing table is unavailable, with what to do', () => {
  expect(mapCassandraError(response(0x2200, 'unconfigured table entity'), read)).toMatchObject({ code: 'store/schema-missing' });
});

test('a refused statement is a bug, not a failure of the store, and carries no driver type', () => {
  const mapped = mapCassandraError(response(0x2000, 'line 1: no viable alternative'), conditional);
  expect(mapped).not.toBeInstanceOf(DomainError);
  expect(mapped.message).toContain('no viable alternative');
});

test('what is mapped already stays', () => {
  const mapped = new DomainError('unavailable', 'store/away', 'away');
  expect(mapCassandraError(mapped, conditional)).toBe(mapped);
});
