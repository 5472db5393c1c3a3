/** The moments between two steps of a commit, in order. */
export const FAILPOINTS = ['before-intent', 'after-intent', 'after-write', 'after-followers', 'after-indexes', 'after-publish'] as const;
export type FailpointName = (typeof FAILPOINTS)[number] | `after-row-${number}`;

/** Called at each moment; a test throws or kills there. */
export type Failpoint = (name: FailpointName) => void | Promise<void>;

/** For the proof that a killed process loses nothing: dies by SIGKILL at the named moment. Undefined = never. */
export function killAt(name: string | undefined): Failpoint | undefined {
  if (name === undefined || name === '') return undefined;
  return async (reached) => {
    if (reached !== name) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  };
}
