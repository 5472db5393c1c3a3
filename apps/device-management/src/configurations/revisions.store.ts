/** A version of a device's own file; what was in it is stored nowhere. */
export interface StoredRevision {
  readonly revision: number;
  /** of the content */
  readonly hash: string;
  /** epoch ms */
  readonly at: number;
}

export interface NewRevision extends StoredRevision {
  /** for people */
  readonly cause: string;
}

export interface RevisionsStore {
  /** undefined = the device has none yet */
  newest(tenant: string, mac: string): Promise<StoredRevision | undefined>;
  /** False when somebody else has written this number. DomainError with outcomeUnknown when the store did not say. */
  add(tenant: string, mac: string, revision: NewRevision): Promise<boolean>;
}
