import { types } from 'cassandra-driver';

/** A time-ordered id (version 1 UUID), unique per call. */
export function newTimeUuid(): string {
  return types.TimeUuid.now().toString();
}
