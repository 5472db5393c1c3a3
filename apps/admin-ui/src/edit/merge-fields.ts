/** Field by field after a 412: who changed what since the version the edit was based on. */
export interface FieldConflict<T> {
  readonly key: keyof T & string;
  readonly mineChanged: boolean;
  readonly theirsChanged: boolean;
  /** preselected only where one side alone touched the field */
  readonly choice: 'mine' | 'theirs' | undefined;
}

export function compareFields<T extends object>(keys: readonly (keyof T & string)[], base: T, mine: T, theirs: T): readonly FieldConflict<T>[] {
  return keys.flatMap((key) => {
    const mineChanged = !same(base[key], mine[key]);
    const theirsChanged = !same(base[key], theirs[key]);
    if ((!mineChanged && !theirsChanged) || same(mine[key], theirs[key])) return [];
    const choice = mineChanged && theirsChanged ? undefined : mineChanged ? 'mine' : 'theirs';
    return [{ key, mineChanged, theirsChanged, choice } as const];
  });
}

/** The saved version with the chosen fields of mine put over it; fields in no conflict are equal on both sides or untouched by me. */
export function mergeFields<T extends object>(mine: T, theirs: T, choices: Readonly<Partial<Record<keyof T & string, 'mine' | 'theirs'>>>): T {
  const result = { ...theirs };
  for (const key of Object.keys(choices) as (keyof T & string)[]) if (choices[key] === 'mine') result[key] = mine[key];
  return result;
}

/** Equal as JSON, whatever the order of keys; a missing field equals an undefined one. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}
