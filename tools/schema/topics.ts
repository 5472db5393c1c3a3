import { setTimeout as delay } from 'node:timers/promises';
import { DEAD_LETTERS, ensureTopics } from '@sfs/kafka';

const entities = {
  provisioning: ['tenant', 'site', 'switch', 'user', 'dn', 'call-settings', 'mailbox-link'],
  dialplan: ['partition', 'calling-profile', 'switch-settings'],
  // message: steps in the life of messages (MessageEvent), the others are entities (Change)
  voicemail: ['mailbox', 'greeting', 'message'],
  devices: ['device', 'device-profile', 'device-layer', 'enrolment'],
} as const;

/** Every topic of the deployment, without prefix: one a kind of entity, the ticks of each owner, the dead letters. */
export function topicNames(): string[] {
  const owned = Object.entries(entities).flatMap(([owner, kinds]) => [...kinds, 'tick'].map((kind) => `sfs.${owner}.${kind}.v1`));
  return [...owned, DEAD_LETTERS];
}

const LIMIT_MS = 60_000;

/** Creates the topics that are missing and leaves the others as they are. Answers how many there are. */
export async function applyTopics(brokers: readonly string[], prefix = '', replicas = 1): Promise<number> {
  const topics = topicNames();
  const until = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      await ensureTopics({ brokers, prefix, topics, replicas });
      return topics.length;
    } catch (error) {
      // a broker that has just made a topic may deny for a moment that it has it; asking again is harmless
      if (!(error as { retriable?: boolean }).retriable || performance.now() > until) throw error;
      await delay(250);
    }
  }
}
