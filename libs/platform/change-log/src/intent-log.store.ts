import { randomInt } from 'node:crypto';
import { newTimeUuid, numberOf, textOf, type CqlSession } from '@sfs/cassandra';
import { putIntent, readIntents, readIntentsEverywhere } from './change-log.cql.ts';
import { decodeOperation, encodeOperation, type Operation } from './operation.ts';

export interface Intent {
  readonly id: string;
  readonly origin: string;
  readonly minute: number;
  /** when it was written, by the writer's clock */
  readonly atMs: number;
  readonly operation: Operation;
}

export const INTENT_TTL_MINUTES = 24 * 60;
const SHARDS = 4;
const READ_PAGE = 1_000;

export function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000);
}

/** The intent log of all origins, as this site has it. */
export class IntentLog {
  readonly #session: CqlSession;
  readonly #site: string;

  constructor(session: CqlSession, site: string) {
    this.#session = session;
    this.#site = site;
  }

  async write(operation: Operation): Promise<string> {
    const id = newTimeUuid();
    await this.#session.execute(putIntent, [this.#site, minuteOf(Date.now()), randomInt(SHARDS), id, encodeOperation(operation)]);
    return id;
  }

  /** `everywhere` fails unless a quorum of every site answers; then nothing acknowledged anywhere is missing. */
  async read(origin: string, minutes: readonly number[], reach: 'local' | 'everywhere'): Promise<Intent[]> {
    const statement = reach === 'local' ? readIntents : readIntentsEverywhere;
    const intents: Intent[] = [];
    let state: string | undefined;
    do {
      const page = { size: READ_PAGE, ...(state === undefined ? {} : { state }) };
      const { rows, pageState } = await this.#session.execute(statement, [origin, [...minutes]], page);
      for (const row of rows) {
        const at = row['at'];
        const atMs = at instanceof Date ? at.getTime() : 0;
        intents.push({ id: textOf(row, 'id'), origin, minute: numberOf(row, 'minute') ?? 0, atMs, operation: decodeOperation(textOf(row, 'operation')) });
      }
      state = pageState;
    } while (state !== undefined);
    return intents;
  }
}

/** Relays forget an intent that stays without effect for a minute; so nobody may write on the strength of one older than this. */
export const FRESH_MS = 20_000;

/** The intent of one operation in progress, written anew when the process was held up. */
export class FreshIntent {
  readonly #log: IntentLog;
  readonly #operation: Operation;
  #writtenAt: number | undefined;
  #id = '';

  constructor(log: IntentLog, operation: Operation) {
    this.#log = log;
    this.#operation = operation;
  }

  /** of the newest one; '' when none was needed */
  get id(): string {
    return this.#id;
  }

  get isWritten(): boolean {
    return this.#writtenAt !== undefined;
  }

  /** The time is taken before the insert: one that took long lies in an old bucket, perhaps behind the watermark. */
  async ensure(): Promise<void> {
    while (this.#writtenAt === undefined || performance.now() - this.#writtenAt > FRESH_MS) {
      const begun = performance.now();
      this.#id = await this.#log.write(this.#operation);
      this.#writtenAt = begun;
    }
  }
}
