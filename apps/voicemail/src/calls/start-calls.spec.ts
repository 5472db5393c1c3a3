import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMPTS } from '@sfs/voicemail';
import { RtpPeer, SipPhone, codeWords, eventually, freePort, headerOf, readCodeWords, type OutgoingCall, type SipRequest } from '@sfs/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fields } from '../config.ts';
import { FakeDirectory, FakeLamps } from '../indicators/fake-lamps.ts';
import type { RunningCalls } from '../start-calls.port.ts';
import { FakeDeposits, FakeGreetings, FakeMessages, FakePins } from './fake-parts.ts';
import { startCalls } from './start-calls.ts';

const HOST = '127.0.0.1';
const TONE = Uint8Array.from({ length: 1600 }, (_, at) => 0x40 + (at % 37));
const SECOND = 50;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'short-prompts-'));
  for (const name of Object.keys(PROMPTS)) await writeFile(join(folder, `${name}.ulaw`), name === 'tone' ? TONE : new Uint8Array(160).fill(0xff));
});
afterAll(() => rm(folder, { recursive: true }));

let deposits: FakeDeposits;
let pins: FakePins;
let messages: FakeMessages;
let directory: FakeDirectory;
let lamps: FakeLamps;
let running: RunningCalls;
let registry: Registry;
let sipPort: number;
let touch: (tenant: string, mailbox: string) => void;
/** places calls, and is the proxy that our own requests go to */
let phone: SipPhone;
let peers: RtpPeer[];

beforeEach(async () => {
  deposits = new FakeDeposits();
  pins = new FakePins();
  messages = new FakeMessages();
  directory = new FakeDirectory();
  lamps = new FakeLamps();
  registry = new Registry();
  peers = [];
  sipPort = await freePort();
  phone = await SipPhone.open({ user: '1002', domain: 'site-a.example', proxy: { host: HOST, port: sipPort } });
  const from = await freePort();
  const config = fields.parse({
    SFS_VOICEMAIL_SIP_PORT: String(sipPort),
    SFS_VOICEMAIL_SIP_TRUSTED: HOST,
    SFS_VOICEMAIL_SIP_PROXY: `${HOST}:${phone.local.port}`,
    SFS_VOICEMAIL_RTP_PORTS: `${Math.min(from, 65_000)}-${Math.min(from, 65_000) + 400}`,
    SFS_VOICEMAIL_PROMPTS_DIR: folder,
    SFS_VOICEMAIL_PEPPER: Buffer.alloc(32, 1).toString('base64'),
    SFS_KAFKA_BROKERS: `${HOST}:${await freePort()}`,
  });
  running = await startCalls({
    config,
    host: { log: pino({ level: 'silent' }), metrics: registry, onFatal: () => undefined },
    mediaWorker: undefined,
    deposits,
    pins,
    messages,
    greetings: new FakeGreetings(),
    directory,
    lamps,
    onTouched: (listener) => {
      touch = listener;
    },
    mailboxes: async function* () {},
  });
});
afterEach(async () => {
  await running.stop();
  for (const peer of peers) await peer.close();
  await phone.close();
});

async function place(user: string, params: string, codec: 'pcmu' | 'pcma' = 'pcmu'): Promise<{ call: OutgoingCall; audio: RtpPeer }> {
  const audio = await RtpPeer.open();
  peers.push(audio);
  const call = phone.call(`sip:${user}@${HOST}:${sipPort};sfs-tenant=default;sfs-mailbox=1002${params}`, { audio, codecs: [codec], from: '"Ann Bell" <sip:1001@site-a.example>' });
  await call.answered();
  return { call, audio };
}

const deposit = (codec: 'pcmu' | 'pcma' = 'pcmu'): ReturnType<typeof place> => place('deposit', ';sfs-reason=busy', codec);

const untilHeard = (what: string, audio: RtpPeer, bytes: Uint8Array): Promise<true> => eventually(what, () => (Buffer.from(audio.heard()).includes(Buffer.from(bytes)) ? true : undefined), 10_000);

async function untilNothingIsLeft(): Promise<void> {
  await eventually('an empty desk', () => (running.health()[0]?.detail === '0 calls, 0 with audio' ? true : undefined));
  expect(await registry.metrics()).toMatch(/^sfs_voicemail_calls 0$/m);
  expect(deposits.left).toEqual([]);
}

