import pino from 'pino';
import { createDriverClient, withLimit } from './driver-client.ts';

/** Where a message goes that no handler could take; shared by all services. */
export const DEAD_LETTERS = 'sfs.dead-letters.v1';

const DAY_MS = 86_400_000;
const compacted = [{ name: 'cleanup.policy', value: 'compact' }];
const keptFor = (ms: number) => [{ name: 'cleanup.policy', value: 'delete' }, { name: 'retention.ms', value: String(ms) }];

/** Ticks are worth something for seconds only; entities are kept compacted; steps in the life of messages a week, each of them; dead letters for two weeks. */
function settingsOf(topic: string): { name: string; value: string }[] {
  if (topic === DEAD_LETTERS) return keptFor(14 * DAY_MS);
  if (topic === 'sfs.voicemail.message.v1') return keptFor(7 * DAY_MS);
  return topic.endsWith('.tick.v1') ? keptFor(DAY_MS / 24) : compacted;
}

export interface TopicsToEnsure {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly topics: readonly string[];
  /** of each topic; three in a cluster */
  readonly replicas?: number;
}

/** Creates what is missing, and the dead-letter topic; existing topics stay as they are. For the start tool and tests: services never create topics. */
export async function ensureTopics({ brokers, prefix, topics, replicas = 1 }: TopicsToEnsure): Promise<void> {
  const admin = createDriverClient(brokers, pino({ level: 'silent' })).admin();
  try {
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const missing = [...new Set([...topics, DEAD_LETTERS])].filter((topic) => !existing.has(prefix + topic));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({ topic: prefix + topic, numPartitions: 1, replicationFactor: replicas, configEntries: settingsOf(topic) })),
    });
  } finally {
    await withLimit(admin.disconnect(), 2_000);
  }
}
