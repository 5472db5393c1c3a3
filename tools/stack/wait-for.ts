import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from './stack-error.ts';

export interface WaitOptions {
  /** completes the sentence "… was not true after N s" */
  readonly what: string;
  readonly limitMs: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

/** Polls until the condition returns something other than false or undefined. */
export async function waitFor<T>(condition: () => Promise<T | false | undefined> | T | false | undefined, options: WaitOptions): Promise<T> {
  const until = performance.now() + options.limitMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const value = await condition();
    if (value !== false && value !== undefined) return value;
    if (performance.now() > until) throw new StackError(`${options.what}: not so after ${options.limitMs / 1000} s`);
    await delay(options.intervalMs ?? 100, undefined, options.signal ? { signal: options.signal } : {});
  }
}
