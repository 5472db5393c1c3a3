import type { Codec } from './codec.ts';

/** Where the other side wants its audio, out of its SDP. */
export interface RemoteMedia {
  readonly address: string;
  readonly port: number;
  readonly codec: Codec;
  readonly payloadType: number;
  /** RFC 4733 telephone-event; undefined = the other side sends none */
  readonly digitPayloadType?: number | undefined;
  /** as they said it: sendonly or inactive = they hold, we send nothing to inactive */
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

/** Audio to play: a prompt that was loaded by name, or G.711 bytes of `codec` (converted when the session speaks the other law). */
export type Clip = { readonly prompt: string } | { readonly audio: Uint8Array; readonly codec: Codec } | { readonly silenceMs: number };

export interface RecordingLimits {
  readonly maxMs: number;
  /** ends by itself after so much silence behind speech (or without any speech); 0 = never */
  readonly silenceMs: number;
}

export interface RecordingStats {
  readonly durationMs: number;
  /** time with speech in it */
  readonly speechMs: number;
  /** never came; kept as silence in the audio */
  readonly packetsLost: number;
  readonly packetsReceived: number;
  readonly endedBy: 'stopped' | 'silence' | 'max' | 'digit' | 'closed';
}

export type MediaEvent =
  /** one RFC 4733 event = one digit, however often its packets were repeated; the recording does not contain it */
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'played'; readonly id: number; readonly playedMs: number; readonly interrupted: boolean }
  /** while recording, about every second and at its end: G.711 as received, byte for byte, gaps as the law's silence */
  | { readonly kind: 'audio'; readonly id: number; readonly audio: Uint8Array }
  | { readonly kind: 'recorded'; readonly id: number; readonly stats: RecordingStats }
  /** nothing has been received for 30 s although the other side should send */
  | { readonly kind: 'lost' };

export interface PacketCounts {
  readonly received: number;
  readonly sent: number;
  /** late, doubled, of strangers, of another payload type, no RTP at all, or a flood of digits */
  readonly dropped: number;
}

/** One call's audio. All methods return at once; the work is done in the media worker. */
export interface MediaSession {
  /** local RTP port, even */
  readonly port: number;
  readonly host: string;
  onEvent: (event: MediaEvent) => void;
  /** first, and again after each re-INVITE */
  connect(remote: RemoteMedia): void;
  /** plays the clips one after the other, from now; a `played` with this id ends it. What was playing is interrupted. */
  play(id: number, clips: readonly Clip[]): void;
  stopPlaying(): void;
  record(id: number, limits: RecordingLimits): void;
  stopRecording(): void;
  /** Ends what plays and records (their events come first) and frees the port; packets that have come and gone, for the log. */
  close(): Promise<PacketCounts>;
}

export interface MediaOptions {
  /** where the worker's file lies when this lib is bundled: `new URL('./media-worker.js', import.meta.url)`; default: the source beside this one */
  readonly workerUrl?: URL;
  /** default 30 s */
  readonly lostAfterMs?: number;
  /** address to bind and to say in SDP */
  readonly host: string;
  readonly portFrom: number;
  readonly portTo: number;
  readonly workers: number;
  /** G.711 by name, of either law; a clip with another name is not said */
  readonly prompts: ReadonlyMap<string, { readonly audio: Uint8Array; readonly codec: Codec }>;
}

export interface Media {
  /** DomainError `exhausted` `media/no-port` when all ports or sessions are in use */
  open(): Promise<MediaSession>;
  readonly sessions: number;
  /** CPU and lateness of the workers: p50/p99/p99.9/max ms between two packets of a stream */
  stats(): Promise<{ sessions: number; spacingMs: { p50: number; p99: number; p999: number; max: number }; cpuMicros: number }>;
  close(): Promise<void>;
}
