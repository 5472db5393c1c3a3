import { DomainError } from '@sfs/kernel';
import type { Codec } from '@sfs/media';
import type { EntityState, EntityStore } from './entities.store.ts';

/** What is stored of each kind. Of a mailbox: proto JSON without its meta, so that an event needs no second shape. */
export interface Bodies {
  mailbox: MailboxBody;
  'mailbox-pin': PinBody;
  greeting: GreetingBody;
  'mailbox-unlock': { number: string };
  listening: { mailbox: string; messageId: string };
}

export interface MailboxBody {
  number: string;
  settings: SettingsBody;
  /** ISO time; older messages belonged to an earlier mailbox of this number */
  since: string;
}

/** Absent = follows System. */
export interface SettingsBody {
  maxMessages?: number;
  maxMessageSeconds?: number;
  timeZone?: string;
  administratorMayListen?: boolean;
}

/** Never published. */
export interface PinBody {
  number: string;
  hash: string;
  mustChange: boolean;
  /** hashes of the PINs before, newest first */
  history: readonly string[];
}

export interface GreetingBody {
  mailbox: string;
  kind: 'greeting' | 'name';
  audioId: string;
  codec: Codec;
  durationMs: number;
  sizeBytes: number;
  contentHash: string;
}

export type Kind = keyof Bodies;
export type Entity<K extends Kind> = Omit<EntityState, 'body'> & { readonly body: Bodies[K] };

export function asEntity<K extends Kind>(state: EntityState): Entity<K> {
  return state as unknown as Entity<K>;
}

/** The body as the store wants it. */
export function asBody<K extends Kind>(_kind: K, body: Bodies[K]): Record<string, unknown> {
  return { ...body };
}

export const greetingId = (mailbox: string, kind: GreetingBody['kind']): string => `${mailbox}/${kind}`;

/** The entity unless it is deleted. */
export async function find<K extends Kind>(store: Pick<EntityStore, 'read'>, tenant: string, kind: K, id: string): Promise<Entity<K> | undefined> {
  const state = await store.read(tenant, kind, id);
  return state === undefined || state.deleted ? undefined : asEntity<K>(state);
}

const NUMBER = /^[0-9]{1,16}$/;

export const isMailboxNumber = (text: string): boolean => NUMBER.test(text);

export async function getMailbox(store: Pick<EntityStore, 'read'>, tenant: string, number: string): Promise<Entity<'mailbox'>> {
  const found = isMailboxNumber(number) ? await find(store, tenant, 'mailbox', number) : undefined;
  if (!found) throw unknownMailbox();
  return found;
}

export function unknownMailbox(): DomainError {
  return new DomainError('not-found', 'mailboxes/unknown', 'There is no such mailbox', { field: 'number', remedy: 'Check the number of the mailbox.' });
}
