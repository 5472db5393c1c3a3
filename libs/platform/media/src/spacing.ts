const BUCKETS_PER_MS = 10;
const BUCKETS = 1000 * BUCKETS_PER_MS;

export interface Spacing {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** How far packets of a stream are apart, in tenths of a millisecond up to a second. */
export class SpacingHistogram {
  readonly counts = new Uint32Array(BUCKETS);

  add(ms: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.round(ms * BUCKETS_PER_MS)));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  /** Adds what another one has counted. */
  merge(counts: Uint32Array): void {
    counts.forEach((count, bucket) => {
      this.counts[bucket] = (this.counts[bucket] ?? 0) + count;
    });
  }

  /** All 0 when nothing was counted. */
  summary(): Spacing {
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    return { p50: this.at(total * 0.5), p99: this.at(total * 0.99), p999: this.at(total * 0.999), max: this.at(total) };
  }

  /** The spacing that so many are at or below. */
  private at(rank: number): number {
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS && rank > 0; bucket += 1) {
      seen += this.counts[bucket] ?? 0;
      if (seen >= rank) return bucket / BUCKETS_PER_MS;
    }
    return 0;
  }
}
