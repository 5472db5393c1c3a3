import type { Clip, Codec, MediaEvent, MediaSession, RecordingLimits, RecordingStats } from '@sfs/media';
import type { Clock } from '@sfs/service-host';
import { takeDigits, type DigitsWanted } from './typed-digits.ts';

export interface Played {
  readonly playedMs: number;
  readonly interrupted: boolean;
}

export interface Question extends DigitsWanted {
  readonly firstMs: number;
  readonly betweenMs: number;
}

export interface Entered {
  readonly digits: string;
  readonly end: 'full' | 'terminator' | 'timeout';
}

export type Recorded = Pick<RecordingStats, 'durationMs' | 'speechMs' | 'packetsLost'> & { readonly endedBy: 'digit' | 'silence' | 'max' | 'stopped' };

/** the caller has gone */
export type Gone = 'gone';

/** What is dialled ahead beyond this is a flood, not an answer. */
const MOST_TYPED = 64;
/** The worker answers within a tick; without an answer it has died. */
const LAST_WORD_MS = 2000;

interface Waiting<T> {
  readonly id: number;
  settle(result: T): void;
}

/** One call's audio as promises: play, ask for digits, record. One thing at a time; when the caller goes, what is under way ends with `gone`. */
export class Line {
  digits = 0;
  packetsLost = 0;
  onLost: () => void = () => undefined;
  readonly #session: MediaSession;
  readonly #clock: Clock;
  #codec: Codec;
  #id = 0;
  #gone = false;
  #typed = '';
  #playing: (Waiting<Played> & { readonly bargeIn: boolean }) | undefined;
  #recording: (Waiting<RecordingStats> & { onAudio(audio: Uint8Array): void }) | undefined;
  /** the key that has ended a recording answers no question */
  #endingKey = false;
  #onDigit: () => void = () => undefined;
  #onGone: () => void = () => undefined;

  constructor(session: MediaSession, codec: Codec, clock: Clock) {
    this.#session = session;
    this.#codec = codec;
    this.#clock = clock;
    session.onEvent = (event) => this.#receive(event);
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** of what is recorded from now on */
  get codec(): Codec {
    return this.#codec;
  }

  set codec(codec: Codec) {
    this.#codec = codec;
  }

  /** What was dialled up to now is not an answer to what is asked next. */
  forgetTyped(): void {
    this.#typed = '';
  }

  get typedAhead(): boolean {
    return this.#typed !== '';
  }

  async play(clips: readonly Clip[], bargeIn: boolean): Promise<Played | Gone> {
    if (this.#gone) return 'gone';
    if (clips.length === 0 || (bargeIn && this.typedAhead)) return { playedMs: 0, interrupted: clips.length > 0 };
    const played = await new Promise<Played>((settle) => {
      this.#playing = { id: (this.#id += 1), settle, bargeIn };
      this.#session.play(this.#id, clips);
    });
    this.#playing = undefined;
    return this.#gone ? 'gone' : played;
  }

  /** Says, then waits; a digit ends what is said. */
  async ask(clips: readonly Clip[], question: Question): Promise<Entered | Gone> {
    if ((await this.play(clips, true)) === 'gone') return 'gone';
    for (;;) {
      const taken = takeDigits(this.#typed, question);
      if (taken) {
        this.#typed = taken.rest;
        return taken;
      }
      const heard = await this.#nextDigit(this.typedAhead ? question.betweenMs : question.firstMs);
      if (heard === 'gone') return 'gone';
      if (heard === 'digit') continue;
      const digits = this.#typed;
      this.#typed = '';
      return { digits, end: 'timeout' };
    }
  }

  /** Until a key, silence, the limit, or the caller's end: what was said up to then is there in any case. */
  async record(limits: RecordingLimits, onAudio: (audio: Uint8Array) => void): Promise<Recorded | Gone> {
    if (this.#gone) return 'gone';
    this.#typed = '';
    let bytes = 0;
    const stats = await new Promise<RecordingStats>((settle) => {
      const take = (audio: Uint8Array): void => {
        bytes += audio.length;
        onAudio(audio);
      };
      this.#recording = { id: (this.#id += 1), settle, onAudio: take };
      this.#onGone = () => this.#endRecording(() => ({ durationMs: bytes / 8, speechMs: bytes / 8, packetsLost: 0, packetsReceived: 0, endedBy: 'closed' }));
      this.#session.record(this.#id, limits);
    });
    this.#recording = undefined;
    this.#onGone = () => undefined;
    this.packetsLost += stats.packetsLost;
    return { ...stats, endedBy: stats.endedBy === 'closed' ? 'stopped' : stats.endedBy };
  }

  /** The call is over. */
  hangUp(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#session.stopPlaying();
    this.#playing?.settle({ playedMs: 0, interrupted: true });
    this.#onDigit();
    this.#onGone();
  }

  #endRecording(lastWord: () => RecordingStats): void {
    const recording = this.#recording;
    if (!recording) return;
    const cancel = this.#clock.after(LAST_WORD_MS, () => recording.settle(lastWord()));
    this.#recording = {
      ...recording,
      settle: (stats) => {
        cancel();
        recording.settle(stats);
      },
    };
    this.#session.stopRecording();
  }

  #nextDigit(withinMs: number): Promise<'digit' | 'timeout' | Gone> {
    if (this.#gone) return Promise.resolve('gone');
    return new Promise((resolve) => {
      const end = (how: 'digit' | 'timeout' | Gone): void => {
        this.#onDigit = () => undefined;
        cancel();
        resolve(how);
      };
      const cancel = this.#clock.after(withinMs, () => end('timeout'));
      this.#onDigit = () => end(this.#gone ? 'gone' : 'digit');
    });
  }

  #receive(event: MediaEvent): void {
    switch (event.kind) {
      case 'digit':
        return this.#dialled(event.digit);
      case 'played':
        if (event.id === this.#playing?.id) this.#playing.settle(event);
        return;
      case 'audio':
        if (event.id === this.#recording?.id) this.#recording.onAudio(event.audio);
        return;
      case 'recorded':
        if (event.id !== this.#recording?.id) return;
        this.#endingKey = event.stats.endedBy === 'digit';
        return this.#recording.settle(event.stats);
      case 'lost':
        return this.onLost();
    }
  }

  #dialled(digit: string): void {
    this.digits += 1;
    if (this.#endingKey) {
      this.#endingKey = false;
      return;
    }
    if (this.#typed.length < MOST_TYPED) this.#typed += digit;
    if (this.#playing?.bargeIn) this.#session.stopPlaying();
    this.#onDigit();
  }
}
