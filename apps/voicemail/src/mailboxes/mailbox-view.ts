import type { MessageCounts } from '@sfs/voicemail';
import type { Entity } from '../entities/bodies.ts';
import type { LampTold } from '../lamps/lamps.port.ts';
import type { PinState } from '../pins/pins.service.ts';

/** A mailbox with what is derived. */
export interface MailboxView {
  readonly mailbox: Entity<'mailbox'>;
  readonly counts: MessageCounts;
  readonly pin: PinState;
  readonly greetings: readonly Entity<'greeting'>[];
  readonly lamp: LampTold | undefined;
}

/** Where it comes from: one question a slice. */
export interface ViewSources {
  readonly counts: (tenant: string, mailbox: Entity<'mailbox'>) => Promise<MessageCounts>;
  readonly pin: (tenant: string, number: string) => Promise<PinState>;
  readonly greetings: (tenant: string, number: string) => Promise<readonly Entity<'greeting'>[]>;
  readonly lamp: (tenant: string, number: string) => Promise<LampTold | undefined>;
}

export async function viewOf(sources: ViewSources, mailbox: Entity<'mailbox'>): Promise<MailboxView> {
  const { tenant, id } = mailbox;
  const [counts, pin, greetings, lamp] = await Promise.all([sources.counts(tenant, mailbox), sources.pin(tenant, id), sources.greetings(tenant, id), sources.lamp(tenant, id)]);
  return { mailbox, counts, pin, greetings, lamp };
}
