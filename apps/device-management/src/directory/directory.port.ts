/** What a phone's line is made of, as provisioning says it. */
export interface Line {
  readonly tenant: string;
  readonly switchId: string;
  readonly number: string;
  /** '' = nobody's number */
  readonly userId: string;
  /** of that user; '' = nobody's */
  readonly displayName: string;
  readonly sipDomain: string;
  /** of the switch */
  readonly siteId: string;
  /** another one when anything of the above, or the number's SIP password, is another */
  readonly stamp: string;
}

export interface LineKey {
  readonly tenant: string;
  readonly switchId: string;
  readonly number: string;
}

/** Provisioning's switches, users and numbers, out of memory; answers from the last known state while provisioning is away. */
export interface Directory {
  /** False until provisioning was heard for the first time: then nobody knows which numbers there are. */
  readonly isLoaded: boolean;
  /** undefined = there is no such number, or no such switch */
  line(tenant: string, switchId: string, number: string): Line | undefined;
  numberOf(sipDomain: string, number: string): LineKey | undefined;
  /** Tells of each line whose stamp may have changed. */
  onChanged(listener: (line: LineKey) => void): void;
}
