import type { Codec } from '@sfs/media';

/** What the deposited fact keeps of a message. */
export interface MessageBody {
  readonly fromNumber: string;
  readonly fromName: string;
  readonly reason: string;
  readonly callId: string;
  readonly codec: Codec;
  readonly durationMs: number;
  readonly packetsLost: number;
  readonly truncated: boolean;
  readonly sizeBytes: number;
  /** SHA-256, hex */
  readonly contentHash: string;
}
