import type { EffectiveCallSettings } from '@sfs/call-settings';

/** DN -> who is there. One entry is replaced in place per change; the plan is not touched. */
export interface DirectoryEntry {
  readonly number: string;
  readonly userId: string;
  readonly displayName: string;
  /** '' = the switch's default */
  readonly callingProfileId: string;
  /** takes this user's messages; '' = none */
  readonly mailbox: string;
  readonly settings: EffectiveCallSettings;
}

export interface Directory {
  find(number: string): DirectoryEntry | undefined;
}
