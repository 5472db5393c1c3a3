import { DomainError } from '@sfs/kernel';
import { effectiveSettings, type MailboxSettings } from '@sfs/voicemail';

/** What a mailbox takes. */
export interface Room {
  readonly maxMessages: number;
  readonly maxMessageSeconds: number;
  /** new and old ones; 0 while the store is away: better one too many than one lost */
  readonly kept: number;
}

export interface RoomSources {
  /** undefined: there is no such mailbox */
  readonly read: (tenant: string, mailbox: string) => Promise<{ readonly settings: MailboxSettings; readonly kept: number } | undefined>;
  /** out of memory, for when the store is away */
  readonly remembered: (tenant: string, mailbox: string) => MailboxSettings | undefined;
  /** has an owner, as provisioning says; out of memory too */
  readonly isOwned: (tenant: string, mailbox: string) => boolean;
  /** all mailboxes have been seen once, so one that is not remembered is none */
  readonly remembersAll: () => boolean;
}

/** DomainError unavailable when the store is away and nobody knows whether there is such a mailbox: a message for nobody would be lost. */
export function roomFinder({ read, remembered, isOwned, remembersAll }: RoomSources): (tenant: string, mailbox: string) => Promise<Room | undefined> {
  return async (tenant, mailbox) => {
    try {
      const found = await read(tenant, mailbox);
      return found && roomOf(found.settings, found.kept);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
      const settings = remembered(tenant, mailbox) ?? (isOwned(tenant, mailbox) ? {} : undefined);
      if (settings === undefined && !remembersAll()) throw error;
      return settings && roomOf(settings, 0);
    }
  };
}

function roomOf(settings: MailboxSettings, kept: number): Room {
  const { maxMessages, maxMessageSeconds } = effectiveSettings(settings);
  return { maxMessages: maxMessages.value, maxMessageSeconds: maxMessageSeconds.value, kept };
}
