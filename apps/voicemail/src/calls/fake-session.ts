import type { Clip, MediaEvent, MediaSession, RecordingLimits, RecordingStats, RemoteMedia } from '@sfs/media';

/** Audio without sound: what is asked of it is kept, what happens is up to the spec. */
export class FakeSession implements MediaSession {
  readonly port = 20_000;
  readonly host = '127.0.0.1';
  onEvent: (event: MediaEvent) => void = () => undefined;
  readonly played: (readonly Clip[])[] = [];
  readonly recorded: RecordingLimits[] = [];
  readonly connected: RemoteMedia[] = [];
  closed = false;
  #playing: number | undefined;
  #recording: number | undefined;

  connect(remote: RemoteMedia): void {
    this.connected.push(remote);
  }

  play(id: number, clips: readonly Clip[]): void {
    this.#playing = id;
    this.played.push(clips);
  }

  get plays(): boolean {
    return this.#playing !== undefined;
  }

  get records(): boolean {
    return this.#recording !== undefined;
  }

  stopPlaying(): void {
    this.#endPlay(true);
  }

  /** to the end */
  finishPlaying(): void {
    this.#endPlay(false);
  }

  record(id: number, limits: RecordingLimits): void {
    this.#recording = id;
    this.recorded.push(limits);
  }

  say(audio: Uint8Array): void {
    if (this.#recording !== undefined) this.onEvent({ kind: 'audio', id: this.#recording, audio });
  }

  stopRecording(): void {
    this.endRecording('stopped');
  }

  endRecording(endedBy: RecordingStats['endedBy'], stats: Partial<RecordingStats> = {}): void {
    const id = this.#recording;
    this.#recording = undefined;
    if (id !== undefined) this.onEvent({ kind: 'recorded', id, stats: { durationMs: 3000, speechMs: 2000, packetsLost: 0, packetsReceived: 150, ...stats, endedBy } });
  }

  /** As the worker does it: a digit ends a recording first. */
  dial(digits: string): void {
    for (const digit of digits) {
      this.endRecording('digit');
      this.onEvent({ kind: 'digit', digit });
    }
  }

  lose(): void {
    this.onEvent({ kind: 'lost' });
  }

  close(): Promise<{ received: number; sent: number; dropped: number }> {
    this.closed = true;
    this.endRecording('closed');
    this.#endPlay(true);
    return Promise.resolve({ received: 0, sent: 0, dropped: 0 });
  }

  #endPlay(interrupted: boolean): void {
    const id = this.#playing;
    this.#playing = undefined;
    if (id !== undefined) this.onEvent({ kind: 'played', id, playedMs: 700, interrupted });
  }
}
