import type { Command } from './child.ts';

/** A process of the stack, as data: what it is, how to start it and how to see that it serves. */
export interface Part {
  readonly name: string;
  /** Writes its files; answers the command to start. Runs before every start, also a restart. */
  prepare(): Promise<Command>;
  /** Asked again and again until true; must not throw. */
  isReady(): Promise<boolean>;
  readonly readyLimitMs: number;
  readonly stopLimitMs: number;
}
