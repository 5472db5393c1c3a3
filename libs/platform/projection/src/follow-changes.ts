import { Change } from '@sfs/contracts';
import { follow, type Following, type KafkaOptions } from '@sfs/kafka';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { entityOf, type Entity } from './entity.ts';

export interface FollowParts {
  readonly kafka: KafkaOptions;
  readonly group: string;
  readonly topics: readonly string[];
  readonly onConnected: () => void;
  readonly log: Logger;
  readonly metrics: Registry;
}

/** Mode every-replica: each replica has its own memory. */
export function followChanges({ kafka, ...parts }: FollowParts, apply: (entity: Entity) => void): Following {
  return follow({
    ...kafka,
    ...parts,
    mode: 'every-replica',
    handle: (_topic, _key, value) => {
      apply(entityOf(Change.decode(value)));
      return Promise.resolve();
    },
  });
}
