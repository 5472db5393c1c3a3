import { z } from 'zod';
import { cassandraConfig, keyspace } from '@sfs/cassandra';
import { flag, list, mapping, port, secret } from '@sfs/config';
import { kafkaConfig } from '@sfs/kafka';
import { grpcDoorConfig, hostConfig, refuseOpenDoors } from '@sfs/service-host';

const ADDRESS = /^[^:\s]+:\d{1,5}$/;
const NAME = /^[a-z][a-z0-9-]{0,62}$/;

const shape = z.object({
  ...hostConfig.shape,
  ...grpcDoorConfig.shape,
  ...cassandraConfig.shape,
  ...kafkaConfig.shape,
  SFS_CASSANDRA_KEYSPACE: keyspace('sfs_dialplan').describe('keyspace of this service'),
  SFS_DIALPLAN_HTTP_PORT: port(8800).describe('the door for SIP servers'),
  SFS_DIALPLAN_GRPC_PORT: port(50052).describe('the door for the gateway'),
  SFS_DIALPLAN_SWITCHES: list
    .refine((names) => names.length > 0 && names.every((name) => NAME.test(name)), 'must be names of switches, separated by commas')
    .describe('switches that this instance decides for'),
  SFS_DIALPLAN_SNAPSHOT_DIR: z.string().optional().describe('folder of the last good state; without it a restart needs the stores'),
  SFS_DIALPLAN_SNAPSHOT_KEY: secret.optional().describe('seals the snapshot; required with the folder'),
  SFS_DIALPLAN_PROVISIONING: z.string().regex(ADDRESS, 'must be HOST:PORT').default('127.0.0.1:50051').describe('gRPC door of provisioning'),
  SFS_DIALPLAN_ADAPTERS: mapping
    .refine((pairs) => [...pairs.values()].every((address) => ADDRESS.test(address)), 'must be SWITCH=HOST:PORT, separated by commas')
    .describe('proxies to dial out to: SWITCH=HOST:PORT of the evapi port'),
  SFS_DIALPLAN_ADAPTER_TOKEN: secret.optional().describe('greets the proxies; required with adapters'),
  SFS_DIALPLAN_RECORD: flag(true).describe('keep a record of each decision'),
});

export type DialPlanVariables = z.infer<typeof shape>;

/** The only place that knows the names of the variables. */
export const dialPlanConfig = shape.superRefine((config, context) => {
  refuseOpenDoors(config, context);
  const need = (name: keyof DialPlanVariables, because: string): void => context.addIssue({ code: 'custom', path: [name], message: `is required because ${because}` });
  if (config.SFS_DIALPLAN_SNAPSHOT_DIR !== undefined && !config.SFS_DIALPLAN_SNAPSHOT_KEY) need('SFS_DIALPLAN_SNAPSHOT_KEY', 'SFS_DIALPLAN_SNAPSHOT_DIR is set');
  if (config.SFS_DIALPLAN_ADAPTERS.size > 0 && !config.SFS_DIALPLAN_ADAPTER_TOKEN) need('SFS_DIALPLAN_ADAPTER_TOKEN', 'SFS_DIALPLAN_ADAPTERS is set');
  for (const name of config.SFS_DIALPLAN_ADAPTERS.keys()) {
    if (!config.SFS_DIALPLAN_SWITCHES.includes(name)) context.addIssue({ code: 'custom', path: ['SFS_DIALPLAN_ADAPTERS'], message: `${name} is not in SFS_DIALPLAN_SWITCHES` });
  }
});
