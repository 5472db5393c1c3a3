import { types } from 'cassandra-driver';
import type { Row } from './session.ts';

/** So that no driver type leaves this library. */
export function plainRow(row: types.Row): Row {
  const plain: Record<string, unknown> = {};
  for (const name of row.keys()) plain[name] = plainValue(row.get(name));
  return plain;
}

function plainValue(value: unknown): unknown {
  if (value instanceof types.Uuid || value instanceof types.InetAddress || value instanceof types.LocalDate) return value.toString();
  if (value instanceof types.Long) return BigInt(value.toString());
  return value;
}
