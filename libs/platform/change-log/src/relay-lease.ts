import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { textOf, type CqlSession } from '@sfs/cassandra';
import type { Logger } from 'pino';
import { dropLease, keepLease, takeLease } from './change-log.cql.ts';

const ROUND_MS = 1_000;
/** below the row's time to live (5 s): the holder stops before another may begin */
const TRUST_MS = 4_000;

/** At most one relay of an owner works at a site; after a crash another takes over within seconds. Two at once for a moment would only publish twice. */
export class RelayLease {
  readonly #session: CqlSession;
  readonly #site: string;
  readonly #self: string;
  readonly #log: Logger;
  #renewedAt: number | undefined;
  #holder = '';

  constructor(session: CqlSession, site: string, { instance, log }: { readonly instance: string; readonly log: Logger }) {
    this.#session = session;
    this.#site = site;
    this.#self = `${instance} ${randomUUID()}`;
    this.#log = log;
  }

  get isHeld(): boolean {
    return this.#renewedAt !== undefined && performance.now() - this.#renewedAt < TRUST_MS;
  }

  /** instance name of who has it, as far as known */
  get holder(): string {
    return this.#holder.split(' ')[0] ?? '';
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#round().catch((error: unknown) => this.#log.debug({ err: error }, 'relay lease not renewed'));
      await pause(ROUND_MS, undefined, { signal: stop }).catch(() => undefined);
    }
    await this.#session.execute(dropLease, [this.#site, this.#self]).catch(() => undefined);
    this.#renewedAt = undefined;
  }

  async #round(): Promise<void> {
    const begun = performance.now();
    // Renewing comes first: after an unknown outcome of taking it, it may be ours already.
    const kept = await this.#session.execute(keepLease, [this.#self, this.#site, this.#self]);
    const result = kept.applied ? kept : await this.#session.execute(takeLease, [this.#site, this.#self]);
    const before = this.#renewedAt;
    this.#renewedAt = result.applied ? begun : undefined;
    this.#holder = result.applied ? this.#self : textOf(result.rows[0] ?? {}, 'holder');
    if (result.applied && before === undefined) this.#log.info({ origin: this.#site }, 'this instance relays now');
    if (!result.applied && before !== undefined) this.#log.warn({ origin: this.#site, holder: this.holder }, 'another instance relays now');
  }
}
