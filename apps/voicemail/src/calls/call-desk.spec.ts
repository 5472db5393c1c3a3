import { DomainError } from '@sfs/kernel';
import { convert, type Clip } from '@sfs/media';
import { audioOffer } from '@sfs/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { CallDesk } from './call-desk.ts';
import { CallMetrics } from './call.metrics.ts';
import { FakeCall } from './fake-call.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeDeposits, FakeGreetings, FakeMessages, FakePins } from './fake-parts.ts';
import { FakeSession } from './fake-session.ts';
import { LONGEST_CALL_MS } from './served-call.ts';

const DEPOSIT = 'sip:deposit@127.0.0.1:5070;sfs-tenant=default;sfs-mailbox=1002;sfs-reason=no-answer';
const ACCESS = 'sip:access@127.0.0.1:5070;sfs-tenant=default;sfs-mailbox=1002';
const OFFER = audioOffer({ host: '127.0.0.1', port: 40_000 });
const SPEECH = Uint8Array.from({ length: 8000 }, (_, at) => at % 251);

let sessions: FakeSession[];
let clock: FakeClock;
let deposits: FakeDeposits;
let pins: FakePins;
let messages: FakeMessages;
let greetings: FakeGreetings;
let registry: Registry;
let lines: Record<string, unknown>[];
let noPort: boolean;
let desk: CallDesk;

beforeEach(() => {
  sessions = [];
  clock = new FakeClock();
  deposits = new FakeDeposits();
  pins = new FakePins();
  messages = new FakeMessages();
  greetings = new FakeGreetings();
  registry = new Registry();
  lines = [];
  noPort = false;
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) });
  const open = (): Promise<FakeSession> => {
    if (noPort) return Promise.reject(new DomainError('exhausted', 'media/no-port', 'No port is left'));
    const session = new FakeSession();
    sessions.push(session);
    return Promise.resolve(session);
  };
  desk = new CallDesk({ deposits, pins, messages, greetings, media: { open }, clock, now: () => Date.UTC(2026, 10, 25), metrics: new CallMetrics(registry), log });
});

/** Everything that can go on without the other side has gone on. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The call is up and says its first word. */
async function begin(uri: string): Promise<{ call: FakeCall; session: FakeSession }> {
  const call = new FakeCall(uri, OFFER);
  desk.take(call);
  await quiet();
  const session = sessions.at(-1);
  if (!session) throw new Error('no audio was opened');
  return { call, session };
}

/** Listens to what is said, up to a question or a recording. */
async function hear(session: FakeSession): Promise<void> {
  while (session.plays) {
    session.finishPlaying();
    await quiet();
  }
}

async function press(session: FakeSession, digits: string): Promise<void> {
  session.dial(digits);
  await quiet();
}

const said = (session: FakeSession): string[] => session.played.flat().map(nameOf);
const nameOf = (clip: Clip): string => ('prompt' in clip ? clip.prompt : 'audio' in clip ? `${clip.codec}:${clip.audio.length}` : `${clip.silenceMs} ms`);

function expectNothingLeft(): void {
  expect(desk.size).toBe(0);
  expect(sessions.every(({ closed }) => closed)).toBe(true);
  expect(clock.waits).toEqual([]);
  expect(deposits.left).toEqual([]);
}

