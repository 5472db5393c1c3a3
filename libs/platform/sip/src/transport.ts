import type { Counters } from './counters.ts';
import type { Trust } from './trust.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where something came from, and the way back. */
export interface Source extends Place {
  readonly transport: TransportKind;
  /** latin1 text; never fails, what cannot be sent is counted */
  reply(text: string, to?: Place): void;
}

export type TransportKind = 'udp' | 'tcp';

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  readonly trust: Trust;
  readonly counters: Counters;
  onMessage(bytes: Buffer, source: Source): void;
}

export interface Transport {
  readonly kind: TransportKind;
  send(text: string, to: Place): void;
  close(): Promise<void>;
}

export const MAX_DATAGRAM = 16 * 1024;
export const MAX_STREAM_MESSAGE = 64 * 1024;
