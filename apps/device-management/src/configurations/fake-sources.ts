import { DomainError } from '@sfs/kernel';
import type { Line } from '../directory/directory.port.ts';
import type { NewRevision, RevisionsStore, StoredRevision } from './revisions.store.ts';
import type { SipAccount, SipPasswordSource } from './sip-passwords.port.ts';

/** What several replicas share. */
export class FakeRevisions implements RevisionsStore {
  readonly rows = new Map<string, NewRevision[]>();
  reads = 0;
  away = false;
  /** before the next add */
  beforeAdd: () => Promise<void> = () => Promise.resolve();
  /** the next add is done, or not, and nobody says which */
  silentAdd: 'done' | 'not-done' | undefined;

  async newest(_tenant: string, mac: string): Promise<StoredRevision | undefined> {
    this.reads += 1;
    if (this.away) throw new DomainError('unavailable', 'store/away', 'The store cannot be reached.');
    return this.rows.get(mac)?.at(-1);
  }

  async add(_tenant: string, mac: string, revision: NewRevision): Promise<boolean> {
    const { beforeAdd, silentAdd } = this;
    this.beforeAdd = () => Promise.resolve();
    this.silentAdd = undefined;
    await beforeAdd();
    const rows = this.rows.get(mac) ?? [];
    this.rows.set(mac, rows);
    const isFree = !rows.some((each) => each.revision === revision.revision);
    if (isFree && silentAdd !== 'not-done') rows.push(revision);
    if (silentAdd) throw new DomainError('unavailable', 'store/outcome-unknown', 'Nobody knows', { outcomeUnknown: true });
    return isFree;
  }
}

export class FakeSipPasswords implements SipPasswordSource {
  readonly passwords = new Map<string, string>();
  asked = 0;
  away = false;

  async ask({ number, sipDomain }: Line): Promise<SipAccount> {
    this.asked += 1;
    if (this.away) throw new DomainError('unavailable', 'grpc/unreachable', 'The service cannot be reached');
    const password = this.passwords.get(number);
    if (password === undefined) throw new DomainError('not-found', 'sip-credentials/none', `No phone can register with the number ${number}`);
    return { userName: number, password, sipDomain };
  }
}
