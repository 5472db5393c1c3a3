import type { Row } from './session.ts';

/** A text column; absent or null is ''. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

/** An int or bigint column as a number; undefined when null. */
export function numberOf(row: Row, column: string): number | undefined {
  const value = row[column];
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}
