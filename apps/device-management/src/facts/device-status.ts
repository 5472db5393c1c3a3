import type { Declared, Fetched } from './facts.port.ts';

/** What is known of a device beside what is entered; 0 and '' = nothing yet. Times are epoch ms. */
export interface DeviceStatus {
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly lastAddress: string;
  readonly userAgent: string;
  readonly firmware: string;
  readonly declaredRevision: number;
  readonly declaredAt: number;
  readonly runningRevision: number;
  readonly fetchedAt: number;
  readonly usedGeneration: number;
  readonly notifiedAt: number;
  readonly notifyStatus: number;
}

/** What is told together, and written with one time: so that two replicas never blend. */
export type StatusPart = 'seen' | 'fetched' | 'used' | 'declared' | 'notified';

export const NO_STATUS: DeviceStatus = {
  firstSeenAt: 0,
  lastSeenAt: 0,
  lastAddress: '',
  userAgent: '',
  firmware: '',
  declaredRevision: 0,
  declaredAt: 0,
  runningRevision: 0,
  fetchedAt: 0,
  usedGeneration: 0,
  notifiedAt: 0,
  notifyStatus: 0,
};

export interface Seen {
  readonly at: number;
  readonly address: string;
  readonly userAgent: string;
  /** '' = the request does not say: what was known stays */
  readonly firmware: string;
}

export function withSeen(status: DeviceStatus, { at, address, userAgent, firmware }: Seen): DeviceStatus {
  return { ...status, firstSeenAt: status.firstSeenAt || at, lastSeenAt: at, lastAddress: address, userAgent, firmware: firmware === '' ? status.firmware : firmware };
}

export function withFetch(status: DeviceStatus, { revision, generation }: Pick<Fetched, 'revision' | 'generation'>, at: number): DeviceStatus {
  return { ...status, runningRevision: revision, fetchedAt: at, usedGeneration: Math.max(status.usedGeneration, generation) };
}

export function withDeclared(status: DeviceStatus, { revision, at }: Pick<Declared, 'revision' | 'at'>): DeviceStatus {
  return revision <= status.declaredRevision ? status : { ...status, declaredRevision: revision, declaredAt: at };
}

/** Of two that were told apart from each other: of each part the later one. */
export function merged(a: DeviceStatus, b: DeviceStatus): DeviceStatus {
  const seen = a.lastSeenAt >= b.lastSeenAt ? a : b;
  const fetched = a.fetchedAt >= b.fetchedAt ? a : b;
  const declared = a.declaredRevision >= b.declaredRevision ? a : b;
  const notified = a.notifiedAt >= b.notifiedAt ? a : b;
  return {
    firstSeenAt: Math.min(a.firstSeenAt || b.firstSeenAt, b.firstSeenAt || a.firstSeenAt),
    lastSeenAt: seen.lastSeenAt,
    lastAddress: seen.lastAddress,
    userAgent: seen.userAgent,
    firmware: seen.firmware,
    declaredRevision: declared.declaredRevision,
    declaredAt: declared.declaredAt,
    runningRevision: fetched.runningRevision,
    fetchedAt: fetched.fetchedAt,
    usedGeneration: Math.max(a.usedGeneration, b.usedGeneration),
    notifiedAt: notified.notifiedAt,
    notifyStatus: notified.notifyStatus,
  };
}
