/** Which keys belong to a group, for both ways: from a key to its only group, from a group to its keys. '' = no group. */
export class KeyGroups {
  readonly #groups = new Map<string, Set<string>>();
  readonly #groupOf = new Map<string, string>();

  /** Moves the key out of the group it was in. */
  put(key: string, group: string): void {
    const before = this.#groupOf.get(key);
    if (before === group) return;
    if (before !== undefined) this.#leave(key, before);
    if (group === '') return void this.#groupOf.delete(key);
    this.#groupOf.set(key, group);
    const keys = this.#groups.get(group);
    if (keys) keys.add(key);
    else this.#groups.set(group, new Set([key]));
  }

  of(group: string): ReadonlySet<string> {
    return this.#groups.get(group) ?? NOBODY;
  }

  #leave(key: string, group: string): void {
    const keys = this.#groups.get(group);
    keys?.delete(key);
    if (keys?.size === 0) this.#groups.delete(group);
  }
}

const NOBODY: ReadonlySet<string> = new Set();
