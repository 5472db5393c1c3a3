import { Arrivals } from '@sfs/testing';
import { expect, it } from 'vitest';
import { openMedia } from './media.ts';
import type { MediaEvent } from './session.ts';

/** A worker that opens sessions, says a piece of a recording when it is asked to record, and dies of a connect. */
const FRAIL = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ session, command, statsOf }) => {
    if (statsOf) parentPort.postMessage({ statsOf, stats: { spacing: new Uint32Array(1), cpuMicros: 1 } });
    if (command?.kind === 'open') parentPort.postMessage({ session, report: { kind: 'opened' } });
    if (command?.kind === 'record') parentPort.postMessage({ session, report: { kind: 'event', event: { kind: 'audio', id: command.id, audio: new Uint8Array(800) } } });
    if (command?.kind === 'connect') process.exit(1);
  });
`;

it('ends the calls of a worker that died, gives their ports back, and opens the next one in a new worker', async () => {
  const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(FRAIL)}`);
  const media = await openMedia({ host: '127.0.0.1', portFrom: 30_000, portTo: 30_001, workers: 1, prompts: new Map(), workerUrl });
  const session = await media.open();
  const events = new Arrivals<MediaEvent>(({ kind }) => kind);
  session.onEvent = (event) => events.push(event);
  session.record(9, { maxMs: 1000, silenceMs: 0 });
  session.connect({ address: '127.0.0.1', port: 4000, codec: 'pcmu', payloadType: 0, direction: 'sendrecv' });
  await events.next('the loss', 5000, ({ kind }) => kind === 'lost');
  expect(events.all.slice(1)).toEqual([
    { kind: 'recorded', id: 9, stats: { durationMs: 100, speechMs: 100, packetsLost: 0, packetsReceived: 0, endedBy: 'closed' } },
    { kind: 'lost' },
  ]);
  expect(await session.close()).toEqual({ received: 0, sent: 0, dropped: 0 });
  expect((await media.open()).port).toBe(30_000);
  expect(media.sessions).toBe(1);
  await media.close(); // although this worker does not know how
  expect(media.sessions).toBe(0);
});
