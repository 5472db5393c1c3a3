import { OUTCOMES, type Outcome } from './reply.ts';

/** Plain integers on the hot path; turned into metrics when somebody scrapes. */
export class PhoneFilesCounters {
  readonly outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  bytes = 0;
  /** connections that ended before their answer did */
  broken = 0;
  /** connections beyond the limit, closed unheard */
  dropped = 0;
}