describe('a message', () => {
  it('is left: greeting, tone, speech, hang-up', async () => {
    const { call, session } = await begin(DEPOSIT);
    expect(deposits.all[0]?.asked).toEqual({ tenant: 'default', mailbox: '1002', reason: 'no-answer', callId: 'call-1', fromNumber: '1001', fromName: '', codec: 'pcmu' });
    await hear(session);
    expect(said(session).at(-1)).toBe('tone');
    session.say(SPEECH);
    session.say(SPEECH);
    call.finish();
    await desk.idle();
    expect(deposits.all[0]?.audio).toEqual(Buffer.concat([SPEECH, SPEECH]));
    expect(deposits.all[0]?.finished).toEqual({ durationMs: 3000, packetsLost: 0, truncated: false });
    expectNothingLeft();
  });

  it('is heard again, spoken anew and kept', async () => {
    const { call, session } = await begin(DEPOSIT);
    await hear(session);
    session.say(SPEECH);
    await press(session, '#');
    expect(session.plays, 'the key that ended the recording answers nothing').toBe(true);
    await press(session, '2');
    expect(said(session)).toContain('pcmu:8000');
    await hear(session);
    await press(session, '3');
    await hear(session);
    expect(deposits.all).toMatchObject([{ dropped: true }, { dropped: false }]);
    session.say(SPEECH);
    await press(session, '#1');
    await press(session, '1');
    await hear(session);
    await desk.idle();
    expect(deposits.kept.map(({ id }) => id)).toEqual(['message-2']);
    expect(call.end).toBe('hung-up');
    expectNothingLeft();
  });

  it('begins with the own greeting in its own law', async () => {
    greetings.all.set('1002 greeting', { audio: new Uint8Array(4000), codec: 'pcma' });
    const { session } = await begin(DEPOSIT);
    expect(said(session)).toEqual(['pcma:4000']);
  });

  it('begins with the built-in greeting while the own one cannot be read', async () => {
    greetings.failure = new DomainError('unavailable', 'store/timeout', 'Cassandra is away');
    const { session } = await begin(DEPOSIT);
    expect(said(session)).toContain('leave-a-message');
  });

  it.each([
    [new DomainError('exhausted', 'mailboxes/full', 'full'), 'mailbox-full'],
    [new DomainError('not-found', 'mailboxes/unknown', 'unknown'), 'no-mailbox'],
    [new DomainError('unavailable', 'deposits/no-storage', 'away'), 'no-storage'],
  ])('is refused before the tone: %s', async (refusal, prompt) => {
    deposits.refusal = refusal;
    const { session, call } = await begin(DEPOSIT);
    expect(said(session)[0]).toBe(prompt);
    await hear(session);
    await desk.idle();
    expect(said(session)).not.toContain('tone');
    expect(call.end).toBe('hung-up');
    expectNothingLeft();
  });

  it('that could not be stored is not called kept', async () => {
    deposits.failure = new DomainError('unavailable', 'deposits/no-storage', 'disk full');
    const { session } = await begin(DEPOSIT);
    await hear(session);
    session.say(SPEECH);
    await press(session, '#');
    await press(session, '1');
    expect(said(session)).toContain('message-not-kept');
  });

  it.each(['greeting', 'tone'])('is none when the caller goes during the %s', async (moment) => {
    const { call, session } = await begin(DEPOSIT);
    if (moment === 'tone') session.finishPlaying();
    await quiet();
    call.finish();
    await desk.idle();
    expect(deposits.all).toMatchObject([{ dropped: true, finished: undefined }]);
    expectNothingLeft();
  });

  it.each(['reviewing', 'listening'])('is kept when the caller goes while %s', async (moment) => {
    const { call, session } = await begin(DEPOSIT);
    await hear(session);
    session.say(SPEECH);
    await press(session, '#');
    if (moment === 'listening') await press(session, '2');
    call.finish();
    await desk.idle();
    expect(deposits.kept).toHaveLength(1);
    expectNothingLeft();
  });

  it('is kept and marked truncated when the service stops', async () => {
    const { call, session } = await begin(DEPOSIT);
    await hear(session);
    session.say(SPEECH);
    await desk.stop();
    expect(deposits.all[0]?.finished?.truncated).toBe(true);
    expect(call.end).toBe('hung-up');
    expectNothingLeft();
  });

  it('is kept when the audio of the caller is lost', async () => {
    const { session } = await begin(DEPOSIT);
    await hear(session);
    session.say(SPEECH);
    session.lose();
    await desk.idle();
    expect(deposits.kept).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ msg: 'call ended', end: 'lost', message: 'message-1' });
    expectNothingLeft();
  });

  it('goes on in the law it began with when the call changes its law', async () => {
    const { call, session } = await begin(DEPOSIT);
    expect(call.onReoffer(audioOffer({ host: '127.0.0.1', port: 40_002, codecs: ['pcma'] }))).toContain('RTP/AVP 8');
    await hear(session);
    session.say(Uint8Array.of(0xd5));
    call.finish();
    await desk.idle();
    expect(deposits.all[0]?.audio).toEqual(Buffer.from(convert(Uint8Array.of(0xd5), 'pcma', 'pcmu')));
  });
});

