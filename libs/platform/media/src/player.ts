import { BYTES_PER_MS, conversion, FRAME, silenceByte, type Codec } from './codec.ts';
import type { Clip } from './session.ts';

/** Prompts by name, in both laws. */
export type Prompts = ReadonlyMap<string, Readonly<Record<Codec, Uint8Array>>>;

export type Played = (id: number, playedMs: number, interrupted: boolean) => void;

/** Fills frames with one clip after the other, without a gap between them. */
export class Player {
  private readonly prompts: Prompts;
  private readonly played: Played;
  private id = 0;
  private clips: readonly Clip[] = [];
  private active = false;
  private index = 0;
  /** samples of this clip that are said */
  private position = 0;
  private total = 0;

  constructor(prompts: Prompts, played: Played) {
    this.prompts = prompts;
    this.played = played;
  }

  play(id: number, clips: readonly Clip[]): void {
    this.stop();
    this.id = id;
    this.clips = clips;
    this.index = this.position = this.total = 0;
    this.active = true;
    if (clips.every((clip) => this.lengthOf(clip) === 0)) this.finish(false);
  }

  stop(): void {
    if (this.active) this.finish(true);
  }

  /** The next frame's bytes; false: nothing is playing, nothing was written. The last frame ends with silence. */
  fill(packet: Uint8Array, offset: number, codec: Codec): boolean {
    if (!this.active) return false;
    let at = 0;
    for (let clip = this.clips[this.index]; clip && at < FRAME; clip = this.clips[this.index]) {
      const left = this.lengthOf(clip) - this.position;
      const count = Math.min(left, FRAME - at);
      this.copy(clip, packet, offset + at, count, codec);
      at += count;
      this.position += count;
      if (count < left) break;
      this.index += 1;
      this.position = 0;
    }
    packet.fill(silenceByte(codec), offset + at, offset + FRAME);
    this.total += at;
    if (this.index === this.clips.length) this.finish(false);
    return true;
  }

  private finish(interrupted: boolean): void {
    this.active = false;
    this.clips = [];
    this.played(this.id, Math.round(this.total / BYTES_PER_MS), interrupted);
  }

  /** A prompt that is not known is not said. */
  private lengthOf(clip: Clip): number {
    if ('silenceMs' in clip) return Math.max(0, Math.round(clip.silenceMs * BYTES_PER_MS));
    return 'prompt' in clip ? (this.prompts.get(clip.prompt)?.pcmu.length ?? 0) : clip.audio.length;
  }

  private copy(clip: Clip, packet: Uint8Array, offset: number, count: number, codec: Codec): void {
    if ('silenceMs' in clip) {
      packet.fill(silenceByte(codec), offset, offset + count);
      return;
    }
    const audio = 'prompt' in clip ? this.prompts.get(clip.prompt)?.[codec] : clip.audio;
    const table = 'prompt' in clip ? undefined : conversion(clip.codec, codec);
    if (!audio) return;
    for (let index = 0; index < count; index += 1) {
      const byte = audio[this.position + index] ?? 0;
      packet[offset + index] = table ? (table[byte] ?? 0) : byte;
    }
  }
}
