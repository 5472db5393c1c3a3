import type { World } from './world.ts';

/** A step holds or throws; what it returns is said beside it. */
export interface Step {
  readonly says: string;
  run(world: World): Promise<string | void>;
}

/** Told by `npm run demo` against the running stack and proved by the e2e suite: the same steps in both. */
export interface Story {
  readonly name: string;
  readonly steps: readonly Step[];
  /** leaves the stack as it was found; runs after a failure, too */
  cleanUp(world: World): Promise<void>;
}
