import { BYTES_PER_MS, conversion, silenceByte, speechLevel, SPEECH_LEVEL, type Codec } from './codec.ts';
import type { RecordingLimits, RecordingStats } from './session.ts';

/** a second of audio */
const CHUNK = 8000;
/** what waits for its second to be full is given away after so long */
const STALE_MS = 1500;
/** by how much audio may be ahead of the clock */
const SLACK_MS = 200;
/** no audio for so much longer than allowed: it ends by the clock */
const CLOCK_MS = 500;

export interface RecorderOutput {
  audio(id: number, audio: Uint8Array<ArrayBuffer>): void;
  recorded(id: number, stats: RecordingStats): void;
}

/** One recording after the other: bytes as they came, gaps as silence, out again each second. */
export class Recorder {
  private readonly output: RecorderOutput;
  private id = 0;
  private active = false;
  private codec: Codec = 'pcmu';
  private limitBytes = 0;
  private limitMs = 0;
  private silenceMs = 0;
  private startedAt = 0;
  private spokenAt = 0;
  private flushedAt = 0;
  private chunk = new Uint8Array(0);
  private filled = 0;
  private total = 0;
  private speechBytes = 0;
  private packetsLost = 0;
  private packetsReceived = 0;

  constructor(output: RecorderOutput) {
    this.output = output;
  }

  get recording(): boolean {
    return this.active;
  }

  /** All of it will be of this law, even when the call's changes. */
  start(id: number, limits: RecordingLimits, codec: Codec, now: number): void {
    this.end('stopped');
    this.id = id;
    this.active = true;
    this.codec = codec;
    this.limitMs = limits.maxMs;
    this.limitBytes = limits.maxMs * BYTES_PER_MS;
    this.silenceMs = limits.silenceMs;
    this.startedAt = this.spokenAt = this.flushedAt = now;
    this.filled = this.total = this.speechBytes = this.packetsLost = this.packetsReceived = 0;
  }

  audio(payload: Uint8Array, codec: Codec, now: number): void {
    if (!this.active) return;
    this.packetsReceived += 1;
    if (speechLevel(payload, codec) >= SPEECH_LEVEL) {
      this.speechBytes += payload.length;
      this.spokenAt = now;
    }
    this.append(payload, conversion(codec, this.codec));
  }

  lost(packets: number, samples: number, now: number): void {
    if (!this.active) return;
    this.packetsLost += packets;
    this.pause(samples, now);
  }

  /** What is missing may have begun to be so before the recording: more than the time since then is not filled up. */
  pause(samples: number, now: number): void {
    if (!this.active) return;
    const elapsed = Math.round((now - this.startedAt + SLACK_MS) * BYTES_PER_MS);
    this.fill(Math.min(samples, elapsed - this.total));
  }

  /** Ends what is silent or has run out of time, by the clock: also when no packets come. */
  tick(now: number): void {
    if (!this.active) return;
    if (now - this.flushedAt >= STALE_MS) this.flush(now);
    if (this.silenceMs > 0 && now - this.spokenAt >= this.silenceMs) this.end('silence');
    else if (now - this.startedAt >= this.limitMs + CLOCK_MS) this.end('max');
  }

  end(endedBy: RecordingStats['endedBy']): void {
    if (!this.active) return;
    this.active = false;
    this.flush(this.flushedAt);
    this.chunk = new Uint8Array(0);
    this.output.recorded(this.id, {
      durationMs: Math.round(this.total / BYTES_PER_MS),
      speechMs: Math.round(this.speechBytes / BYTES_PER_MS),
      packetsLost: this.packetsLost,
      packetsReceived: this.packetsReceived,
      endedBy,
    });
  }

  private fill(samples: number): void {
    const silence = silenceByte(this.codec);
    for (let left = samples; left > 0 && this.active; ) {
      const room = this.room(left);
      this.chunk.fill(silence, this.filled, this.filled + room);
      this.advance(room);
      left -= room;
    }
  }

  private append(payload: Uint8Array, table: Uint8Array | undefined): void {
    for (let at = 0; at < payload.length && this.active; ) {
      const room = this.room(payload.length - at);
      if (table) for (let index = 0; index < room; index += 1) this.chunk[this.filled + index] = table[payload[at + index] ?? 0] ?? 0;
      else this.chunk.set(room === payload.length ? payload : payload.subarray(at, at + room), this.filled);
      this.advance(room);
      at += room;
    }
  }

  /** How many of these bytes go into the chunk at hand. */
  private room(wanted: number): number {
    if (this.chunk.length === 0) this.chunk = new Uint8Array(CHUNK);
    return Math.min(wanted, CHUNK - this.filled, this.limitBytes - this.total);
  }

  private advance(bytes: number): void {
    this.filled += bytes;
    this.total += bytes;
    if (this.filled === CHUNK) this.flush(this.flushedAt + CHUNK / BYTES_PER_MS);
    if (this.total >= this.limitBytes) this.end('max');
  }

  private flush(now: number): void {
    this.flushedAt = now;
    if (this.filled === 0) return;
    const audio = this.filled === CHUNK ? this.chunk : this.chunk.slice(0, this.filled);
    this.chunk = new Uint8Array(0);
    this.filled = 0;
    this.output.audio(this.id, audio);
  }
}
