import { Client } from 'cassandra-driver';
import { Kafka, logLevel } from 'kafkajs';
import { expect, inject, it } from 'vitest';

it('offers a Cassandra in the first site that answers queries', async () => {
  const { contactPoint, dc } = inject('cassandra');
  const client = new Client({ contactPoints: [contactPoint], localDataCenter: dc });
  const { rows } = await client.execute('SELECT data_center FROM system.local');
  await client.shutdown();
  expect(rows[0]?.['data_center']).toBe('site-a');
});

it('offers a Kafka that creates no topic because somebody asked for it', async () => {
  const kafka = new Kafka({ brokers: [inject('kafka').brokers], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  await admin.connect();
  const asking = admin.fetchTopicMetadata({ topics: ['parts-spec.nobody-created-this'] });
  await expect(asking).rejects.toThrow(/does not host this topic/);
  await admin.disconnect();
});