describe('a call over real SIP and RTP', () => {
  it('leaves every byte that was spoken after the tone', async () => {
    const { call, audio } = await deposit();
    await untilHeard('the tone', audio, TONE.subarray(-640));
    await audio.send(codeWords(2 * SECOND));
    await call.hangUp();
    await untilNothingIsLeft();
    const [message] = deposits.kept;
    expect(message?.asked).toMatchObject({ fromNumber: '1001', fromName: 'Ann Bell', reason: 'busy', callId: call.callId, codec: 'pcmu' });
    const { numbers } = readCodeWords(message?.audio ?? new Uint8Array());
    const [first = -1] = numbers;
    expect(first, 'frames between the tone and the recording').toBeLessThan(SECOND / 2);
    expect(numbers).toEqual(Array.from({ length: 2 * SECOND - first }, (_, at) => first + at));
    expect(message?.finished).toMatchObject({ packetsLost: 0, truncated: false });
  }, 20_000);

  it('lets an owner enter the PIN by RFC 4733 and hear the message as it was left', async () => {
    const left = Buffer.concat(codeWords(SECOND));
    messages.contents = { ...messages.contents, messages: [{ id: 'm1', state: 'new', recordedAt: Date.now() - 60_000, durationMs: 1000, fromNumber: '1001', truncated: false }] };
    messages.audioOf.set('m1', { audio: left, codec: 'pcma' });
    const { call, audio } = await place('access', '', 'pcma');
    await audio.dial('472913#1');
    await untilHeard('the message', audio, left);
    await eventually('the mark', () => messages.marks[0]);
    await audio.dial('7');
    await eventually('the deletion', () => messages.marks[1]);
    await call.hangUp();
    await untilNothingIsLeft();
    expect(pins.attempts).toMatchObject([{ mailbox: '1002', pin: '472913', origin: '1001' }]);
    expect(messages.marks.map(({ step }) => step)).toEqual(['heard', 'deleted']);
  }, 20_000);

  it('is refused without a common codec, and to nowhere', async () => {
    const body = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 40000 RTP/AVP 18', ''].join('\r\n');
    expect((await phone.call(`sip:deposit@${HOST}:${sipPort};sfs-tenant=default;sfs-mailbox=1002;sfs-reason=busy`, { body }).final()).status).toBe(488);
    expect((await phone.call(`sip:deposit@${HOST}:${sipPort};sfs-tenant=default`).final()).status).toBe(404);
    await untilNothingIsLeft();
  });

  it('is ended when the service stops, and what was said is kept', async () => {
    const { call, audio } = await deposit();
    await untilHeard('the tone', audio, TONE.subarray(-640));
    await audio.send(codeWords(2 * SECOND));
    await running.stop();
    await call.hungUp.within();
    expect(deposits.kept).toMatchObject([{ finished: { truncated: true } }]);
  }, 20_000);

  it('leaves nothing behind, a hundred times', async () => {
    for (let round = 0; round < 5; round += 1) {
      const calls = await Promise.all(Array.from({ length: 20 }, () => deposit()));
      await Promise.all(calls.map(({ call }) => call.hangUp()));
    }
    await untilNothingIsLeft();
    expect(await registry.metrics()).toContain('sfs_voicemail_calls_total{kind="deposit",end="bye"} 100');
  }, 60_000);
});

describe('a lamp over real SIP', () => {
  const notified = (what: string, wants: (request: SipRequest) => boolean): Promise<SipRequest> => phone.requests.next(what, 5000, (request) => request.method === 'NOTIFY' && wants(request));

  beforeEach(() => {
    directory.boxes.set('1002', ['1002']);
    messages.countsOf.set('1002', { new: 1, old: 2 });
  });

  it('is told through the proxy when the mailbox changes', async () => {
    touch('default', '1002');
    const notify = await notified('the lamp', () => true);
    expect(notify.uri).toBe('sip:1002@site-a.example');
    expect(headerOf(notify, 'event')).toBe('message-summary');
    expect(notify.body).toContain('Messages-Waiting: yes\r\n');
    expect(notify.body).toContain('Voice-Message: 1/2');
    await eventually('what was told', () => lamps.lastToldOf.get('1002'));
    expect(lamps.lastToldOf.get('1002')).toMatchObject({ newMessages: 1, oldMessages: 2, phones: 1 });
  });

  it('is told in the dialog of a phone that asks, and again at each change', async () => {
    const subscription = await phone.subscribe();
    expect(subscription.response.status).toBe(200);
    const inside = (request: SipRequest): boolean => headerOf(request, 'call-id') === subscription.callId;
    expect(headerOf(await notified('the first NOTIFY', inside), 'cseq')).toBe('1 NOTIFY');
    messages.countsOf.set('1002', { new: 0, old: 3 });
    touch('default', '1002');
    const second = await notified('the second NOTIFY', inside);
    expect(headerOf(second, 'cseq')).toBe('2 NOTIFY');
    expect(second.body).toContain('Messages-Waiting: no\r\n');
    expect((await subscription.refresh(0)).status).toBe(200);
    expect(headerOf(await notified('the last NOTIFY', inside), 'subscription-state')).toBe('terminated;reason=timeout');
    expect((await phone.subscribe({ expires: 30 })).response.status).toBe(423);
  });

  it('is told to a phone of which the proxy says that it came', async () => {
    const register = (expires: number): Promise<{ status: number }> =>
      phone.request('REGISTER', { uri: `sip:${HOST}:${sipPort}`, to: '<sip:1002@site-a.example>', from: '<sip:site-a.example>', headers: [['Expires', String(expires)]] });
    expect((await register(300)).status).toBe(200);
    expect((await notified('the lamp', () => true)).body).toContain('Voice-Message: 1/2');
  });
});
