import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { FakeSession } from './fake-session.ts';
import { Line } from './line.ts';

const WELCOME = [{ prompt: 'welcome' }];
const PIN = { max: 17, terminator: '#', firstMs: 10_000, betweenMs: 5000 } as const;
const KEY = { max: 1, terminator: '', firstMs: 5000, betweenMs: 1000 } as const;

let session: FakeSession;
let clock: FakeClock;
let line: Line;
beforeEach(() => {
  session = new FakeSession();
  clock = new FakeClock();
  line = new Line(session, 'pcmu', clock);
});

/** what is awaited now has been reached */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('playing', () => {
  it('ends by itself', async () => {
    const playing = line.play(WELCOME, true);
    session.finishPlaying();
    expect(await playing).toMatchObject({ playedMs: 700, interrupted: false });
  });

  it('ends at a digit, which answers the next question', async () => {
    const playing = line.play(WELCOME, true);
    session.dial('7');
    expect(await playing).toMatchObject({ interrupted: true });
    expect(await line.ask(WELCOME, KEY)).toMatchObject({ digits: '7', end: 'full' });
    expect(session.played).toHaveLength(1);
  });

  it('is left out when a digit was dialled ahead', async () => {
    session.dial('7');
    expect(await line.play(WELCOME, true)).toEqual({ playedMs: 0, interrupted: true });
    expect(session.played).toEqual([]);
  });

  it('goes on to its end where no digit may end it, and keeps the digit', async () => {
    session.dial('7');
    const playing = line.play(WELCOME, false);
    session.dial('8');
    expect(session.plays).toBe(true);
    session.finishPlaying();
    expect(await playing).toMatchObject({ interrupted: false });
    expect(await line.ask([], { ...KEY, max: 2 })).toMatchObject({ digits: '78' });
  });
});

describe('asking', () => {
  it('waits for the first digit from the end of what is said', async () => {
    const asking = line.ask(WELCOME, PIN);
    expect(clock.waits).toEqual([]);
    session.finishPlaying();
    await settled();
    expect(clock.waits).toEqual([10_000]);
    clock.pass(10_000);
    expect(await asking).toEqual({ digits: '', end: 'timeout' });
  });

  it('waits for each further digit anew', async () => {
    const asking = line.ask([], PIN);
    await settled();
    for (const digit of '123') {
      session.dial(digit);
      await settled();
      expect(clock.waits).toEqual([5000]);
      clock.pass(4999);
    }
    clock.pass(1);
    expect(await asking).toEqual({ digits: '123', end: 'timeout' });
    expect(clock.waits).toEqual([]);
  });

  it('takes a PIN that was entered ahead, and leaves what is beyond it', async () => {
    session.dial('472913#1');
    expect(await line.ask(WELCOME, PIN)).toMatchObject({ digits: '472913', end: 'terminator' });
    expect(await line.ask(WELCOME, KEY)).toMatchObject({ digits: '1' });
    expect(session.played).toEqual([]);
  });

  it('afresh throws away what was dialled before', async () => {
    session.dial('111111#222222#');
    line.forgetTyped();
    const asking = line.ask(WELCOME, PIN);
    session.dial('3#');
    expect(await asking).toMatchObject({ digits: '3', end: 'terminator' });
  });

  it('keeps no more digits than an answer can have', async () => {
    session.dial('1'.repeat(10_000));
    const asking = line.ask([], { ...PIN, max: 1000 });
    await settled();
    clock.pass(5000);
    expect(await asking).toEqual({ digits: '1'.repeat(64), end: 'timeout' });
    expect(line.digits).toBe(10_000);
  });
});

describe('recording', () => {
  it('gives what is said, and ends at a key that answers nothing', async () => {
    const chunks: Uint8Array[] = [];
    session.dial('9');
    const recording = line.record({ maxMs: 5000, silenceMs: 1000 }, (audio) => chunks.push(audio));
    session.say(Uint8Array.of(1));
    session.say(Uint8Array.of(2));
    session.dial('#');
    expect(await recording).toMatchObject({ endedBy: 'digit', durationMs: 3000 });
    expect(chunks).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
    expect(line.typedAhead).toBe(false);
  });

  it('counts the packets that were lost', async () => {
    const recording = line.record({ maxMs: 5000, silenceMs: 0 }, () => undefined);
    session.endRecording('max', { packetsLost: 3 });
    await recording;
    expect(line.packetsLost).toBe(3);
  });

  it('ends with what was said when the caller goes', async () => {
    const recording = line.record({ maxMs: 5000, silenceMs: 0 }, () => undefined);
    line.hangUp();
    expect(await recording).toMatchObject({ endedBy: 'stopped', durationMs: 3000 });
    expect(clock.waits).toEqual([]);
  });

  it('ends with what was given away when the audio thread has died', async () => {
    session.stopRecording = () => undefined;
    const recording = line.record({ maxMs: 5000, silenceMs: 0 }, () => undefined);
    session.say(new Uint8Array(8000));
    line.hangUp();
    clock.pass(2000);
    expect(await recording).toMatchObject({ endedBy: 'stopped', durationMs: 1000, speechMs: 1000 });
  });
});

describe('a caller who goes', () => {
  it('ends what is played', async () => {
    const playing = line.play(WELCOME, false);
    line.hangUp();
    expect(await playing).toBe('gone');
    expect(session.plays).toBe(false);
  });

  it('ends what is asked, and leaves no timer', async () => {
    const asking = line.ask([], PIN);
    await settled();
    line.hangUp();
    expect(await asking).toBe('gone');
    expect(clock.waits).toEqual([]);
  });

  it('is not spoken to any more', async () => {
    line.hangUp();
    expect(await line.play(WELCOME, true)).toBe('gone');
    expect(await line.ask(WELCOME, KEY)).toBe('gone');
    expect(await line.record({ maxMs: 1, silenceMs: 0 }, () => undefined)).toBe('gone');
    expect(session.played).toEqual([]);
    expect(session.recorded).toEqual([]);
  });
});
