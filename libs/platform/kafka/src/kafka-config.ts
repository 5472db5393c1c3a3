import { z } from 'zod';

const ADDRESS = /^[^:\s]+:\d{1,5}$/;

/** Variables of a service that publishes or follows. */
export const kafkaConfig = z.object({
  SFS_KAFKA_BROKERS: z
    .string()
    .default('127.0.0.1:9092')
    .transform((value) => value.split(',').map((broker) => broker.trim()))
    .refine((brokers) => brokers.every((broker) => ADDRESS.test(broker)), 'must be HOST:PORT, separated by commas')
    .describe("brokers of this site's Kafka, HOST:PORT separated by commas"),
  SFS_KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9._-]{0,64}$/, 'must be 0 to 64 of letters, digits, ., _ and -')
    .default('')
    .describe('put before every topic and group; several stacks can share one Kafka'),
});

export type KafkaVariables = z.infer<typeof kafkaConfig>;

export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly prefix: string;
}

export function kafkaOptions(config: KafkaVariables): KafkaOptions {
  return { brokers: config.SFS_KAFKA_BROKERS, prefix: config.SFS_KAFKA_TOPIC_PREFIX };
}
