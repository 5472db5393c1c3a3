import type { KindDefinition } from '@sfs/change-log';
import { asEntity } from './bodies.ts';
import type { EntityState } from './entities.store.ts';
import { wordKeys, sortKeyOf } from './name-order.ts';

interface Listing {
  readonly list: string;
  readonly sortKey: string;
}

export const LISTS = {
  sites: 'site',
  switches: 'switch',
  users: 'user',
  userWords: 'user-word',
  numbersOf: (switchId: string) => `dn/${switchId}`,
  credentialsOf: (switchId: string) => `sip-credential/${switchId}`,
  numbersOfUser: (userId: string) => `user-dn/${userId}`,
  mailboxesOfUser: (userId: string) => `user-mailbox/${userId}`,
} as const;

export const ENTITY_KINDS: readonly KindDefinition[] = [
  { kind: 'tenant', published: true, listings: () => [] },
  { kind: 'site', published: true, listings: (state) => [{ list: LISTS.sites, sortKey: state.id }] },
  { kind: 'switch', published: true, listings: (state) => [{ list: LISTS.switches, sortKey: state.id }] },
  { kind: 'user', published: true, listings: userListings },
  { kind: 'dn', published: true, listings: numberListings },
  { kind: 'mailbox-link', published: true, listings: mailboxListings },
  { kind: 'call-settings', published: true, listings: () => [] },
  { kind: 'sip-credential', published: false, listings: credentialListings },
];

export const PUBLISHED_KINDS: readonly string[] = ENTITY_KINDS.filter(({ published }) => published).map(({ kind }) => kind);

function userListings(state: EntityState): Listing[] {
  const { displayName } = asEntity<'user'>(state).body;
  return [{ list: LISTS.users, sortKey: sortKeyOf(displayName) }, ...wordKeys(displayName).map((sortKey) => ({ list: LISTS.userWords, sortKey }))];
}

function numberListings(state: EntityState): Listing[] {
  const { switchId, number, userId } = asEntity<'dn'>(state).body;
  const listings = [{ list: LISTS.numbersOf(switchId), sortKey: number }];
  return userId === '' ? listings : [...listings, { list: LISTS.numbersOfUser(userId), sortKey: `${switchId}/${number}` }];
}

function mailboxListings(state: EntityState): Listing[] {
  const { mailbox, userId } = asEntity<'mailbox-link'>(state).body;
  return [{ list: LISTS.mailboxesOfUser(userId), sortKey: mailbox }];
}

function credentialListings(state: EntityState): Listing[] {
  const { switchId, number } = asEntity<'sip-credential'>(state).body;
  return [{ list: LISTS.credentialsOf(switchId), sortKey: number }];
}
