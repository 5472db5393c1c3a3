import { setTimeout as pause } from 'node:timers/promises';
import { textOf, type CqlSession } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import { claimName, readName, readNameSerial } from './change-log.cql.ts';

const ATTEMPTS = 8;

/** Names that are unique in the deployment. A claim is for ever: ids are never reused by another tenant. */
export class ClaimedNames {
  readonly #session: CqlSession;

  constructor(session: CqlSession) {
    this.#session = session;
  }

  /** true: the name is this tenant's, now or already before. */
  async claim(scope: string, name: string, tenant: string): Promise<boolean> {
    const known = await this.find(scope, name);
    if (known !== undefined) return known === tenant;
    try {
      const { applied, rows } = await this.#session.execute(claimName, [scope, name, tenant]);
      return applied || (rows[0] !== undefined && textOf(rows[0], 'tenant') === tenant);
    } catch (error) {
      if (!(error instanceof DomainError) || error.details['outcomeUnknown'] !== true) throw error;
      return this.#settle({ scope, name, tenant }, error);
    }
  }

  async find(scope: string, name: string): Promise<string | undefined> {
    const { rows } = await this.#session.execute(readName, [scope, name]);
    return rows[0] === undefined ? undefined : textOf(rows[0], 'tenant');
  }

  async #settle(wanted: { scope: string; name: string; tenant: string }, unknown: DomainError): Promise<boolean> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      await pause(Math.random() * 30 * attempt);
      try {
        const { rows } = await this.#session.execute(readNameSerial, [wanted.scope, wanted.name]);
        if (rows[0] !== undefined) return textOf(rows[0], 'tenant') === wanted.tenant;
        return await this.claim(wanted.scope, wanted.name, wanted.tenant);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
    throw unknown;
  }
}
