import { DomainError } from '@sfs/kernel';
import { Arrivals, codeWords, eventually, formatRtp, freePort, readCodeWords, RtpPeer, type ReceivedPacket, type RtpPeerOptions } from '@sfs/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { convert, silenceByte } from './codec.ts';
import { openMedia } from './media.ts';
import type { Media, MediaEvent, MediaOptions, MediaSession, RecordingLimits, RecordingStats, RemoteMedia } from './session.ts';

const host = '127.0.0.1';
const TONE = 101;
const joined = (frames: readonly Uint8Array[]): Uint8Array => Uint8Array.from(frames.flatMap((frame) => [...frame]));
const numbers = (count: number, first = 0): number[] => Array.from({ length: count }, (_, index) => first + index);
/** three frames of code words */
const prompt = joined(codeWords(3, 500));

/** outside of what the system gives away itself; another run has others */
const quietPort = (): number => 22_000 + (process.pid % 1000) * 6;

let shared: Media;
const own: Media[] = [];
const peers: RtpPeer[] = [];

async function start(options: Partial<MediaOptions> = {}): Promise<Media> {
  const portFrom = await freePort();
  return openMedia({ host, portFrom, portTo: portFrom + 100, workers: 1, prompts: new Map([['hello', { audio: prompt, codec: 'pcmu' }]]), ...options });
}

/** A media path that this test alone uses. */
async function startOwn(options: Partial<MediaOptions> = {}): Promise<Media> {
  const media = await start(options);
  own.push(media);
  return media;
}

async function openPeer(options: RtpPeerOptions = {}): Promise<RtpPeer> {
  const peer = await RtpPeer.open(options);
  peers.push(peer);
  return peer;
}

/** A call: our session, its events, and the other side's peer. */
class Call {
  readonly events = new Arrivals<MediaEvent>(({ kind }) => kind);
  readonly session: MediaSession;
  readonly peer: RtpPeer;

  private constructor(session: MediaSession, peer: RtpPeer) {
    this.session = session;
    this.peer = peer;
    session.onEvent = (event) => this.events.push(event);
    peer.connectTo(session);
  }

  static async open(remote: Partial<RemoteMedia> = {}, media = shared): Promise<Call> {
    const call = new Call(await media.open(), await openPeer());
    calls.push(call);
    call.connect(remote);
    return call;
  }

  connect(remote: Partial<RemoteMedia> = {}): void {
    if (remote.codec) this.peer.connectTo(this.session, remote.codec);
    this.session.connect({ address: host, port: this.peer.port, codec: 'pcmu', payloadType: remote.codec === 'pcma' ? 8 : 0, digitPayloadType: TONE, direction: 'sendrecv', ...remote });
  }

  /** Resolves when the worker has begun: what is sent from now on is recorded. */
  async record(limits: RecordingLimits = { maxMs: 60_000, silenceMs: 0 }): Promise<void> {
    this.session.record(3, limits);
    await shared.stats();
  }

  next<K extends MediaEvent['kind']>(kind: K): Promise<Extract<MediaEvent, { kind: K }>> {
    return this.events.next(`the event ${kind}`, 5000, (event) => event.kind === kind) as Promise<Extract<MediaEvent, { kind: K }>>;
  }

  async recorded(): Promise<{ audio: Uint8Array; stats: RecordingStats }> {
    const { stats } = await this.next('recorded');
    return { audio: joined(this.events.all.flatMap((event) => (event.kind === 'audio' ? [event.audio] : []))), stats };
  }

  /** What the peer hears, once that is `packets` packets or more. */
  heard(packets: number): Promise<readonly ReceivedPacket[]> {
    return eventually(`${packets} packets`, () => (this.peer.packets.all.length >= packets ? this.peer.packets.all : undefined));
  }
}

const calls: Call[] = [];
beforeAll(async () => {
  shared = await start();
});
afterEach(async () => {
  for (const { session } of calls.splice(0)) await session.close();
  for (const media of own.splice(0)) await media.close();
  for (const peer of peers.splice(0)) await peer.close();
});
afterAll(() => shared.close());

