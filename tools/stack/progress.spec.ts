import { expect, it } from 'vitest';
import { Progress } from './progress.ts';

const capture = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, out: { isTTY, columns: 40, write: (text: string) => written.push(text) } };
};

it('writes one plain line a step where nobody watches', async () => {
  const { written, out } = capture(false);
  await new Progress(out).step('Kafka', async () => 3, (topics) => `${topics} topics`);
  expect(written).toEqual([expect.stringMatching(/^ {2}Kafka +0\.0 s {2}3 topics\n$/)]);
});

it('says which step failed and passes the failure on', async () => {
  const { written, out } = capture(false);
  const failing = new Progress(out).step('Kafka', () => Promise.reject(new Error('gone')));
  await expect(failing).rejects.toThrow('gone');
  expect(written.join('')).toMatch(/^! Kafka .* FAILED\n$/);
});

it('shows on a terminal what runs, never wider than it, and takes it away at the end', async () => {
  const { written, out } = capture(true);
  const progress = new Progress(out);
  await Promise.all([progress.step('Cassandra is starting here', async () => undefined), progress.step('Kafka is starting here too', async () => undefined)]);
  const live = written.filter((text) => text.startsWith('…'));
  expect(live.some((text) => text.includes('Cassandra'))).toBe(true);
  expect(live.every((text) => text.length < 40)).toBe(true);
  expect(written.at(-1)).toMatch(/Kafka is starting here too .*\n$/);
});
