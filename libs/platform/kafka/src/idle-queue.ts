import { createRequire } from 'node:module';

/** As much of the driver's queue of requests as is touched here (kafkajs 2.2.4, src/network/requestQueue). Each connection has one. */
export interface RequestQueue {
  readonly pending: readonly unknown[];
  push(request: object): void;
  maybeThrottle(ms: number): void;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/**
 * The driver looks whether a request waits, and again a millisecond later, for ever (tulios/kafkajs#1704): an idle process with some connections
 * takes 4 % of a core for it. With this file imported it looks only while one waits.
 */
export const RestingQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as new (options: object) => RequestQueue;

const schedule = Reflect.get(RestingQueue.prototype, 'scheduleCheckPendingRequests') as RequestQueue['scheduleCheckPendingRequests'];
RestingQueue.prototype.scheduleCheckPendingRequests = function scheduleWhilePending(this: RequestQueue): void {
  if (this.pending.length > 0) schedule.call(this);
};
