import { pino } from 'pino';
import { expect, it } from 'vitest';
import { FakeMessages } from '../calls/fake-parts.ts';
import type { MailboxKey } from '../directory/directory.port.ts';
import { FakeLamps } from './fake-lamps.ts';
import { LampSweep } from './lamp-sweep.ts';

async function* each(...mailboxes: string[]): AsyncGenerator<MailboxKey> {
  for (const mailbox of mailboxes) yield await Promise.resolve({ tenant: 'default', mailbox });
}

function sweepOver(mailboxes: () => AsyncIterable<MailboxKey>): { sweep: LampSweep; lamps: FakeLamps; messages: FakeMessages; touched: string[] } {
  const lamps = new FakeLamps();
  const messages = new FakeMessages();
  const touched: string[] = [];
  const queue = { touch: (_tenant: string, mailbox: string) => void touched.push(mailbox) };
  return { lamps, messages, touched, sweep: new LampSweep({ mailboxes, messages, lamps, queue, log: pino({ level: 'silent' }), paceMs: 0 }) };
}

it('finds the lamps that were told something else, or never anything', async () => {
  const { sweep, lamps, messages, touched } = sweepOver(() => each('right', 'stale', 'never'));
  const told = { at: 1, newMessages: 1, oldMessages: 0, phones: 1 };
  lamps.lastToldOf.set('right', told).set('stale', told);
  messages.countsOf.set('right', { new: 1, old: 0 }).set('stale', { new: 0, old: 1 });
  expect(await sweep.once()).toBe(2);
  expect(touched).toEqual(['stale', 'never']);
});

it('leaves a mailbox that cannot be read now to the next sweep', async () => {
  const { sweep, messages, touched } = sweepOver(() => each('1002'));
  messages.failure = new Error('Cassandra is away');
  expect(await sweep.once()).toBe(0);
  messages.failure = undefined;
  expect(await sweep.once()).toBe(1);
  expect(touched).toEqual(['1002']);
});

it('lives through a listing that breaks off', async () => {
  const { sweep, touched } = sweepOver(async function* () {
    yield* each('1002');
    throw new Error('Cassandra is away');
  });
  expect(await sweep.once()).toBe(1);
  expect(touched).toEqual(['1002']);
});

it('stops at once', async () => {
  const { sweep } = sweepOver(() => each('1002'));
  sweep.start(60_000);
  await sweep.stop();
});
