import { DomainError } from '@sfs/kernel';
import { fingerprintOf, tagFor } from './tags.ts';
import type { CommitRequest, EntityKey, Expectation } from './types.ts';

/** One row of an operation as the intent keeps it. */
export interface PlannedRow {
  readonly kind: string;
  readonly id: string;
  readonly tag: string;
  readonly expect: Expectation;
  readonly deleted: boolean;
  /** the first row's is not kept in the intent: without it having been written there is nothing to complete */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A change over one or several entities of a tenant: the first row decides. */
export interface Operation {
  readonly tenant: string;
  readonly actor: string;
  /** fingerprint of the request */
  readonly request: string;
  readonly rows: readonly PlannedRow[];
}

const LIMIT_ROWS = 500;

export function planOperation(request: CommitRequest, key: string): Operation {
  refuseOddRows(request);
  return {
    tenant: request.tenant,
    actor: request.actor,
    request: request.fingerprint ?? fingerprintOf(request.rows),
    rows: request.rows.map(({ kind, id, expect, body, deleted }) => ({
      kind,
      id,
      tag: tagFor(request.tenant, key, { kind, id }),
      expect,
      deleted: deleted === true,
      body,
    })),
  };
}

export function keyOf(operation: Operation, row: PlannedRow): EntityKey {
  return { tenant: operation.tenant, kind: row.kind, id: row.id };
}

export function encodeOperation({ tenant, actor, request, rows }: Operation): string {
  return JSON.stringify({ tenant, actor, request, rows: rows.map(({ body, ...row }, index) => (index === 0 ? row : { ...row, body })) });
}

/** Written by ourselves only. */
export function decodeOperation(text: string): Operation {
  return JSON.parse(text) as Operation;
}

function refuseOddRows({ rows, tenant }: CommitRequest): void {
  const names = new Set(rows.map(({ kind, id }) => JSON.stringify([kind, id])));
  if (tenant === '' || rows.length === 0 || rows.length > LIMIT_ROWS || names.size !== rows.length || rows.some(({ id }) => id === '')) {
    throw new DomainError('invalid', 'change-log/odd-operation', `A change names a tenant and 1 to ${LIMIT_ROWS} different entities.`);
  }
}
