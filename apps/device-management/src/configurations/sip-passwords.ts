import { DomainError } from '@sfs/kernel';
import type { Line } from '../directory/directory.port.ts';
import type { SipAccount, SipPasswordSource } from './sip-passwords.port.ts';

interface Entry {
  /** of the line it was asked for */
  readonly stamp: string;
  readonly account: Promise<SipAccount>;
}

/** Passwords in memory, by device, until the line's stamp says that they may be others. Asked for once however many wait. */
export class SipPasswords {
  readonly #source: SipPasswordSource;
  readonly #entries = new Map<string, Entry>();

  constructor(source: SipPasswordSource) {
    this.#source = source;
  }

  /** That a number has no password is remembered as well; that nobody answered is not. */
  of(mac: string, line: Line): Promise<SipAccount> {
    const known = this.#entries.get(mac);
    const stamp = `${line.tenant}/${line.switchId}/${line.number} ${line.stamp}`;
    if (known?.stamp === stamp) return known.account;
    const entry: Entry = { stamp, account: this.#source.ask(line) };
    entry.account.catch((error: unknown) => {
      if (error instanceof DomainError && error.kind === 'not-found') return;
      if (this.#entries.get(mac) === entry) this.#entries.delete(mac);
    });
    this.#entries.set(mac, entry);
    return entry.account;
  }

  forget(mac: string): void {
    this.#entries.delete(mac);
  }
}
