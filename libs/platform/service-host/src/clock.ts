/** Time as calls and pacing need it; tests bring their own. */
export interface Clock {
  /** by a clock that never goes back, ms */
  now(): number;
  /** Calls once after so long, unless cancelled by what it returns. */
  after(ms: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
