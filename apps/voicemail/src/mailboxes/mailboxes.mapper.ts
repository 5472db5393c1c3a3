import type { Greeting, MailboxSettings, MailboxView as MailboxViewMessage } from '@sfs/contracts';
import { effectiveSettings, SYSTEM_SETTINGS } from '@sfs/voicemail';
import type { Entity, SettingsBody } from '../entities/bodies.ts';
import { toMeta } from '../entities/meta.mapper.ts';
import type { MailboxView } from './mailbox-view.ts';

export function toView({ mailbox, counts, pin, greetings, lamp }: MailboxView): MailboxViewMessage {
  const { maxMessages, maxMessageSeconds, timeZone, administratorMayListen } = effectiveSettings(mailbox.body.settings);
  return {
    mailbox: { meta: toMeta(mailbox), number: mailbox.body.number, settings: { ...NOTHING_SET, ...mailbox.body.settings } },
    counts: { newMessages: counts.new, oldMessages: counts.old, deletedMessages: counts.deleted },
    effective: { maxMessages: maxMessages.value, maxMessageSeconds: maxMessageSeconds.value, timeZone: timeZone.value, administratorMayListen: administratorMayListen.value },
    system: { ...SYSTEM_SETTINGS },
    lockedUntil: isoOf(pin.lockedUntil),
    pinMustChange: pin.mustChange,
    greetings: greetings.map(toGreeting),
    lampToldAt: isoOf(lamp?.at),
    lampLit: counts.new > 0,
    lampPhones: lamp?.phones ?? 0,
  };
}

/** What is set; nothing else of the message gets into a body. */
export function settingsOf(message: MailboxSettings | undefined): SettingsBody {
  const { maxMessages, maxMessageSeconds, timeZone, administratorMayListen } = message ?? NOTHING_SET;
  return {
    ...(maxMessages === undefined ? {} : { maxMessages }),
    ...(maxMessageSeconds === undefined ? {} : { maxMessageSeconds }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(administratorMayListen === undefined ? {} : { administratorMayListen }),
  };
}

const NOTHING_SET: MailboxSettings = { maxMessages: undefined, maxMessageSeconds: undefined, timeZone: undefined, administratorMayListen: undefined };

function toGreeting({ body, changedAt }: Entity<'greeting'>): Greeting {
  return { kind: body.kind, durationMs: body.durationMs, recordedAt: changedAt };
}

function isoOf(epochMs: number | undefined): string {
  return epochMs === undefined ? '' : new Date(epochMs).toISOString();
}
