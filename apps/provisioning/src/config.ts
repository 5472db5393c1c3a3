import { z } from 'zod';
import { cassandraConfig, keyspace } from '@sfs/cassandra';
import { mapping, port, secret, secretKey } from '@sfs/config';
import { kafkaConfig } from '@sfs/kafka';
import { grpcDoorConfig, hostConfig, loadConfig, refuseOpenDoors } from '@sfs/service-host';

const fields = z.object({
  ...hostConfig.shape,
  ...grpcDoorConfig.shape,
  ...cassandraConfig.shape,
  ...kafkaConfig.shape,
  SFS_MANAGEMENT_PORT: port(9091).describe('health and metrics'),
  SFS_CASSANDRA_KEYSPACE: keyspace('sfs_provisioning').describe('keyspace of this service'),
  SFS_PROVISIONING_GRPC_PORT: port(50051).describe('gRPC door'),
  SFS_PROVISIONING_ENVELOPE_KEY: secretKey(32).describe('encrypts SIP passwords at rest: base64 of 32 bytes; keep it, without it they are lost'),
  SFS_PROVISIONING_REGISTRARS: mapping.describe("credential doors of the SIP servers' registrars, `site-a=http://127.0.0.1:8090,...` by switch; empty = none"),
  SFS_PROVISIONING_REGISTRAR_TOKEN: secret.optional().describe('bearer token of the credential doors'),
  SFS_PROVISIONING_CREDENTIAL_TOKEN: secret.optional().describe('who shows it beside the service token may read SIP passwords (device-management); absent = nobody'),
  SFS_ALLOW_FAILPOINTS: z.enum(['true', 'false'], 'must be true or false').default('false').describe('tests only'),
  SFS_FAILPOINT: z.string().optional().describe('tests only: the step of a commit at which the process kills itself'),
});

export const configSchema = fields.superRefine((config, context) => {
  refuseOpenDoors(config, context);
  if (config.SFS_FAILPOINT !== undefined && config.SFS_ALLOW_FAILPOINTS !== 'true') {
    context.addIssue({ code: 'custom', path: ['SFS_FAILPOINT'], message: 'kills the process on purpose: it needs SFS_ALLOW_FAILPOINTS=true' });
  }
  for (const [switchId, url] of config.SFS_PROVISIONING_REGISTRARS) {
    if (!URL.canParse(url)) context.addIssue({ code: 'custom', path: ['SFS_PROVISIONING_REGISTRARS'], message: `the door of ${switchId} is no URL` });
  }
});

export type Config = z.infer<typeof configSchema>;

export function readEnvironment(): Config {
  return loadConfig('provisioning', configSchema, process.env);
}
