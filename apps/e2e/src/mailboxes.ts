import { eventually } from '@sfs/testing';
import type { CallSettings, CallSettingsView, Mailbox, MailboxSettings, VoiceMessage } from '@sfs/rest-contract';
import type { Player } from './cast.ts';
import { untilDecided, type DoorAnswer } from './decisions.ts';
import { readWav, type Recording } from './voice/wav.ts';
import { doorsOf, gatewayUrl, type World } from './world.ts';

export interface Box {
  readonly number: string;
  readonly oneTimePin: string;
}

/** A mailbox with the user's own number, as an administrator gives it; resolves when both replicas lead calls there. */
export async function giveMailbox(world: World, player: Player, settings: MailboxSettings = {}): Promise<Box> {
  const { number, userId } = player;
  const { body } = await world.admin.post<{ oneTimePin: string }>('/mailboxes', { number, userId, settings: { administratorMayListen: true, ...settings } });
  for (const door of doorsOf(world.layout)) await untilDecided(door, '1001', number, leadsToMailbox(number), 10_000);
  return { number, oneTimePin: body.oneTimePin };
}

const leadsToMailbox = (number: string) => (answer: DoorAnswer): boolean => JSON.stringify(answer.body.steps ?? []).includes(`;sfs-mailbox=${number}`);

export async function takeMailbox({ admin }: World, box: Box | undefined): Promise<void> {
  const mailbox = box && (await admin.find<Mailbox>(`/mailboxes/${box.number}`));
  if (mailbox) await admin.remove(`/mailboxes/${mailbox.number}`, mailbox.meta.tag);
}

export async function mailboxOf({ admin }: World, { number }: Box): Promise<Mailbox> {
  return (await admin.get<Mailbox>(`/mailboxes/${number}`)).body;
}

/** Newest first. */
export async function messagesOf({ admin }: World, { number }: Box): Promise<readonly VoiceMessage[]> {
  return (await admin.get<{ items: VoiceMessage[] }>(`/mailboxes/${number}/messages`)).body.items;
}

/** Until so many are there; a message is there once it is durable, which may be after the hang-up. */
export function untilMessages(world: World, box: Box, count: number, limitMs = 15_000): Promise<readonly VoiceMessage[]> {
  return eventually(`${count} messages in ${box.number}`, async () => {
    const messages = await messagesOf(world, box);
    if (messages.length !== count) throw new Error(`there are ${messages.length}`);
    return messages;
  }, limitMs);
}

/** The recording as the UI plays it: by a short-lived link. */
export async function recordingOf({ admin, layout }: World, { mailbox, id }: VoiceMessage): Promise<Recording> {
  const { body } = await admin.post<{ url: string }>(`/mailboxes/${mailbox}/messages/${id}/audio-link`);
  const response = await fetch(new URL(body.url, gatewayUrl(layout)));
  if (!response.ok) throw new Error(`the recording of ${id} is answered ${response.status}: ${await response.text()}`);
  return readWav(new Uint8Array(await response.arrayBuffer()));
}

/** Replaces the settings of a user and resolves when both replicas decide as wanted. */
export async function setCallSettings(world: World, player: Player, settings: CallSettings, wanted: (answer: DoorAnswer) => boolean): Promise<void> {
  const path = `/users/${player.userId}/call-settings`;
  const { body } = await world.admin.get<CallSettingsView>(path);
  const condition: Record<string, string> = body.meta.tag === '' ? { 'if-none-match': '*' } : { 'if-match': `"${body.meta.tag}"` };
  const { status, body: said } = await world.admin.attempt('PUT', path, settings, condition);
  if (status > 201) throw new Error(`the settings of ${player.number} are answered ${status}: ${JSON.stringify(said)}`);
  for (const door of doorsOf(world.layout)) await untilDecided(door, '1001', player.number, wanted, 10_000);
}
