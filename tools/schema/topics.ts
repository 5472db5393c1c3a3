import { Kafka, logLevel, type Admin, type ITopicConfig } from 'kafkajs';

const entities = {
  provisioning: ['tenant', 'site', 'switch', 'user', 'dn', 'call-settings'],
  dialplan: ['partition', 'calling-profile', 'switch-settings'],
} as const;
const MINUTE = 60_000;
// Full states keyed by entity: the newest is all a consumer needs, deletions stay (they are states).
const COMPACTED = { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.2', 'segment.ms': String(60 * MINUTE) };
// A tick is worth nothing once the next has come.
const SHORT_LIVED = { 'cleanup.policy': 'delete', 'retention.ms': String(10 * MINUTE), 'segment.ms': String(10 * MINUTE) };

/** Every topic of the deployment as Kafka wants it. */
export function topicConfigs(prefix: string, replicas: number): ITopicConfig[] {
  return Object.entries(entities).flatMap(([owner, kinds]) => [
    ...kinds.map((kind) => topic(`${prefix}sfs.${owner}.${kind}.v1`, 3, replicas, COMPACTED)),
    topic(`${prefix}sfs.${owner}.tick.v1`, 1, replicas, SHORT_LIVED),
  ]);
}

/** Creates the topics that are missing and leaves the others as they are. Answers the names of the new ones. */
export async function applyTopics(brokers: readonly string[], prefix = '', replicas = 1): Promise<string[]> {
  const admin = new Kafka({ clientId: 'sfs-schema', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await createMissing(admin, topicConfigs(prefix, replicas));
  } finally {
    await admin.disconnect();
  }
}

async function createMissing(admin: Admin, topics: readonly ITopicConfig[]): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter(({ topic: name }) => !existing.has(name));
  if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
  return missing.map(({ topic: name }) => name);
}

function topic(name: string, numPartitions: number, replicationFactor: number, config: Record<string, string>): ITopicConfig {
  return { topic: name, numPartitions, replicationFactor, configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })) };
}
