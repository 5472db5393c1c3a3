/** The last few of something; the oldest goes first. */
export class Ring<T> {
  private readonly items: T[] = [];
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  push(item: T): void {
    this.items.push(item);
    // Cut rarely: shifting a long list once per call would cost more than the call.
    if (this.items.length >= this.capacity * 2) this.items.splice(0, this.items.length - this.capacity);
  }

  newestFirst(): T[] {
    return this.items.slice(-this.capacity).reverse();
  }
}
