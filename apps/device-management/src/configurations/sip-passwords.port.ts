import type { Line } from '../directory/directory.port.ts';

/** What a phone registers with. Never logged, never stored. */
export interface SipAccount {
  readonly userName: string;
  readonly password: string;
  readonly sipDomain: string;
}

/** Provisioning. */
export interface SipPasswordSource {
  /** DomainError not-found: no phone can register with this number. */
  ask(line: Line): Promise<SipAccount>;
}
