import { Change, Tick } from '@sfs/contracts';
import { follow, type Following, type KafkaOptions } from '@sfs/kafka';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { DIRECTORY_KINDS, entityOf, PLAN_KINDS, type Owner } from './entity.ts';
import type { Projection } from './projection.service.ts';
import type { TickLog } from './source-ages.ts';

export interface ConsumerParts {
  readonly kafka: KafkaOptions;
  readonly instance: string;
  readonly projection: Projection;
  readonly ticks: TickLog;
  readonly onConnected: (owner: Owner) => void;
  readonly log: Logger;
  readonly metrics: Registry;
}

const KINDS: Readonly<Record<Owner, readonly string[]>> = { provisioning: DIRECTORY_KINDS, dialplan: PLAN_KINDS };

/** Mode every-replica: each replica has its own memory. One loop an owner, so that a missing topic of one does not hold the other. */
export function followOwners(parts: ConsumerParts): Following[] {
  return (['provisioning', 'dialplan'] as const).map((owner) =>
    follow({
      ...parts.kafka,
      topics: [...KINDS[owner], 'tick'].map((kind) => `sfs.${owner}.${kind}.v1`),
      mode: 'every-replica',
      group: `dial-plan.${parts.instance}.${owner}`,
      handle: (topic, _key, value) => take(parts, topic, value),
      onConnected: () => parts.onConnected(owner),
      log: parts.log,
      metrics: parts.metrics,
    }),
  );
}

function take({ projection, ticks }: ConsumerParts, topic: string, value: Uint8Array): Promise<void> {
  if (topic.endsWith('.tick.v1')) ticks.tick(Tick.decode(value));
  else projection.apply(entityOf(Change.decode(value)));
  return Promise.resolve();
}
