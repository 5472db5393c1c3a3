import { parseUri, type DialogState, type IncomingSubscribe, type SipAddress } from '@sfs/sip';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { beforeEach, expect, it } from 'vitest';
import { FakeMessages } from '../calls/fake-parts.ts';
import { FakeDirectory, FakeEndpoint, FakeLamps } from './fake-lamps.ts';
import { LampMetrics } from './lamp.metrics.ts';
import { LampSender } from './lamp-sender.ts';
import { MailboxQueue } from './mailbox-queue.ts';
import { SubscriptionsService } from './subscriptions.service.ts';

const NOW = Date.UTC(2026, 10, 25);
const LOG = pino({ level: 'silent' });

let endpoint: FakeEndpoint;
let lamps: FakeLamps;
let directory: FakeDirectory;
let messages: FakeMessages;
beforeEach(() => {
  endpoint = new FakeEndpoint();
  lamps = new FakeLamps();
  directory = new FakeDirectory();
  messages = new FakeMessages();
  directory.boxes.set('1002', ['1002']);
  messages.countsOf.set('1002', { new: 1, old: 0 });
});

/** As after a start: nothing is remembered but what is stored. */
function started(): SubscriptionsService {
  const metrics = new LampMetrics(new Registry());
  const sender = new LampSender({ endpoint, lamps, directory, messages, metrics, log: LOG, now: () => NOW });
  const queue = new MailboxQueue({ debounceMs: 0, send: () => Promise.resolve(), failed: () => undefined });
  return new SubscriptionsService({ directory, lamps, sender, queue, metrics, log: LOG, now: () => NOW });
}

interface Asked {
  readonly answers: { readonly status: number; readonly expires?: number; readonly headers?: readonly string[] | undefined }[];
}

async function ask(service: SubscriptionsService, wish: { uri?: string; event?: string; expires?: number; localTag?: string; target?: string } = {}): Promise<Asked['answers'][number]> {
  const answers: Asked['answers'] = [];
  const uri = addressOf(wish.uri ?? 'sip:1002@site-a.example');
  const request: IncomingSubscribe = {
    event: wish.event ?? 'message-summary',
    expires: wish.expires ?? 300,
    requestUri: uri,
    to: uri,
    from: uri,
    callId: 'c',
    localTag: wish.localTag,
    accept: (expires): DialogState => {
      answers.push({ status: 200, expires });
      return { callId: 'c', localTag: wish.localTag ?? 'ours', remoteTag: 'r', localUri: 'sip:1002@site-a.example', remoteUri: 'sip:1002@site-a.example', remoteTarget: wish.target ?? 'sip:1002@127.0.0.1:5062', routes: [], localSeq: 1 };
    },
    reject: (status, _reason, headers) => void answers.push({ status, headers }),
  };
  await service.subscribe(request);
  expect(answers).toHaveLength(1);
  return answers[0] ?? { status: 0 };
}

function addressOf(text: string): SipAddress {
  const uri = parseUri(text);
  if (!uri) throw new Error(text);
  return uri;
}

it('accepts a phone that asks for its lamp, and tells it at once', async () => {
  expect(await ask(started())).toEqual({ status: 200, expires: 300 });
  expect(endpoint.sent).toMatchObject([{ dialog: { localSeq: 1 }, state: 'active;expires=300' }]);
  expect(endpoint.sent[0]?.text).toContain('Voice-Message: 1/0');
  expect([...lamps.stored.values()]).toMatchObject([{ id: 'c ours', expiresAt: NOW + 300_000 }]);
});

it('grants an hour at most', async () => {
  expect(await ask(started(), { expires: 86_400 })).toEqual({ status: 200, expires: 3600 });
});

it('refreshes after a restart, goes on counting, and follows the phone to a new address', async () => {
  await ask(started());
  expect((await ask(started(), { localTag: 'ours', target: 'sip:1002@127.0.0.1:5099' })).status).toBe(200);
  expect(endpoint.sent.map(({ dialog, uri }) => [dialog?.localSeq, uri])).toEqual([
    [1, 'sip:1002@127.0.0.1:5062'],
    [2, 'sip:1002@127.0.0.1:5099'],
  ]);
  expect(lamps.stored.size).toBe(1);
});

it('ends a subscription with a last word', async () => {
  await ask(started());
  expect(await ask(started(), { localTag: 'ours', expires: 0 })).toEqual({ status: 200, expires: 0 });
  expect(endpoint.sent.at(-1)?.state).toBe('terminated;reason=timeout');
  expect(lamps.stored.size).toBe(0);
});

it('answers a single question without keeping it', async () => {
  expect((await ask(started(), { expires: 0 })).status).toBe(200);
  expect(endpoint.sent).toHaveLength(1);
  expect(lamps.stored.size).toBe(0);
});

it.each([
  ['another event', { event: 'presence' }, 489],
  ['a number without a mailbox', { uri: 'sip:1099@site-a.example' }, 404],
  ['a number of another domain', { uri: 'sip:1002@elsewhere.example' }, 404],
  ['a subscription that is not there', { localTag: 'gone' }, 481],
  ['too short a time', { expires: 59 }, 423],
] as const)('refuses %s', async (_what, wish, status) => {
  const answer = await ask(started(), wish);
  expect(answer.status).toBe(status);
  if (status === 423) expect(answer.headers).toEqual(['Min-Expires: 60']);
  expect(endpoint.sent).toEqual([]);
  expect(lamps.stored.size).toBe(0);
});

it('asks the phone to come again while nobody knows whose number it is', async () => {
  await ask(started());
  directory.isLoaded = false;
  directory.boxes.clear();
  expect((await ask(started(), { localTag: 'ours' })).status).toBe(503);
  expect(lamps.stored.size).toBe(1);
});

it('asks the phone to come again when nothing can be read', async () => {
  lamps.subscriptions.list = () => Promise.reject(new Error('Cassandra is away'));
  expect((await ask(started(), { localTag: 'ours' })).status).toBe(500);
});
