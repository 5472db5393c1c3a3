import type { SipPhone } from '@sfs/testing';

export interface CallTimes {
  readonly calls: number;
  readonly failed: readonly string[];
  /** INVITE to 200, ms, in the order of the calls */
  readonly setUps: readonly number[];
}

/** Places calls at a steady rate, whatever becomes of them; each is hung up once it is answered. */
export async function callSteadily(from: SipPhone, to: string, { perSecond, seconds }: { perSecond: number; seconds: number }): Promise<CallTimes> {
  const failed: string[] = [];
  const setUps: number[] = [];
  const one = async (): Promise<void> => {
    const began = performance.now();
    try {
      const call = from.call(to);
      await call.answered(4000);
      setUps.push(performance.now() - began);
      await call.hangUp();
    } catch (error) {
      failed.push(error instanceof Error ? error.message : String(error));
    }
  };
  const total = perSecond * seconds;
  const running: Promise<void>[] = [];
  const start = performance.now();
  await new Promise<void>((done) => {
    const tick = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * perSecond));
      while (running.length < due) running.push(one());
      if (running.length === total) {
        clearInterval(tick);
        done();
      }
    }, 5);
  });
  await Promise.all(running);
  return { calls: total, failed, setUps };
}

export const inWords = ({ calls, failed, setUps }: CallTimes): string => {
  const sorted = [...setUps].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
  return `${failed.length} of ${calls} calls failed; set-up p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} ms`;
};
