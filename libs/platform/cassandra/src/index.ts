export { cassandraConfig, cassandraOptions, keyspace, type CassandraOptions, type CassandraVariables } from './cassandra-config.ts';
export { mapCassandraError, storeAway } from './cassandra-errors.ts';
export { connectCassandra } from './connect.ts';
export { numberOf, textOf } from './rows.ts';
export { requireSchema, SCHEMA_VERSION_TABLE } from './schema-gate.ts';
export { type BatchEntry, type Consistency, type CqlResult, type CqlSession, type Page, type Row, type Statement } from './session.ts';
export { newTimeUuid } from './time-uuid.ts';
