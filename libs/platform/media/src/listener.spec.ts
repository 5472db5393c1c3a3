import { digitPayload, formatRtp, type RtpPacket } from '@sfs/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Listener } from './listener.ts';
import { Recorder } from './recorder.ts';
import { payloadStart } from './rtp-packet.ts';
import type { RecordingStats, RemoteMedia } from './session.ts';

const REMOTE: RemoteMedia = { address: '192.0.2.7', port: 4000, codec: 'pcmu', payloadType: 0, digitPayloadType: 101, direction: 'sendrecv' };
const NOISE = 13;

let heard: number[];
let stats: RecordingStats | undefined;
let digits: string;
let listener: Listener;
let recorder: Recorder;
let now: number;

beforeEach(() => {
  heard = [];
  stats = undefined;
  digits = '';
  now = 0;
  recorder = new Recorder({ audio: (_, piece) => heard.push(...piece.filter((_byte, at) => at % 160 === 0)), recorded: (_, last) => (stats = last) });
  listener = new Listener(recorder, (digit) => (digits += digit));
  listener.expect('pcmu', 0);
  recorder.start(1, { maxMs: 60_000, silenceMs: 0 }, 'pcmu', 0);
});

/** The packet that is due after so many of 20 ms. */
function hear(index: number, parts: Partial<RtpPacket> = {}): boolean {
  now = Math.max(now, index * 20);
  const packet = formatRtp({ marker: false, payloadType: 0, sequence: 100 + index, timestamp: 5000 + index * 160, ssrc: 7, payload: new Uint8Array(160).fill(index), ...parts });
  return listener.receive(packet, payloadStart(packet), REMOTE, now);
}

const digit = (key: string, end = false): Partial<RtpPacket> => ({ payloadType: 101, payload: digitPayload(key, end, 160) });

describe('a digit', () => {
  it('ends a recording once what came before it is there, late or not', () => {
    hear(0);
    hear(2);
    hear(1);
    hear(4);
    hear(5, digit('3'));
    expect([digits, heard, stats?.endedBy, stats?.packetsLost]).toEqual(['3', [0, 1, 2, 0xff, 4], 'digit', 1]);
  });

  it('is one digit also in a stream of its own, between packets of audio', () => {
    const start = { ssrc: 99, timestamp: 1_000_000 };
    for (const index of [0, 1, 2, 3]) {
      hear(index);
      hear(index, { ...digit('8', index === 3), ...start, sequence: 40_000 + index });
    }
    recorder.end('stopped');
    expect([digits, stats?.packetsLost]).toEqual(['8', 0]);
  });
});

describe('what is dropped', () => {
  it.each([
    ['another payload type', { payloadType: 18 }],
    ['half a digit', { payloadType: 101, payload: Uint8Array.of(1, 2) }],
    ['a flash of the hook', { payloadType: 101, payload: Uint8Array.of(16, 0, 0, 0) }],
    ['what came before', { sequence: 100 }],
  ])('is %s', (_, parts) => {
    expect(hear(0)).toBe(true);
    expect(hear(1, parts)).toBe(false);
    expect(digits).toBe('');
  });
});

it('counts comfort noise as no loss', () => {
  hear(0);
  hear(1, { payloadType: NOISE, payload: Uint8Array.of(60) });
  hear(2);
  recorder.end('stopped');
  expect([heard, stats?.packetsLost]).toEqual([[0, 0xff, 2], 0]);
});

it('hears the next source from its first packet on', () => {
  hear(0);
  hear(1, { ssrc: 8, sequence: 9, timestamp: 3 });
  hear(2, { ssrc: 8, sequence: 10, timestamp: 163 });
  recorder.end('stopped');
  expect([heard, stats?.packetsLost]).toEqual([[0, 1, 2], 0]);
});

it('reads what waits in the law it came in when the law changes', () => {
  hear(0);
  hear(2);
  listener.expect('pcma', now);
  recorder.end('stopped');
  expect(heard).toEqual([0, 0xff, 2]);
});
