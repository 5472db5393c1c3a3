export type EventKind = 'request' | 'notify' | 'window-opened' | 'window-used' | 'window-closed' | 'credential-rotated' | 'revision' | 'registered' | 'unregistered';
export type RequestOutcome = 'bootstrap' | 'window' | 'credential' | 'common' | 'unchanged' | 'refused' | 'wrong-credential' | 'missing' | 'limited';

/** A line of a device's timeline; its time is when it is noted. */
export interface NewEvent {
  readonly tenant: string;
  readonly mac: string;
  readonly kind: EventKind;
  /** request: file asked for; revision: what caused it */
  readonly subject?: string;
  /** HTTP or SIP status */
  readonly status?: number;
  readonly outcome?: RequestOutcome;
  readonly address?: string;
  readonly userAgent?: string;
  readonly sizeBytes?: number;
  /** served or declared */
  readonly revision?: number;
  /** when it was a person */
  readonly actor?: string;
  /** for people; what to do when something is wrong */
  readonly hint?: string;
  /** as far as the request named them */
  readonly vendor?: string;
  readonly model?: string;
  readonly firmware?: string;
}

export interface Fetched {
  readonly tenant: string;
  readonly mac: string;
  readonly revision: number;
  /** of the credential it asked with; 0 = none, it came by a window */
  readonly generation: number;
}

export interface Declared {
  readonly tenant: string;
  readonly mac: string;
  readonly revision: number;
  /** epoch ms */
  readonly at: number;
}

export interface WaitingPhone {
  readonly tenant: string;
  readonly mac: string;
  /** '' = unknown */
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string;
  readonly address: string;
  readonly userAgent: string;
}

export interface SweepSeen {
  readonly address: string;
  /** epoch ms */
  readonly beganAt: number;
  readonly lastAt: number;
  /** different MACs, as far as they were counted */
  readonly macs: number;
  readonly refused: number;
}

/** What happened, for people. Nothing is waited for and nothing throws; queues are bounded, what they do not take is counted and gone. */
export interface Facts {
  /**
   * Goes into the timeline, and into the device's status: `request` says from where it asked and how it named itself, `notify` its status, `revision` the newest
   * revision.
   */
  note(event: NewEvent): void;
  /** The own file of this revision went out completely, or 304 said that the phone has it. */
  fetched(fetch: Fetched): void;
  /** This is the newest revision, as far as this replica knows; without a line in the timeline. Older ones than known are passed over. */
  declared(revision: Declared): void;
  /** Newest generation a device has used; 0 = none. Memory. */
  usedGeneration(mac: string): number;
  /** An unknown phone asked. Called at each request. */
  waits(phone: WaitingPhone): void;
  /** Called again as a sweep goes on: same address and beganAt are the same sweep. */
  swept(sweep: SweepSeen): void;
}
