import { MessageEvent } from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';
import type { Publisher } from '@sfs/kafka';
import { Arrivals } from '@sfs/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MessageEvents } from './message-events.ts';

const happened = { id: 'f1', tenant: 'default', mailbox: '1002', messageId: 'm1', step: 'deleted', actor: '1002' };

let away: boolean;
let published: Arrivals<MessageEvent & { key: string }>;
let events: MessageEvents;

beforeEach(() => {
  away = false;
  published = new Arrivals(({ step }) => step);
  const publisher: Publisher = {
    connected: true,
    close: () => Promise.resolve(),
    publish: (_topic, messages) => {
      if (away) return Promise.reject(new DomainError('unavailable', 'kafka/away', 'Kafka is away'));
      for (const { key, value } of messages) published.push({ key, ...MessageEvent.decode(value) });
      return Promise.resolve();
    },
  };
  events = new MessageEvents({ publisher, site: 'site-a', log: pino({ level: 'silent' }), againMs: 20 });
});

afterEach(() => events.stop());

describe('events of messages', () => {
  it('are told at once here and on Kafka, one partition a mailbox', async () => {
    const touched: string[] = [];
    events.onTouched((tenant, mailbox) => void touched.push(`${tenant}/${mailbox}`));
    events.announce(happened);
    expect(touched).toEqual(['default/1002']);
    expect(await published.next('the event')).toMatchObject({ ...happened, key: 'default/1002', site: 'site-a' });
  });

  it('that Kafka did not take touch their mailbox once Kafka is back', async () => {
    away = true;
    events.announce(happened);
    events.announce({ ...happened, id: 'f2', step: 'restored' });
    await new Promise((resolve) => setImmediate(resolve));
    away = false;
    const event = await published.next('the touch');
    expect(event).toMatchObject({ tenant: 'default', mailbox: '1002', step: 'touched', messageId: '' });
    expect(published.all.length).toBe(1);
  });

  it('reach every listener, also when one fails', () => {
    const touched: string[] = [];
    events.onTouched(() => {
      throw new Error('a listener of a test');
    });
    events.onTouched((_tenant, mailbox) => void touched.push(mailbox));
    events.announce(happened);
    expect(touched).toEqual(['1002']);
  });
});