describe('playing', () => {
  it.each(['pcmu', 'pcma'] as const)('says prompts, audio and silence one after the other in %s', async (codec) => {
    const call = await Call.open({ codec });
    call.session.play(7, [{ prompt: 'hello' }, { silenceMs: 40 }, { audio: joined(codeWords(2, 900)), codec: 'pcma' }, { prompt: 'unknown' }]);
    expect(await call.next('played')).toEqual({ kind: 'played', id: 7, playedMs: 140, interrupted: false });
    const expected = [convert(prompt, 'pcmu', codec), new Uint8Array(320).fill(silenceByte(codec)), convert(joined(codeWords(2, 900)), 'pcma', codec)];
    const said = (await call.heard(7)).filter(({ payload }) => payload.length === 160);
    const from = said.findIndex(({ marker }) => marker);
    expect(joined(said.slice(from, from + 7).map(({ payload }) => payload))).toEqual(joined(expected));
    expect(said.map(({ payloadType }) => payloadType)).toEqual(said.map(() => (codec === 'pcma' ? 8 : 0)));
  });

  it('numbers and times packets as RFC 3550 says, with the marker where the talk begins', async () => {
    const call = await Call.open();
    await call.heard(1);
    call.session.play(1, [{ prompt: 'hello' }]);
    const packets = await call.heard(5);
    const [first] = packets;
    expect(packets.map(({ sequence }) => (sequence - (first?.sequence ?? 0)) & 0xffff)).toEqual(numbers(packets.length));
    expect(new Set(packets.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(packets.filter(({ marker }) => marker)).toHaveLength(1);
    for (const [index, packet] of packets.entries()) {
      const before = packets[index - 1];
      if (before) expect(Math.abs(((packet.timestamp - before.timestamp) >>> 0) / 8 - (packet.at - before.at))).toBeLessThan(500);
    }
  });

  it('sends a little silence while nothing plays', async () => {
    const call = await Call.open();
    const packets = await call.heard(3);
    expect(packets.every(({ payload, marker }) => !marker && payload.every((byte) => byte === 0xff))).toBe(true);
    expect((packets[2]?.timestamp ?? 0) - (packets[1]?.timestamp ?? 0)).toBe(8000);
  });

  it('is interrupted by what is played next, and by a stop', async () => {
    const call = await Call.open();
    call.session.play(1, [{ silenceMs: 10_000 }]);
    call.session.play(2, [{ silenceMs: 10_000 }]);
    expect(await call.next('played')).toEqual({ kind: 'played', id: 1, playedMs: 0, interrupted: true });
    await call.heard(10);
    call.session.stopPlaying();
    const { id, playedMs, interrupted } = await call.next('played');
    expect([id, interrupted]).toEqual([2, true]);
    expect(playedMs).toBeGreaterThanOrEqual(180);
    expect(playedMs).toBeLessThan(10_000);
  });

  it('waits while the other side holds, and goes on where it was', async () => {
    const call = await Call.open({ direction: 'inactive' });
    call.session.play(1, [{ prompt: 'hello' }]);
    await call.peer.send(codeWords(5));
    expect(call.peer.packets.all).toEqual([]);
    call.connect({ direction: 'recvonly' });
    expect((await call.next('played')).playedMs).toBe(60);
    await call.heard(3);
    call.connect({ direction: 'sendonly' });
    const before = call.peer.packets.all.length;
    await call.peer.send(codeWords(15));
    expect(call.peer.packets.all.length - before).toBeLessThanOrEqual(1);
  });

  it('survives that nobody listens', async () => {
    const call = await Call.open({ port: await freePort() });
    call.session.play(1, [{ silenceMs: 200 }]);
    expect((await call.next('played')).interrupted).toBe(false);
    await call.peer.send(codeWords(2)); // from elsewhere than said: learnt
    call.session.play(2, [{ prompt: 'hello' }]);
    await eventually('the prompt', () => (readCodeWords(call.peer.heard()).numbers.length === 3 ? true : undefined));
  });
});

describe('recording', () => {
  it.each(['pcmu', 'pcma'] as const)('keeps byte for byte what came in %s, in pieces of a second', async (codec) => {
    const call = await Call.open({ codec });
    await call.record();
    const frames = codeWords(60);
    await call.peer.send(frames);
    await eventually('a second of audio', () => (call.events.all.some(({ kind }) => kind === 'audio') ? true : undefined));
    call.session.stopRecording();
    const { audio, stats } = await call.recorded();
    expect(audio).toEqual(joined(frames));
    expect(stats).toEqual({ durationMs: 1200, speechMs: 1200, packetsLost: 0, packetsReceived: 60, endedBy: 'stopped' });
    expect(call.events.all.flatMap((event) => (event.kind === 'audio' ? [event.audio.length] : []))).toEqual([8000, 1600]);
  });

  it('keeps lost packets as silence and counts them', async () => {
    const call = await Call.open();
    await call.record();
    const frames = codeWords(20);
    await call.peer.send(frames.map((frame, index) => ([4, 5, 11].includes(index) ? undefined : frame)));
    await call.session.close();
    const { audio, stats } = await call.recorded();
    expect(readCodeWords(audio).numbers).toEqual(numbers(20).map((index) => ([4, 5, 11].includes(index) ? undefined : index)));
    expect(audio.subarray(4 * 160, 6 * 160)).toEqual(new Uint8Array(320).fill(0xff));
    expect([stats.packetsLost, stats.packetsReceived, stats.endedBy]).toEqual([3, 17, 'closed']);
  });

  it('puts packets into order and drops doubled and foreign ones', async () => {
    const call = await Call.open();
    await call.record();
    const [a, b, c, d] = codeWords(4).map((frame) => call.peer.next(frame)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const other = call.peer.next(new Uint8Array(160), { payloadType: 18 });
    const spoilt = [Uint8Array.of(1, 2, 3), new Uint8Array(172), Uint8Array.from([...a, ...new Uint8Array(1400)])];
    for (const packet of [a, c, b, b, ...spoilt, d, other]) call.peer.sendRaw(packet);
    await call.peer.send(codeWords(1, 4));
    const counts = await call.session.close();
    const { audio, stats } = await call.recorded();
    expect(readCodeWords(audio).numbers).toEqual([0, 1, 2, 3, undefined, 4]); // the other payload's time passes
    expect(stats.packetsLost).toBe(0);
    expect(counts).toMatchObject({ received: 5, dropped: 5 });
  });

  it('survives whatever bytes come', async () => {
    const call = await Call.open();
    await call.record();
    const header = fc.record({ marker: fc.boolean(), payloadType: fc.constantFrom(0, 8, 13, TONE, 127), sequence: fc.nat(0xffff), timestamp: fc.nat(0xffff_ffff), ssrc: fc.nat(2), payload: fc.uint8Array({ maxLength: 200 }) });
    for (const bytes of fc.sample(fc.oneof(fc.uint8Array({ maxLength: 300 }), header.map(formatRtp)), 500)) call.peer.sendRaw(bytes);
    await call.peer.send(codeWords(5, 40));
    const counts = await call.session.close();
    expect(counts.received + counts.dropped).toBeGreaterThan(400);
    expect(call.events.all.length).toBeLessThan(60);
  });

  it('goes on over a new source and over a jump', async () => {
    const call = await Call.open();
    await call.record();
    await call.peer.send(codeWords(3));
    call.peer.ssrc += 1;
    call.peer.sequence = (call.peer.sequence + 9000) & 0xffff;
    await call.peer.send(codeWords(3, 3));
    call.peer.sequence = (call.peer.sequence + 9000) & 0xffff;
    await call.peer.send(codeWords(4, 6));
    await call.session.close();
    const { audio, stats } = await call.recorded();
    expect(readCodeWords(audio).numbers).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 9]);
    expect(stats.packetsLost).toBe(0);
  });

  it('ends by itself when it is full, to the byte', async () => {
    const call = await Call.open();
    await call.record({ maxMs: 110, silenceMs: 0 });
    await call.peer.send(codeWords(8));
    const { audio, stats } = await call.recorded();
    expect(audio).toEqual(joined(codeWords(8)).subarray(0, 880));
    expect([stats.durationMs, stats.endedBy]).toEqual([110, 'max']);
  });

  it.each(['packets of silence come', 'nothing comes'])('ends by itself when %s behind speech', async (what) => {
    const call = await Call.open();
    await call.record({ maxMs: 10_000, silenceMs: 800 });
    await call.peer.send(codeWords(5));
    if (what !== 'nothing comes') await call.peer.send(Array.from({ length: 30 }, () => new Uint8Array(160).fill(0xfe)));
    const { stats } = await call.recorded();
    expect([stats.endedBy, stats.speechMs]).toEqual(['silence', 100]);
  });

  it('ends by a digit and does not contain it', async () => {
    const call = await Call.open();
    await call.record();
    await call.peer.send(codeWords(5));
    await call.peer.dial('#');
    const { audio, stats } = await call.recorded();
    expect(readCodeWords(audio).numbers).toEqual(numbers(5));
    expect([audio.length, stats.endedBy, stats.packetsLost]).toEqual([800, 'digit', 0]);
    expect((await call.next('digit')).digit).toBe('#');
  });
});

describe('digits', () => {
  it('are told once each', async () => {
    const call = await Call.open();
    await call.peer.dial('1102*#', { toneMs: 40, pauseMs: 40 });
    await eventually('six digits', () => (call.events.all.length >= 6 ? true : undefined));
    expect(call.events.all.map((event) => (event.kind === 'digit' ? event.digit : event.kind)).join('')).toBe('1102*#');
  });
});

describe('the other side', () => {
  it('is learnt from its first packet when it sits behind NAT, and strangers are not heard', async () => {
    const call = await Call.open({ address: host, port: 9 });
    await call.record();
    await call.peer.send(codeWords(2));
    await call.heard(1);
    const stranger = await openPeer();
    stranger.connectTo(call.session);
    await stranger.send(codeWords(3, 7000));
    await call.peer.send(codeWords(2, 2));
    await call.session.close();
    const { audio } = await call.recorded();
    expect(readCodeWords(audio).numbers.filter((number) => number !== undefined)).toEqual([0, 1, 2, 3]);
    expect(stranger.packets.all).toEqual([]);
  });

  it('may move with a re-INVITE', async () => {
    const call = await Call.open();
    await call.peer.send(codeWords(1));
    const moved = await openPeer();
    moved.connectTo(call.session);
    call.session.connect({ address: host, port: moved.port, codec: 'pcma', payloadType: 8, direction: 'sendrecv' });
    call.session.play(1, [{ prompt: 'hello' }]);
    await call.next('played');
    await eventually('the prompt in the other law', () => (moved.packets.all.length >= 3 ? true : undefined));
    expect(moved.packets.all.every(({ payloadType }) => payloadType === 8)).toBe(true);
  });

  it('is lost when nothing comes, once, but not while it holds', async () => {
    const media = await startOwn({ lostAfterMs: 200 });
    const call = await Call.open({ direction: 'inactive' }, media);
    const silent = await Call.open({}, media);
    await silent.next('lost');
    await call.peer.send(codeWords(15)); // 300 ms
    expect(call.events.all).toEqual([]);
    expect(silent.events.all).toHaveLength(1);
    call.connect({ direction: 'sendrecv' });
    await call.next('lost');
  });
});

describe('ports', () => {
  it('are even, are given again after the others, and run out', async () => {
    const base = quietPort() + 1;
    const media = await startOwn({ portFrom: base, portTo: base + 5, workers: 2 });
    const sessions = [await media.open(), await media.open()];
    expect(sessions.map(({ port }) => port)).toEqual([base + 1, base + 3]);
    await sessions[0]?.close();
    const third = await media.open();
    expect(third.port).toBe(base + 5);
    expect((await media.open()).port).toBe(base + 1);
    const fault = await media.open().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(DomainError);
    expect(fault).toMatchObject({ kind: 'exhausted', code: 'media/no-port' });
    expect(media.sessions).toBe(3);
  });

  it('come back from each call', async () => {
    const portFrom = quietPort();
    const media = await startOwn({ portFrom, portTo: portFrom + 2 });
    for (let call = 0; call < 100; call += 1) await (await media.open()).close();
    expect(media.sessions).toBe(0);
    await Promise.all([media.open(), media.open()]);
  });

  it('that another program has are passed over', async () => {
    const taken = await openPeer();
    const port = taken.port & ~1;
    if (port !== taken.port) await openPeer({ port });
    const media = await startOwn({ portFrom: port, portTo: port + 2 });
    expect((await media.open()).port).toBe(port + 2);
    await expect(media.open()).rejects.toMatchObject({ code: 'media/no-port' });
  });
});

describe('the workers', () => {
  it('tell how evenly packets went out', async () => {
    const media = await startOwn();
    const call = await Call.open({}, media);
    call.session.play(1, [{ silenceMs: 400 }]);
    await call.next('played');
    const { sessions, spacingMs, cpuMicros } = await media.stats();
    expect(sessions).toBe(1);
    expect(spacingMs.p50).toBeGreaterThan(15);
    expect(spacingMs.p50).toBeLessThan(25);
    expect(spacingMs.max).toBeGreaterThanOrEqual(spacingMs.p99);
    expect(cpuMicros).toBeGreaterThan(0);
  });

  it('say at once that they cannot be started', async () => {
    const missing = openMedia({ host, portFrom: 20_000, portTo: 20_002, workers: 1, prompts: new Map(), workerUrl: new URL('./no-such-worker.ts', import.meta.url) });
    await expect(missing).rejects.toMatchObject({ kind: 'unavailable', code: 'media/worker-lost' });
  });

  it('give back what they have when they are closed', async () => {
    const media = await startOwn();
    const call = await Call.open({}, media);
    call.session.record(1, { maxMs: 60_000, silenceMs: 0 });
    call.session.play(2, [{ silenceMs: 5000 }]);
    await media.close();
    expect((await call.next('recorded')).stats.endedBy).toBe('closed');
    expect((await call.next('played')).interrupted).toBe(true);
    await expect(media.open()).rejects.toMatchObject({ code: 'media/closed' });
  });
});
