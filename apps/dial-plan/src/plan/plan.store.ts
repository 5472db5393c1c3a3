/** One committed state of an entity of the plan. */
export interface PlanEntity {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly tag: string;
  readonly changedAt: string;
  readonly actor: string;
  readonly deleted: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface PlanWrite {
  readonly tenant: string;
  readonly actor: string;
  readonly requestId: string;
  readonly rows: readonly PlanRow[];
  readonly idempotencyKey?: string;
}

export interface PlanRow {
  readonly kind: string;
  readonly id: string;
  /** 'absent' also holds for a deleted entity */
  readonly expect: 'absent' | { readonly tag: string };
  readonly body: Readonly<Record<string, unknown>>;
  readonly deleted?: boolean;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string;
}

/** What the plan slice needs of the change log. Failures are DomainErrors. */
export interface PlanStore {
  read(tenant: string, kind: string, id: string): Promise<PlanEntity | undefined>;
  commit(write: PlanWrite): Promise<readonly PlanEntity[]>;
  list(tenant: string, list: string, page: { pageSize: number; pageToken?: string }): Promise<PageOf<PlanEntity>>;
  changes(tenant: string, page: { pageSize: number; pageToken?: string }): Promise<PageOf<PlanEntity & { readonly previousBody?: Readonly<Record<string, unknown>> }>>;
}
