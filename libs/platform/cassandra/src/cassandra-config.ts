import { z } from 'zod';
import { secret, type Secret } from '@sfs/config';

const ADDRESS = /^[^:\s]+:\d{1,5}$/;

/** Variables of a service that has a keyspace. Compose: `z.object({ ...cassandraConfig.shape, SFS_CASSANDRA_KEYSPACE: keyspace('sfs_x') })`. */
export const cassandraConfig = z.object({
  SFS_CASSANDRA_CONTACT_POINTS: z
    .string()
    .default('127.0.0.1:9042')
    .transform((value) => value.split(',').map((point) => point.trim()))
    .refine((points) => points.every((point) => ADDRESS.test(point)), 'must be HOST:PORT, separated by commas')
    .describe('nodes of this site, HOST:PORT separated by commas'),
  SFS_CASSANDRA_LOCAL_DC: z.string().min(1).default('site-a').describe("the site's data centre in Cassandra"),
  SFS_CASSANDRA_USERNAME: z.string().optional().describe('only with authentication'),
  SFS_CASSANDRA_PASSWORD: secret.optional().describe('only with authentication'),
});

export type CassandraVariables = z.infer<typeof cassandraConfig>;

/** The keyspace variable with the service's default. */
export function keyspace(standard: string): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, 'must be 1 to 48 of a-z, 0-9 and _, beginning with a letter')
    .default(standard);
}

export interface CassandraOptions {
  readonly contactPoints: readonly string[];
  readonly localDataCenter: string;
  readonly keyspace?: string;
  readonly username?: string;
  readonly password?: Secret;
}

export function cassandraOptions(config: CassandraVariables & { readonly SFS_CASSANDRA_KEYSPACE?: string }): CassandraOptions {
  return {
    contactPoints: config.SFS_CASSANDRA_CONTACT_POINTS,
    localDataCenter: config.SFS_CASSANDRA_LOCAL_DC,
    ...(config.SFS_CASSANDRA_KEYSPACE === undefined ? {} : { keyspace: config.SFS_CASSANDRA_KEYSPACE }),
    ...(config.SFS_CASSANDRA_USERNAME === undefined ? {} : { username: config.SFS_CASSANDRA_USERNAME }),
    ...(config.SFS_CASSANDRA_PASSWORD === undefined ? {} : { password: config.SFS_CASSANDRA_PASSWORD }),
  };
}
