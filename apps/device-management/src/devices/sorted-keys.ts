/** Few changes are put in their places one by one; more of them are merged at the next look, in one pass. */
const FEW = 16;

/** Texts in order, for pages out of a set of 100,000: no page copies or sorts the whole. */
export class SortedKeys {
  #sorted: string[] = [];
  #added = new Set<string>();
  #removed = new Set<string>();

  add(key: string): void {
    if (this.#removed.delete(key)) return;
    if (!this.#contains(key)) this.#added.add(key);
  }

  delete(key: string): void {
    if (this.#added.delete(key)) return;
    if (this.#contains(key)) this.#removed.add(key);
  }

  get size(): number {
    return this.#sorted.length + this.#added.size - this.#removed.size;
  }

  /** Of the next ones after `key` ('' = from the first) at most `most`, in order. */
  after(key: string, most: number): readonly string[] {
    this.#settle();
    const from = key === '' ? 0 : this.#placeOf(key);
    const start = this.#sorted[from] === key ? from + 1 : from;
    return this.#sorted.slice(start, start + most);
  }

  #settle(): void {
    if (this.#added.size + this.#removed.size === 0) return;
    if (this.#added.size + this.#removed.size <= FEW) this.#placeEach();
    else this.#merge();
    this.#added = new Set();
    this.#removed = new Set();
  }

  #placeEach(): void {
    for (const key of this.#removed) this.#sorted.splice(this.#placeOf(key), 1);
    for (const key of this.#added) this.#sorted.splice(this.#placeOf(key), 0, key);
  }

  #merge(): void {
    const added = [...this.#added].sort();
    const merged: string[] = [];
    let next = 0;
    for (const key of this.#sorted) {
      for (let news = added[next]; news !== undefined && news < key; news = added[next]) {
        merged.push(news);
        next += 1;
      }
      if (!this.#removed.has(key)) merged.push(key);
    }
    this.#sorted = merged.concat(added.slice(next));
  }

  #contains(key: string): boolean {
    return this.#sorted[this.#placeOf(key)] === key;
  }

  /** Where it stands or would stand. */
  #placeOf(key: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
