import { z } from 'zod';
import { cassandraConfig, keyspace } from '@sfs/cassandra';
import { list, port, secret, secretKey } from '@sfs/config';
import { kafkaConfig } from '@sfs/kafka';
import { grpcDoorConfig, hostConfig, loadConfig, refuseOpenDoors } from '@sfs/service-host';

const ADDRESS = z.string().regex(/^[^:\s]+:\d{1,5}$/, 'must be HOST:PORT');
const TRUSTED = /^([0-9.]+|\[[0-9a-fA-F:]+\])(\/\d{1,3})?(:\d{1,5})?$/;
const PUBLIC_URL = /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~-]+)*$/;

const count = (standard: number, most: number) =>
  z.coerce.number<string>(`must be 1 to ${most}`).int(`must be 1 to ${most}`).min(1, `must be 1 to ${most}`).max(most, `must be 1 to ${most}`).default(standard);

export const fields = z.object({
  ...hostConfig.shape,
  ...grpcDoorConfig.shape,
  ...cassandraConfig.shape,
  ...kafkaConfig.shape,
  SFS_MANAGEMENT_PORT: port(9097).describe('health and metrics'),
  SFS_CASSANDRA_KEYSPACE: keyspace('sfs_devices').describe('keyspace of this service'),
  SFS_DEVICES_GRPC_PORT: port(50054).describe('gRPC door'),
  SFS_DEVICES_HTTP_HOST: z.string().optional().describe('address of the door for phones; without it SFS_HOST'),
  SFS_DEVICES_HTTP_PORT: port(8803).describe('door for phones'),
  SFS_DEVICES_PUBLIC_URL: z
    .string()
    .regex(PUBLIC_URL, 'must be http(s)://HOST[:PORT]/PATH without a slash at its end')
    .default('http://127.0.0.1:8803/fs/dm/prov')
    .describe('where phones reach that door, as it stands in their configurations'),
  SFS_DEVICES_MAX_REQUESTS: count(500, 10_000).describe('requests of phones in progress at once; more are answered 503 at once'),
  SFS_DEVICES_SWEEP_LIMIT: count(300, 100_000).describe('different MACs without their credential from one address in 10 minutes; more are answered 429'),
  SFS_DEVICES_PROXIES: z.coerce.number<string>('must be 0 to 8').int('must be 0 to 8').min(0, 'must be 0 to 8').max(8, 'must be 0 to 8').default(0).describe('own HTTP proxies in front of the door for phones: so many addresses of X-Forwarded-For are believed'),
  SFS_DEVICES_SIP_PORT: port(5071).describe('SIP over UDP and TCP: sends NOTIFY, takes registrations'),
  SFS_DEVICES_SIP_TRUSTED: list
    .refine((peers) => peers.every((peer) => TRUSTED.test(peer)), 'must be ADDRESS[/PREFIX][:PORT], separated by commas')
    .describe('SIP servers that may send requests, `ADDRESS[/PREFIX][:PORT],...`; everybody else gets no answer'),
  SFS_DEVICES_SIP_PROXY: ADDRESS.default('127.0.0.1:5060').describe('where our own SIP requests go'),
  SFS_DEVICES_PACKS_DIR: z.string().default('libs/core/phone-config/packs').describe("vendors' packs, a folder each"),
  SFS_DEVICES_CREDENTIAL_KEY: secretKey(32).describe("phones' passwords are derived from it: base64 of 32 bytes; with another one every phone has to be enrolled again"),
  SFS_DEVICES_PROVISIONING: ADDRESS.default('127.0.0.1:50051').describe('gRPC door of provisioning'),
  SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN: secret.optional().describe("second token for SIP passwords at provisioning's door; without it no configuration can be rendered"),
});

export type Config = z.infer<typeof fields>;

export const configSchema = fields.superRefine(refuseOpenDoors);

export function readEnvironment(): Config {
  return loadConfig('device-management', configSchema, process.env);
}
