/** One add-only fact of the gateway. */
export interface AuditEntry {
  readonly tenant: string;
  readonly actor: string;
  readonly kind: 'sign-in' | 'account' | 'token' | 'listening';
  readonly entityId: string;
  /** `event` says what happened; never a secret */
  readonly body: { readonly event: string; readonly [field: string]: string };
}

export interface RecordedEntry extends AuditEntry {
  readonly at: string;
  readonly id: string;
}

export interface AuditPage {
  readonly items: readonly RecordedEntry[];
  readonly nextPageToken: string;
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(tenant: string, pageToken: string, pageSize: number): Promise<AuditPage>;
}
