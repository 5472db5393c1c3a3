import type { Prompts } from './player.ts';
import type { Clip, MediaEvent, PacketCounts, RecordingLimits, RemoteMedia } from './session.ts';

/** What a worker is born with. The prompts' bytes lie in shared memory. */
export interface WorkerSetup {
  readonly host: string;
  readonly lostAfterMs: number;
  readonly prompts: Prompts;
}

/** To one session in a worker. */
export type SessionCommand =
  | { readonly kind: 'open'; readonly port: number }
  | { readonly kind: 'connect'; readonly remote: RemoteMedia }
  | { readonly kind: 'play'; readonly id: number; readonly clips: readonly Clip[] }
  | { readonly kind: 'stop-playing' }
  | { readonly kind: 'record'; readonly id: number; readonly limits: RecordingLimits }
  | { readonly kind: 'stop-recording' }
  | { readonly kind: 'close' };

export type ToWorker = { readonly session: number; readonly command: SessionCommand } | { readonly statsOf: number };

/** Of one session in a worker. */
export type SessionReport =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'event'; readonly event: MediaEvent }
  | { readonly kind: 'closed'; readonly packets: PacketCounts };

export interface WorkerStats {
  readonly spacing: Uint32Array;
  readonly cpuMicros: number;
}

export type FromWorker = { readonly session: number; readonly report: SessionReport } | { readonly statsOf: number; readonly stats: WorkerStats };
