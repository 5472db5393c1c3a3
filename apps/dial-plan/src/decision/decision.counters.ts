export const OUTCOMES = ['route', 'reject', 'emergency', 'own-plan', 'refused', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Upper bounds of the histogram's buckets, in microseconds. */
export const BUCKETS_US: readonly number[] = [5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20_000];

/** Plain integers on the hot path; turned into metrics when somebody scrapes. */
export class DecisionCounters {
  readonly outcomes: Record<Outcome, number> = { route: 0, reject: 0, emergency: 0, 'own-plan': 0, refused: 0, failed: 0 };
  readonly buckets: number[] = new Array<number>(BUCKETS_US.length + 1).fill(0);
  microseconds = 0;
  /** decided although the state of the dialled number was not said */
  missingState = 0;
  heartbeatsOk = 0;
  heartbeatsRefused = 0;

  decided(outcome: Outcome, microseconds: number): void {
    this.outcomes[outcome]++;
    this.microseconds += microseconds;
    let bucket = 0;
    while (bucket < BUCKETS_US.length && microseconds > (BUCKETS_US[bucket] as number)) bucket++;
    this.buckets[bucket] = (this.buckets[bucket] as number) + 1;
  }
}
