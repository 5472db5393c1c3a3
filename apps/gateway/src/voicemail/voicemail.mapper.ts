import type { MailboxSettings as SettingsMessage, MailboxView, Message } from '@sfs/contracts';
import { type Mailbox, type MailboxSettings, mailboxSettings, type VoiceMessage, voiceMessage } from '@sfs/rest-contract';
import { metaOf, present } from '../clients/meta.mapper.ts';

/** A mailbox of voicemail with its owner of provisioning. */
export function mailboxOf(view: MailboxView | undefined, owner: Mailbox['owner']): Mailbox {
  const { mailbox, counts, effective, system, lockedUntil, pinMustChange, greetings, lampToldAt, lampLit, lampPhones } = present(view);
  const { meta, number, settings } = present(mailbox);
  const set = settingsOf(settings);
  return {
    meta: metaOf(meta),
    number,
    owner,
    settings: set,
    effective: effectiveOf(set, present(effective), system),
    counts: { new: counts?.newMessages ?? 0, old: counts?.oldMessages ?? 0, deleted: counts?.deletedMessages ?? 0 },
    lockedUntil: lockedUntil === '' ? null : lockedUntil,
    pinMustChange,
    greetings: greetings.flatMap(({ kind, durationMs, recordedAt }) => (kind === 'greeting' || kind === 'name' ? [{ kind, durationMs, recordedAt }] : [])),
    lamp: { lit: lampLit, toldAt: lampToldAt === '' ? null : lampToldAt, phones: lampPhones },
  };
}

function effectiveOf(set: MailboxSettings, effective: SettingsMessage, system: SettingsMessage | undefined): Mailbox['effective'] {
  return {
    maxMessages: layered(set.maxMessages, present(effective.maxMessages), system?.maxMessages),
    maxMessageSeconds: layered(set.maxMessageSeconds, present(effective.maxMessageSeconds), system?.maxMessageSeconds),
    timeZone: layered(set.timeZone, present(effective.timeZone), system?.timeZone),
    administratorMayListen: layered(set.administratorMayListen, present(effective.administratorMayListen), system?.administratorMayListen),
  };
}

type Layered<T> = { value: T; origin: 'system' | 'mailbox'; layers: { layer: 'system' | 'mailbox'; value?: T | undefined }[] };

function layered<T>(own: T | undefined, value: T, system: T | undefined): Layered<T> {
  return { value, origin: own === undefined ? 'system' : 'mailbox', layers: [{ layer: 'system', value: system }, { layer: 'mailbox', value: own }] };
}

function settingsOf(message: SettingsMessage | undefined): MailboxSettings {
  return mailboxSettings.parse(Object.fromEntries(Object.entries(message ?? {}).filter(([, value]) => value !== undefined)));
}

export function settingsMessage({ maxMessages, maxMessageSeconds, timeZone, administratorMayListen }: MailboxSettings): SettingsMessage {
  return { maxMessages, maxMessageSeconds, timeZone, administratorMayListen };
}

/** Without the content hash: it is the ETag of the recording. */
export function messageOf(message: Message | undefined): VoiceMessage {
  const { contentHash: _, ...shown } = present(message);
  return { ...shown, state: voiceMessage.shape.state.parse(shown.state) };
}
