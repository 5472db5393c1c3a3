/** A place in a JSON document, with the list that collects what is wrong. */
export interface At {
  readonly value: unknown;
  readonly path: string;
  readonly faults: string[];
}

const MOST_ITEMS = 1000;
const LONGEST_TEXT = 1024;

export function blame(at: At, what: string): void {
  at.faults.push(at.path === '' ? what : `${at.path}: ${what}`);
}

export type Fields = (name: string) => At;

/** The fields of an object; unknown ones are faults, missing ones read as undefined. */
export function fieldsAt(at: At, names: readonly string[]): Fields {
  const record = isRecord(at.value) ? at.value : undefined;
  if (record === undefined) blame(at, 'must be an object');
  for (const name of Object.keys(record ?? {})) if (!names.includes(name)) blame(at, `has an unknown field ${JSON.stringify(name.slice(0, 64))}`);
  return (name) => ({ value: record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined, path: at.path === '' ? name : `${at.path}.${name}`, faults: at.faults });
}

/** One line of text; without a `fallback` it must be there. */
export function textAt(at: At, fallback?: string): string {
  if (at.value === undefined && fallback !== undefined) return fallback;
  if (typeof at.value !== 'string') {
    blame(at, 'must be text');
    return fallback ?? '';
  }
  if (at.value.length > LONGEST_TEXT) blame(at, `must have at most ${String(LONGEST_TEXT)} characters`);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(at.value)) blame(at, 'must not have line breaks or control characters');
  return at.value;
}

/** Text of this shape. */
export function matchAt(at: At, pattern: RegExp, what: string, fallback?: string): string {
  const text = textAt(at, fallback);
  if (typeof at.value === 'string' && !pattern.test(text)) blame(at, `must be ${what}`);
  return text;
}

/** A list; absent = empty. */
export function listAt<T>(at: At, read: (item: At) => T): readonly T[] {
  if (at.value === undefined) return [];
  if (!Array.isArray(at.value)) {
    blame(at, 'must be a list');
    return [];
  }
  if (at.value.length > MOST_ITEMS) {
    blame(at, `must have at most ${String(MOST_ITEMS)} items`);
    return [];
  }
  return at.value.map((value: unknown, index) => read({ value, path: `${at.path}[${String(index)}]`, faults: at.faults }));
}

export const textsAt = (at: At): readonly string[] => listAt(at, (item) => textAt(item));

/** An object used as a table; absent = empty. */
export function tableAt<T>(at: At, read: (item: At) => T): ReadonlyMap<string, T> {
  if (at.value === undefined) return new Map();
  if (!isRecord(at.value)) {
    blame(at, 'must be an object');
    return new Map();
  }
  const entries = Object.entries(at.value);
  if (entries.length > MOST_ITEMS) {
    blame(at, `must have at most ${String(MOST_ITEMS)} entries`);
    return new Map();
  }
  return new Map(entries.map(([name, value]) => [name, read({ value, path: `${at.path}[${JSON.stringify(name.slice(0, 64))}]`, faults: at.faults })]));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
