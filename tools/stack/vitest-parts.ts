import type { TestProject } from 'vitest/node';
import { findFreePorts } from './free-ports.ts';
import { cassandraPart } from './parts/cassandra.ts';
import { kafkaPart } from './parts/kafka.ts';
import { Supervisor } from './supervisor.ts';
import { dropData, testFolder } from './test-folders.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cassandra: { contactPoint: string; dc: string };
    kafka: { brokers: string };
  }
}

/** One Cassandra and one Kafka for the whole run; each suite takes a keyspace and a topic prefix of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await testFolder('parts');
  const [port = 0, storagePort = 0, sslStoragePort = 0, kafkaPort = 0, controllerPort = 0] = await findFreePorts(5);
  const supervisor = new Supervisor({ owner: folder, logDir: `${folder}/logs`, onDeath: (_, message) => console.error(message) });
  const teardown = async (): Promise<void> => {
    await supervisor.stopAll();
    dropData(folder);
  };
  const cassandra = cassandraPart({ dataDir: `${folder}/cassandra`, port, storagePort, sslStoragePort, dc: 'site-a', commitLog: 'scratch' });
  const kafka = kafkaPart({ dataDir: `${folder}/kafka`, port: kafkaPort, controllerPort });
  try {
    await Promise.all([supervisor.start(cassandra), supervisor.start(kafka)]);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('cassandra', { contactPoint: `127.0.0.1:${port}`, dc: 'site-a' });
  project.provide('kafka', { brokers: `127.0.0.1:${kafkaPort}` });
  return teardown;
}
