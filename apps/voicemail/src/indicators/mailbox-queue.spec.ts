import { Arrivals, eventually } from '@sfs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MailboxQueue } from './mailbox-queue.ts';

let sends: Arrivals<string>;
let failures: Arrivals<string>;
let held: (() => void)[];
let isHeld: boolean;
let queue: MailboxQueue;
beforeEach(() => {
  sends = new Arrivals();
  failures = new Arrivals();
  held = [];
  isHeld = false;
  queue = new MailboxQueue({
    debounceMs: 20,
    send: async (tenant, mailbox) => {
      sends.push(`${tenant}/${mailbox}`);
      if (mailbox === 'bad') throw new Error('away');
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
    },
    failed: ({ mailbox }) => failures.push(mailbox),
  });
});
afterEach(async () => {
  isHeld = false;
  held.forEach((release) => release());
  await queue.close();
});

const idle = (): Promise<true> => eventually('an idle queue', () => (queue.size === 0 ? true : undefined));

it('makes one send of many changes of a mailbox', async () => {
  for (let change = 0; change < 100; change += 1) queue.touch('default', '1002');
  queue.touch('default', '1003');
  await idle();
  expect([...sends.all].sort()).toEqual(['default/1002', 'default/1003']);
});

it('sends again what changed during a send, after it', async () => {
  isHeld = true;
  queue.touch('default', '1002');
  await sends.next('the first send');
  queue.touch('default', '1002');
  const turn = queue.run('default', '1002', () => Promise.resolve(sends.all.length));
  held.shift()?.();
  expect(await turn, 'never two at once for one mailbox').toBe(1);
  await sends.next('the second send');
});

it('goes on after a failure', async () => {
  queue.touch('default', 'bad');
  await failures.next('the failure');
  queue.touch('default', 'bad');
  await failures.next('the second failure');
  await expect(queue.run('default', 'bad', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await queue.run('default', 'bad', () => Promise.resolve('yes'))).toBe('yes');
});

it('forgets what waits when it closes, and waits for what is under way', async () => {
  isHeld = true;
  queue.touch('default', '1002');
  await sends.next('the send');
  queue.touch('default', '1003');
  const closing = queue.close();
  held.shift()?.();
  await closing;
  queue.touch('default', '1004');
  expect(queue.size).toBe(0);
  expect(sends.all).toEqual(['default/1002']);
});
