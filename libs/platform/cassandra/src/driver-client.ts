import { auth, Client, policies, types } from 'cassandra-driver';
import type { CassandraOptions } from './cassandra-config.ts';
import type { Consistency } from './session.ts';

const CONSISTENCY: Record<Consistency, types.consistencies> = {
  localOne: types.consistencies.localOne,
  localQuorum: types.consistencies.localQuorum,
  eachQuorum: types.consistencies.eachQuorum,
  localSerial: types.consistencies.localSerial,
};

export const driverConsistency = (consistency: Consistency): types.consistencies => CONSISTENCY[consistency];

/** A client gone silent is noticed within this time; the server itself gives up a write after 2 s. */
const READ_TIMEOUT_MS = 4_000;
const RECONNECT_MS = 500;

/**
 * Consistency and serial consistency are set explicitly: the driver's defaults (LOCAL_ONE, global SERIAL) lose guarantees and fail when the line between sites is cut.
 */
export function createDriverClient(options: CassandraOptions): Client {
  return new Client({
    contactPoints: [...options.contactPoints],
    localDataCenter: options.localDataCenter,
    ...(options.keyspace === undefined ? {} : { keyspace: options.keyspace }),
    ...(options.username === undefined ? {} : { authProvider: new auth.PlainTextAuthProvider(options.username, options.password?.reveal() ?? '') }),
    queryOptions: { consistency: types.consistencies.localQuorum, serialConsistency: types.consistencies.localSerial, prepare: true, isIdempotent: false },
    policies: { reconnection: new policies.reconnection.ConstantReconnectionPolicy(RECONNECT_MS) },
    pooling: { warmup: true, heartBeatInterval: 2_000 },
    socketOptions: { connectTimeout: 2_000, readTimeout: READ_TIMEOUT_MS },
    encoding: { useBigIntAsLong: true },
    monitorReporting: { enabled: false },
  });
}
