import { cassandraConfig, keyspace } from '@sfs/cassandra';
import { list, mapping, port, secret } from '@sfs/config';
import { hostConfig } from '@sfs/service-host';
import { z } from 'zod';

const ADDRESS = /^[^:\s]+:\d{1,5}$/;
const URL_START = /^https?:\/\/[^/\s]+$/;

/** The only reader of the environment is main.ts, by this schema. */
export const gatewayConfig = z.object({
  ...hostConfig.shape,
  ...cassandraConfig.shape,
  SFS_CASSANDRA_KEYSPACE: keyspace('sfs_gateway').describe('accounts, sessions, tokens, audit'),
  SFS_GATEWAY_HTTP_PORT: port(8080).describe('REST and UI'),
  SFS_GATEWAY_PROVISIONING: z.string().regex(ADDRESS, 'must be HOST:PORT').default('127.0.0.1:50051').describe('gRPC of provisioning'),
  SFS_GATEWAY_DIALPLAN: list.refine((all) => all.every((part) => ADDRESS.test(part)), 'must be HOST:PORT, separated by commas').describe('gRPC of all dial-plan replicas, HOST:PORT separated by commas'),
  SFS_GATEWAY_VOICEMAIL: list.refine((all) => all.every((part) => ADDRESS.test(part)), 'must be HOST:PORT, separated by commas').describe('gRPC of all voicemail replicas, HOST:PORT separated by commas'),
  SFS_GATEWAY_DEVICES: list.refine((all) => all.every((part) => ADDRESS.test(part)), 'must be HOST:PORT, separated by commas').describe('gRPC of all device-management replicas, HOST:PORT separated by commas'),
  SFS_GATEWAY_SERVICES: mapping.refine((all) => [...all.values()].every((url) => URL_START.test(url)), 'must be NAME=http://HOST:PORT').describe('management URLs for the overview, NAME=URL separated by commas'),
  SFS_GATEWAY_PEPPER: secret.refine((value) => value.reveal().length >= 16, 'must have at least 16 characters').describe('mixed into every password hash; losing it locks everybody out'),
  SFS_GATEWAY_BOOTSTRAP_PASSWORD: secret.refine((value) => value.reveal().length >= 12, 'must have at least 12 characters').optional().describe('password of the first administrator `admin`; used only while there is no such account'),
  SFS_GATEWAY_UI_DIR: z.string().default('dist/apps/admin-ui').describe('built admin UI'),
  SFS_GATEWAY_ORIGINS: list
    .refine((all) => all.every((origin) => URL_START.test(origin)), 'must be http(s)://HOST[:PORT], separated by commas')
    .describe('origins of our own pages; empty = http://localhost:PORT and http://127.0.0.1:PORT; all https = cookies are Secure'),
  SFS_GATEWAY_TRUSTED_PROXIES: list.describe('addresses whose X-Forwarded-For is believed'),
  SFS_GATEWAY_REQUEST_TIMEOUT_MS: z.coerce.number<string>().int().min(500).max(120_000).default(15_000).describe('within which a request must have arrived'),
});

export type GatewayConfig = z.infer<typeof gatewayConfig>;

export function originsOf(config: Pick<GatewayConfig, 'SFS_GATEWAY_ORIGINS' | 'SFS_GATEWAY_HTTP_PORT'>): readonly string[] {
  const { SFS_GATEWAY_ORIGINS: given, SFS_GATEWAY_HTTP_PORT: own } = config;
  return given.length > 0 ? given : [`http://localhost:${own}`, `http://127.0.0.1:${own}`];
}
