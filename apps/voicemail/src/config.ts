import { z } from 'zod';
import { cassandraConfig, keyspace } from '@sfs/cassandra';
import { list, port, secretKey } from '@sfs/config';
import { kafkaConfig } from '@sfs/kafka';
import { grpcDoorConfig, hostConfig, loadConfig, refuseOpenDoors } from '@sfs/service-host';

const ADDRESS = z.string().regex(/^[^:\s]+:\d{1,5}$/, 'must be HOST:PORT');
const TRUSTED = /^([0-9.]+|\[[0-9a-fA-F:]+\])(\/\d{1,3})?(:\d{1,5})?$/;

const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'must be FROM-TO')
  .default('20000-20999')
  .transform((text) => {
    const [from = 0, to = 0] = text.split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from >= 1024 && to <= 65_535 && to - from >= 1, 'must lie within 1024 and 65535 and have room for a pair');

const count = (standard: number, most: number) =>
  z.coerce.number<string>(`must be 1 to ${most}`).int(`must be 1 to ${most}`).min(1, `must be 1 to ${most}`).max(most, `must be 1 to ${most}`).default(standard);

export const fields = z.object({
  ...hostConfig.shape,
  ...grpcDoorConfig.shape,
  ...cassandraConfig.shape,
  ...kafkaConfig.shape,
  SFS_MANAGEMENT_PORT: port(9096).describe('health and metrics'),
  SFS_CASSANDRA_KEYSPACE: keyspace('sfs_voicemail').describe('keyspace of this service'),
  SFS_VOICEMAIL_GRPC_PORT: port(50053).describe('gRPC door'),
  SFS_VOICEMAIL_SIP_PORT: port(5070).describe('SIP over UDP and TCP'),
  SFS_VOICEMAIL_SIP_TRUSTED: list
    .refine((peers) => peers.every((peer) => TRUSTED.test(peer)), 'must be ADDRESS[/PREFIX][:PORT], separated by commas')
    .describe('SIP servers that may send requests, `ADDRESS[/PREFIX][:PORT],...`; everybody else gets no answer'),
  SFS_VOICEMAIL_SIP_PROXY: ADDRESS.default('127.0.0.1:5060').describe('where our own SIP requests go'),
  SFS_VOICEMAIL_RTP_PORTS: portRange.describe('UDP ports for audio, FROM-TO'),
  SFS_VOICEMAIL_MEDIA_WORKERS: count(1, 64).describe('threads for audio'),
  SFS_VOICEMAIL_MAX_CALLS: count(300, 10_000).describe('calls at once; more are answered 503'),
  SFS_VOICEMAIL_PROMPTS_DIR: z.string().default('apps/voicemail/prompts/en').describe('what is said, NAME.ulaw each'),
  SFS_VOICEMAIL_SPOOL_DIR: z.string().optional().describe("folder of this process's own for messages that Cassandra has not taken yet; without it a call is refused while Cassandra is away"),
  SFS_VOICEMAIL_PEPPER: secretKey(32).describe('seasons PIN hashes: base64 of 32 bytes; keep it, without it no PIN is right'),
  SFS_VOICEMAIL_PROVISIONING: ADDRESS.default('127.0.0.1:50051').describe('gRPC door of provisioning'),
});

export type Config = z.infer<typeof fields>;

export const configSchema = fields.superRefine(refuseOpenDoors);

export function readEnvironment(): Config {
  return loadConfig('voicemail', configSchema, process.env);
}