describe('an owner', () => {
  const message = { id: 'm1', state: 'new', recordedAt: Date.UTC(2026, 10, 24), durationMs: 1000, fromNumber: '1001', truncated: false } as const;

  it('who knows the way enters PIN and key ahead, and hears the message', async () => {
    messages.contents = { ...messages.contents, messages: [message] };
    messages.audioOf.set('m1', { audio: SPEECH, codec: 'pcma' });
    const { session } = await begin(ACCESS);
    await press(session, '472913#');
    expect(pins.attempts).toEqual([{ tenant: 'default', mailbox: '1002', pin: '472913', origin: '1001' }]);
    await press(session, '1');
    session.finishPlaying();
    await quiet();
    expect(said(session).at(-1)).toBe('pcma:8000');
    session.finishPlaying();
    await quiet();
    expect(messages.marks).toEqual([{ tenant: 'default', mailbox: '1002', id: 'm1', step: 'heard', actor: 'telephone 1001' }]);
  });

  it('who hangs up in the middle of a message loses nothing', async () => {
    messages.contents = { ...messages.contents, messages: [message] };
    messages.audioOf.set('m1', { audio: SPEECH, codec: 'pcmu' });
    const { call, session } = await begin(ACCESS);
    await press(session, '472913#');
    await press(session, '1');
    session.finishPlaying();
    await quiet();
    call.finish();
    await desk.idle();
    expectNothingLeft();
  });

  it('is told of a damaged message, and goes on', async () => {
    messages.contents = { ...messages.contents, messages: [message] };
    const { session } = await begin(ACCESS);
    await press(session, '472913#');
    await press(session, '1');
    session.finishPlaying();
    await quiet();
    expect(said(session)).toContain('message-damaged');
  });

  it('has one attempt for each time the PIN is asked, however much is dialled', async () => {
    const { session } = await begin(ACCESS);
    await press(session, '111111#222222#333333#');
    expect(pins.attempts.map(({ pin }) => pin)).toEqual(['111111']);
  });

  it('is told when the mailbox cannot be read', async () => {
    messages.failure = new DomainError('unavailable', 'store/timeout', 'Cassandra is away');
    const { session } = await begin(ACCESS);
    await press(session, '472913#');
    expect(said(session)).toContain('unavailable');
    await hear(session);
    await desk.idle();
    expectNothingLeft();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('who changes the PIN at first use may go at any moment (%i)', async (steps) => {
    pins.mustChange = true;
    messages.contents = { ...messages.contents, hasName: false, hasGreeting: false };
    const { call, session } = await begin(ACCESS);
    const keys = ['472913#', '859274#', '859274#', '1', '#', '1', '1', '#', '1', '#'];
    for (const key of keys.slice(0, steps)) {
      await press(session, key);
      if (session.records) session.say(SPEECH);
      else if (key === '#' || key === '1') await hear(session);
    }
    call.finish();
    await desk.idle();
    expect(pins.changes.length).toBe(steps >= 3 ? 1 : 0);
    expectNothingLeft();
  });

  it('keeps PINs and digits to himself', async () => {
    const { call, session } = await begin(ACCESS);
    await press(session, '472913#');
    call.finish();
    await desk.idle();
    expect(JSON.stringify(lines)).not.toContain('472913');
    expect(lines.at(-1)).toMatchObject({ msg: 'call ended', kind: 'access', end: 'bye', tenant: 'default', mailbox: '1002', from: '1001' });
    const counted = await registry.metrics();
    expect(counted).toContain('sfs_voicemail_calls_total{kind="access",end="bye"} 1');
    expect(counted).toContain('sfs_voicemail_pin_checks_total{result="right"} 1');
    expect(counted).toContain('sfs_voicemail_digits_total 7');
  });
});

describe('a call', () => {
  it('to nowhere is answered 404', () => {
    const call = new FakeCall('sip:deposit@127.0.0.1;sfs-tenant=default', OFFER);
    desk.take(call);
    expect(call.refused?.status).toBe(404);
    expectNothingLeft();
  });

  it.each(['v=0', audioOffer({ host: '127.0.0.1' }).replace(/RTP\/AVP.*/, 'RTP/AVP 18').replace(/a=rtpmap.*\r\n/, '')])('without a common codec is answered 488', async (offer) => {
    const call = new FakeCall(DEPOSIT, offer);
    desk.take(call);
    await desk.idle();
    expect(call.refused?.status).toBe(488);
    expect(sessions).toEqual([]);
  });

  it('beyond what audio can carry is answered 503', async () => {
    noPort = true;
    const call = new FakeCall(DEPOSIT, OFFER);
    desk.take(call);
    await desk.idle();
    expect(call.refused).toEqual({ status: 503, headers: ['Retry-After: 5'] });
    expectNothingLeft();
  });

  it('that is given up while its audio opens leaves nothing', async () => {
    const call = new FakeCall(DEPOSIT, OFFER);
    desk.take(call);
    call.finish('cancel');
    await desk.idle();
    expect(call.accepted).toBeUndefined();
    expectNothingLeft();
  });

  it('is held and taken back', async () => {
    const { call, session } = await begin(DEPOSIT);
    expect(call.onReoffer(audioOffer({ host: '127.0.0.1', port: 40_000, direction: 'sendonly' }))).toContain('a=recvonly');
    expect(session.connected.at(-1)?.direction).toBe('sendonly');
    expect(call.onReoffer(audioOffer({ host: '127.0.0.1', port: 40_000 }))).toContain('a=sendrecv');
    expect(call.onReoffer('v=0')).toBeUndefined();
    expect(session.connected).toHaveLength(3);
  });

  it('is hung up after an hour', async () => {
    const { call } = await begin(DEPOSIT);
    clock.pass(LONGEST_CALL_MS);
    await desk.idle();
    expect(call.end).toBe('hung-up');
    expect(lines.at(-1)).toMatchObject({ end: 'limit' });
    expectNothingLeft();
  });

  it('without an offer gets ours, and their answer counts', async () => {
    const call = new FakeCall(DEPOSIT, undefined);
    call.answer = audioOffer({ host: '127.0.0.1', port: 40_004, codecs: ['pcma'] });
    desk.take(call);
    await quiet();
    expect(call.accepted).toMatch(/RTP\/AVP 8 0 101/);
    expect(sessions[0]?.connected).toMatchObject([{ port: 40_004, codec: 'pcma' }]);
    expect(deposits.all[0]?.asked.codec).toBe('pcma');
  });

  it('without an offer and without an answer in the ACK ends', async () => {
    const call = new FakeCall(DEPOSIT, undefined);
    desk.take(call);
    await desk.idle();
    expect(call.end).toBe('hung-up');
    expectNothingLeft();
  });
});
