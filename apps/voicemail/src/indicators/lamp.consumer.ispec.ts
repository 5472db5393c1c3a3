import { randomUUID } from 'node:crypto';
import { Change, MessageEvent } from '@sfs/contracts';
import { createPublisher, ensureTopics, type Publisher } from '@sfs/kafka';
import { Arrivals } from '@sfs/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { followMessages } from './lamp.consumer.ts';

const MESSAGES = 'sfs.voicemail.message.v1';
const LINKS = 'sfs.provisioning.mailbox-link.v1';
const log = pino({ level: 'silent' });

let to: { brokers: string[]; prefix: string; log: typeof log };
let publisher: Publisher;
let replicas: { close(): Promise<void> }[];
let touched: Arrivals<string>;
beforeEach(async () => {
  to = { brokers: [inject('kafka').brokers], prefix: `t${randomUUID().slice(0, 8)}.`, log };
  await ensureTopics({ ...to, topics: [MESSAGES, LINKS] });
  publisher = createPublisher(to);
  touched = new Arrivals();
  const queue = { touch: (tenant: string, mailbox: string) => touched.push(`${tenant}/${mailbox}`) };
  replicas = [1, 2].map(() => followMessages({ kafka: to, queue, log, metrics: new Registry() }));
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await publisher.close();
});

it('tells one replica of the site of each message and of each link', async () => {
  const message: MessageEvent = { id: randomUUID(), tenant: 'default', mailbox: '1002', messageId: randomUUID(), step: 'deposited', at: new Date().toISOString(), site: 'site-b', actor: 'caller' };
  await publisher.publish(MESSAGES, [{ key: 'default/1002', value: MessageEvent.encode(message).finish() }]);
  const link = Change.fromPartial({ id: randomUUID(), tenant: 'default', kind: 'mailbox-link', entityId: '1003', body: '{}' });
  await publisher.publish(LINKS, [{ key: 'default/1003', value: Change.encode(link).finish() }]);
  await touched.next('the message', 20_000, (each) => each === 'default/1002');
  await touched.next('the link', 20_000, (each) => each === 'default/1003');
  await publisher.publish(MESSAGES, [{ key: 'default/1009', value: MessageEvent.encode({ ...message, mailbox: '1009' }).finish() }]);
  await touched.next('the last one', 20_000, (each) => each === 'default/1009');
  expect([...touched.all].sort()).toEqual(['default/1002', 'default/1003', 'default/1009']);
}, 60_000);
