import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { convert } from './codec.ts';
import { Recorder } from './recorder.ts';
import type { RecordingLimits, RecordingStats } from './session.ts';

const SPEECH = new Uint8Array(160).fill(0xa5);
const QUIET = new Uint8Array(160).fill(0xfe);
const NO_LIMIT: RecordingLimits = { maxMs: 600_000, silenceMs: 0 };

let pieces: Uint8Array[];
let ended: [number, RecordingStats][];
let recorder: Recorder;
const audio = (): Uint8Array => Uint8Array.from(pieces.flatMap((piece) => [...piece]));

beforeEach(() => {
  pieces = [];
  ended = [];
  recorder = new Recorder({ audio: (_, piece) => pieces.push(piece), recorded: (id, stats) => ended.push([id, stats]) });
});

describe('a recording', () => {
  it('is what came, byte for byte, in whole seconds and a rest', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 960 }), { maxLength: 60 }), (payloads) => {
        pieces = [];
        recorder.start(1, NO_LIMIT, 'pcmu', 0);
        for (const payload of payloads) recorder.audio(payload, 'pcmu', 0);
        recorder.end('stopped');
        expect(audio()).toEqual(Uint8Array.from(payloads.flatMap((payload) => [...payload])));
        expect(pieces.slice(0, -1).every(({ length }) => length === 8000)).toBe(true);
      }),
    );
  });

  it('gives what it has after a second and a half, however little that is', () => {
    recorder.start(1, NO_LIMIT, 'pcmu', 0);
    recorder.audio(SPEECH, 'pcmu', 20);
    recorder.tick(1480);
    expect(pieces).toEqual([]);
    recorder.tick(1500);
    expect(pieces).toEqual([SPEECH]);
  });

  it('keeps losses and pauses as silence of its law, and counts losses only', () => {
    recorder.start(4, NO_LIMIT, 'pcma', 0);
    recorder.lost(2, 320, 40);
    recorder.pause(20_000, 2600);
    recorder.end('closed');
    expect(audio()).toEqual(new Uint8Array(20_320).fill(0xd5));
    expect(ended).toEqual([[4, { durationMs: 2540, speechMs: 0, packetsLost: 2, packetsReceived: 0, endedBy: 'closed' }]]);
  });

  it.each(['pause', 'lost'] as const)('holds no more of a gap than can have been in it (%s)', (kind) => {
    recorder.start(1, NO_LIMIT, 'pcmu', 10_000);
    if (kind === 'pause') recorder.pause(80_000, 10_500);
    else recorder.lost(500, 80_000, 10_500);
    recorder.end('stopped');
    expect(audio()).toHaveLength((500 + 200) * 8);
  });

  it('stays in its law when the law of the call changes', () => {
    recorder.start(1, NO_LIMIT, 'pcmu', 0);
    recorder.audio(SPEECH, 'pcmu', 0);
    recorder.audio(SPEECH, 'pcma', 20);
    recorder.end('stopped');
    expect(audio()).toEqual(Uint8Array.from([...SPEECH, ...convert(SPEECH, 'pcma', 'pcmu')]));
  });

  it('ends the one before it', () => {
    recorder.start(1, NO_LIMIT, 'pcmu', 0);
    recorder.start(2, NO_LIMIT, 'pcmu', 100);
    recorder.end('digit');
    recorder.end('digit');
    expect(ended.map(([id, { endedBy }]) => [id, endedBy])).toEqual([[1, 'stopped'], [2, 'digit']]);
  });
});

describe('its limit', () => {
  it.each([
    ['of audio holds to the byte', () => recorder.audio(new Uint8Array(960), 'pcmu', 20)],
    ['holds for losses', () => recorder.lost(6, 960, 120)],
  ])('%s', (_, fill) => {
    recorder.start(1, { maxMs: 101, silenceMs: 0 }, 'pcmu', 0);
    fill();
    expect(ended[0]?.[1]).toMatchObject({ durationMs: 101, endedBy: 'max' });
    expect(audio()).toHaveLength(808);
    fill();
    expect(audio()).toHaveLength(808);
  });

  it('holds by the clock when nothing comes', () => {
    recorder.start(1, { maxMs: 1000, silenceMs: 0 }, 'pcmu', 5000);
    recorder.tick(6400);
    expect(ended).toEqual([]);
    recorder.tick(6500);
    expect(ended[0]?.[1]).toMatchObject({ durationMs: 0, endedBy: 'max' });
  });

  it('of silence counts from the last speech, or from the start', () => {
    recorder.start(1, { maxMs: 60_000, silenceMs: 3000 }, 'pcmu', 0);
    recorder.audio(SPEECH, 'pcmu', 2000);
    for (let now = 2020; now < 5000; now += 20) {
      recorder.audio(QUIET, 'pcmu', now);
      recorder.tick(now);
    }
    expect(ended).toEqual([]);
    recorder.tick(5000);
    expect(ended[0]?.[1]).toMatchObject({ speechMs: 20, endedBy: 'silence' });
    recorder.start(2, { maxMs: 60_000, silenceMs: 3000 }, 'pcmu', 6000);
    recorder.tick(9000);
    expect(ended[1]?.[1]).toMatchObject({ durationMs: 0, endedBy: 'silence' });
  });
});
