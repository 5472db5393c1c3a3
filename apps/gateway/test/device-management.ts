import { randomBytes, randomUUID } from 'node:crypto';
import { build } from 'vite';
import { inject } from 'vitest';
import { ensureTopics } from '@sfs/kafka';
import { eventually, freePorts, startProcess } from '@sfs/testing';
import { createTestKeyspace } from '../../../tools/stack/test-keyspace.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
/** Its own copy: others may be running dist/apps meanwhile. */
const BUILT = `${ROOT}dist/test/gateway/device-management`;
const TOPICS = [
  ...['tenant', 'site', 'switch', 'user', 'dn', 'tick'].map((kind) => `sfs.provisioning.${kind}.v1`),
  ...['device', 'device-profile', 'device-layer', 'enrolment', 'tick'].map((kind) => `sfs.devices.${kind}.v1`),
];

export interface DeviceManagement {
  /** where phones ask for their files */
  readonly phoneFiles: string;
  output(): string;
  end(): Promise<void>;
}

/** The real service as it is shipped, on a keyspace and topics of its own; its SIP server is away. */
export async function startDeviceManagement({ grpcPort, provisioning }: { grpcPort: number; provisioning: string }): Promise<DeviceManagement> {
  await build({ configFile: `${ROOT}apps/device-management/vite.config.ts`, logLevel: 'warn', build: { outDir: BUILT } });
  const { contactPoint, dc } = inject('cassandra');
  const { brokers } = inject('kafka');
  const keyspace = await createTestKeyspace('device-management', { contactPoint, dc });
  const prefix = `t${randomUUID().slice(0, 8)}.`;
  await eventually('the topics', () => ensureTopics({ brokers: [brokers], prefix, topics: TOPICS }).then(() => true), 60_000);
  const [httpPort = 0, sipPort = 0, managementPort = 0, nobody = 0] = await freePorts(4);
  const phoneFiles = `http://127.0.0.1:${httpPort}/fs/dm/prov`;
  const started = startProcess(process.execPath, [`${BUILT}/main.js`], {
    env: {
      PATH: process.env['PATH'],
      SFS_MANAGEMENT_PORT: String(managementPort),
      SFS_CASSANDRA_CONTACT_POINTS: contactPoint,
      SFS_CASSANDRA_LOCAL_DC: dc,
      SFS_CASSANDRA_KEYSPACE: keyspace.keyspace,
      SFS_KAFKA_BROKERS: brokers,
      SFS_KAFKA_TOPIC_PREFIX: prefix,
      SFS_DEVICES_GRPC_PORT: String(grpcPort),
      SFS_DEVICES_HTTP_PORT: String(httpPort),
      SFS_DEVICES_PUBLIC_URL: phoneFiles,
      SFS_DEVICES_SIP_PORT: String(sipPort),
      SFS_DEVICES_SIP_PROXY: `127.0.0.1:${nobody}`,
      SFS_DEVICES_PACKS_DIR: `${ROOT}libs/core/phone-config/packs`,
      SFS_DEVICES_CREDENTIAL_KEY: randomBytes(32).toString('base64'),
      SFS_DEVICES_PROVISIONING: provisioning,
      SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN: 'second-token-of-a-test',
    },
  });
  return {
    phoneFiles,
    output: () => started.output(),
    end: async () => {
      await started.end();
      await keyspace.drop();
    },
  };
}
