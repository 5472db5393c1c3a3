import { pino } from 'pino';
import { Registry } from 'prom-client';
import { beforeEach, expect, it } from 'vitest';
import { FakeMessages } from '../calls/fake-parts.ts';
import { FakeDirectory, FakeEndpoint, FakeLamps } from './fake-lamps.ts';
import { LampMetrics } from './lamp.metrics.ts';
import { LampSender } from './lamp-sender.ts';
import { storeDialog } from './stored-dialog.ts';

const NOW = Date.UTC(2026, 10, 25);
const DIALOG = { callId: 'c', localTag: 'l', remoteTag: 'r', localUri: 'sip:1002@site-a.example', remoteUri: 'sip:1002@site-a.example', remoteTarget: 'sip:1002@127.0.0.1:5062', routes: [], localSeq: 7 };
const SUBSCRIPTION = { id: 'c l', expiresAt: NOW + 300_000, dialog: storeDialog({ phone: { number: '1002', sipDomain: 'site-a.example' }, dialog: DIALOG }) };

let endpoint: FakeEndpoint;
let lamps: FakeLamps;
let directory: FakeDirectory;
let messages: FakeMessages;
let sender: LampSender;
beforeEach(() => {
  endpoint = new FakeEndpoint();
  lamps = new FakeLamps();
  directory = new FakeDirectory();
  messages = new FakeMessages();
  directory.boxes.set('1002', ['1002']);
  messages.countsOf.set('1002', { new: 2, old: 1 });
  sender = new LampSender({ endpoint, lamps, directory, messages, metrics: new LampMetrics(new Registry()), log: pino({ level: 'silent' }), now: () => NOW });
});

const seqOf = (id: string): number => (JSON.parse(lamps.stored.get(id)?.dialog ?? '{}') as { dialog: { localSeq: number } }).dialog.localSeq;

it('tells every number of the owner, unasked, as RFC 3842 says', async () => {
  directory.boxes.set('1012', ['1002']);
  await sender.send('default', '1002');
  expect(endpoint.sent.map(({ uri }) => uri)).toEqual(['sip:1002@site-a.example', 'sip:1012@site-a.example']);
  expect(endpoint.sent[0]).toMatchObject({ state: 'terminated;reason=noresource', type: 'application/simple-message-summary' });
  expect(endpoint.sent[0]?.text).toBe('Messages-Waiting: yes\r\nMessage-Account: sip:1002@site-a.example\r\nVoice-Message: 2/1 (0/0)\r\n');
  expect(lamps.lastToldOf.get('1002')).toEqual({ at: NOW, newMessages: 2, oldMessages: 1, phones: 2 });
});

it('tells a subscriber in its dialog, with a number that is stored before it is used', async () => {
  await lamps.subscriptions.save('default', '1002', SUBSCRIPTION);
  endpoint.onSent = ({ dialog }) => {
    if (dialog) expect(seqOf('c l')).toBe(dialog.localSeq + 1);
  };
  await sender.send('default', '1002');
  await sender.send('default', '1002');
  const inDialog = endpoint.sent.filter(({ dialog }) => dialog);
  expect(inDialog.map(({ dialog, state }) => [dialog?.localSeq, state])).toEqual([
    [7, 'active;expires=300'],
    [8, 'active;expires=300'],
  ]);
  expect(lamps.lastToldOf.get('1002')?.phones, 'one phone, told twice').toBe(1);
});

it('forgets a subscription that the phone does not know any more', async () => {
  await lamps.subscriptions.save('default', '1002', SUBSCRIPTION);
  endpoint.status.set(DIALOG.remoteTarget, 481);
  await sender.send('default', '1002');
  expect(lamps.stored.size).toBe(0);
});

it('keeps a subscription whose phone does not answer now', async () => {
  await lamps.subscriptions.save('default', '1002', SUBSCRIPTION);
  endpoint.status.set(DIALOG.remoteTarget, 408);
  await sender.send('default', '1002');
  expect(lamps.stored.size).toBe(1);
});

it('takes nobody being registered as told: who comes is told then', async () => {
  endpoint.status.set('sip:1002@site-a.example', 480);
  await sender.send('default', '1002');
  expect(lamps.lastToldOf.get('1002')).toMatchObject({ newMessages: 2, phones: 0 });
});

it('notes that a phone which comes later has its lamp', async () => {
  endpoint.status.set('sip:1002@site-a.example', 480);
  await sender.send('default', '1002');
  endpoint.status.clear();
  await sender.tellComer('default', '1002', { number: '1002', sipDomain: 'site-a.example' });
  expect(lamps.lastToldOf.get('1002')).toMatchObject({ newMessages: 2, oldMessages: 1, phones: 1 });
});

it('shows all mailboxes of the owner in one lamp', async () => {
  directory.boxes.set('1002', ['1002', '2002']);
  messages.countsOf.set('2002', { new: 1, old: 4 });
  await sender.send('default', '1002');
  expect(endpoint.sent[0]?.text).toContain('Voice-Message: 3/5 (0/0)');
});

it('counts again afterwards, and tells again what has changed meanwhile', async () => {
  endpoint.onSent = () => messages.countsOf.set('1002', { new: 0, old: 3 });
  await sender.send('default', '1002');
  expect(endpoint.sent.map(({ text }) => /yes|no/.exec(text)?.[0])).toEqual(['yes', 'no']);
  expect(lamps.lastToldOf.get('1002')).toMatchObject({ newMessages: 0, oldMessages: 3 });
});

it('tells nothing when it cannot count', async () => {
  messages.failure = new Error('Cassandra is away');
  await expect(sender.send('default', '1002')).rejects.toThrow('away');
  expect(endpoint.sent).toEqual([]);
  expect(lamps.lastToldOf.size).toBe(0);
});

it('throws away what is stored and cannot be read', async () => {
  await lamps.subscriptions.save('default', '1002', { ...SUBSCRIPTION, dialog: '{' });
  await sender.send('default', '1002');
  expect(lamps.stored.size).toBe(0);
});
