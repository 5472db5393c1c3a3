import { DomainError } from '@sfs/kernel';
import { errors } from 'cassandra-driver';

/** Error codes of the native protocol (v4 specification, section 9). */
const OVERLOADED = 0x1001;
const BOOTSTRAPPING = 0x1002;
const SYNTAX = 0x2000;
const UNAUTHORIZED = 0x2100;
const INVALID = 0x2200;
const CONFIG = 0x2300;

export interface FailedCall {
  /** what the caller declared; a conditional statement says false */
  readonly idempotent: boolean;
}

/**
 * One place where driver errors become failure kinds. A refused statement is a bug and stays an Error.
 * Of a conditional statement everything that is not known to have been refused is an unknown outcome: under contention Cassandra answers
 * 0x1100 with writeType CAS within milliseconds, and part of those were in truth applied.
 */
export function mapCassandraError(error: unknown, call: FailedCall): Error {
  if (error instanceof DomainError) return error;
  const inner = innermost(error);
  if (inner instanceof errors.ResponseError && isRefusal(inner.code)) return refusal(inner);
  if (call.idempotent || neverSent(error, inner)) return unavailable(inner);
  return new DomainError('unavailable', 'store/outcome-unknown', 'The store did not say whether the write was applied.', {
    outcomeUnknown: true,
    remedy: 'Repeat the request with the same Idempotency-Key.',
    cause: describe(inner),
  });
}

export function storeAway(cause: string): DomainError {
  return new DomainError('unavailable', 'store/away', 'The store cannot be reached.', { remedy: 'Try again in a moment.', cause });
}

/** With one error per host tried, the last one tells why the call failed. */
function innermost(error: unknown): unknown {
  if (!(error instanceof errors.NoHostAvailableError)) return error;
  const perHost: unknown[] = Object.values(error.innerErrors ?? {});
  return perHost.at(-1) ?? error;
}

function isRefusal(code: number): boolean {
  return code === SYNTAX || code === UNAUTHORIZED || code === INVALID || code === CONFIG;
}

function refusal(error: errors.ResponseError): Error {
  if (error.code === INVALID && /unconfigured table|does not exist|Undefined column name/i.test(error.message)) {
    return new DomainError('unavailable', 'store/schema-missing', `The schema is not there yet: ${error.message}`, { remedy: 'Apply the schema of this service.' });
  }
  return new Error(`Cassandra refused the statement: ${error.message}`, { cause: error });
}

function neverSent(error: unknown, inner: unknown): boolean {
  if (inner instanceof errors.ResponseError) return inner.code === OVERLOADED || inner.code === BOOTSTRAPPING;
  if (inner instanceof errors.BusyConnectionError) return true;
  return error instanceof errors.NoHostAvailableError && inner === error;
}

function unavailable(inner: unknown): DomainError {
  if (inner instanceof errors.ResponseError) {
    return new DomainError('unavailable', 'store/unavailable', 'The store could not answer in time or lacks replicas.', { remedy: 'Try again in a moment.', cause: describe(inner) });
  }
  if (inner instanceof errors.OperationTimedOutError) {
    return new DomainError('unavailable', 'store/timeout', 'The store did not answer in time.', { remedy: 'Try again in a moment.', cause: describe(inner) });
  }
  return storeAway(describe(inner));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
