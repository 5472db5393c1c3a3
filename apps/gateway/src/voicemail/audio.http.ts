import type { Message } from '@sfs/contracts';
import { call, type CallContext, streamOf } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { AuditStore } from '../audit/audit.store.ts';
import type { Neighbours } from '../clients/clients.ts';
import { present } from '../clients/meta.mapper.ts';
import type { Caller } from '../http/caller.ts';
import type { Handlers } from '../http/handlers.ts';
import type { Recording } from '../http/send-recording.ts';
import type { AudioLinks, Listening } from './audio-links.ts';
import { MailboxOwners } from './mailbox-owners.service.ts';
import { padding, WAV_HEADER_BYTES, wavHeader } from './wav-header.ts';

export interface AudioSlice {
  readonly neighbours: Neighbours;
  readonly audit: AuditStore;
  readonly links: AudioLinks;
}

export function audioHandlers({ neighbours, audit, links }: AudioSlice): Pick<Handlers, 'createAudioLink' | 'getAudio'> {
  const owners = new MailboxOwners(neighbours);
  return {
    createAudioLink: async ({ caller, context, params }) => {
      const { number: mailbox, id: messageId } = params;
      const message = await findMessage(neighbours, { mailbox, messageId }, context);
      const listener = await listenerOf(caller, mailbox, context);
      if (listener === 'administrator') {
        await requirePermission(neighbours, mailbox, context);
        await audit.add({ tenant: caller.tenant, actor: caller.login, kind: 'listening', entityId: `${mailbox}/${messageId}`, body: { event: 'opened-for-listening', mailbox, recordedAt: message.recordedAt } });
      }
      const { token, expiresAt } = links.issue({ tenant: caller.tenant, mailbox, messageId, listener, login: caller.login });
      return { url: `/api/v1/audio/${token}`, expiresAt };
    },
    getAudio: async ({ context, params, query }) => {
      const listening = links.open(params.token);
      const own = { ...context, tenant: listening.tenant, actor: listening.login };
      return recordingOf(neighbours, listening, own, query.download);
    },
  };

  /** An administrator who owns the mailbox listens to his own messages. */
  async function listenerOf(caller: Caller, mailbox: string, context: CallContext): Promise<Listening['listener']> {
    if (caller.role !== 'administrator') return 'owner';
    const link = caller.userId === '' ? undefined : await owners.findLink(mailbox, context);
    return link !== undefined && link.userId === caller.userId ? 'owner' : 'administrator';
  }
}

async function requirePermission({ voicemail, read }: Neighbours, number: string, context: CallContext): Promise<void> {
  const { view } = await voicemail.read(({ mailboxes }) => call(mailboxes, 'getMailbox', { number }, context, read));
  if (view?.effective?.administratorMayListen === true) return;
  throw new DomainError('denied', 'messages/listening-not-allowed', `Administrators may not listen to mailbox ${number}`, { remedy: 'Switch on "Administrators may listen" in its settings; its history shows who did.' });
}

async function findMessage({ voicemail, read }: Neighbours, { mailbox, messageId }: Pick<Listening, 'mailbox' | 'messageId'>, context: CallContext): Promise<Message> {
  return present((await voicemail.read(({ messages }) => call(messages, 'getMessage', { mailbox, id: messageId }, context, read))).message);
}

async function recordingOf(neighbours: Neighbours, listening: Listening, context: CallContext, download: boolean): Promise<Recording> {
  const { codec, sizeBytes, contentHash, recordedAt } = await findMessage(neighbours, listening, context);
  const head = wavHeader(codec, sizeBytes);
  const tail = new Uint8Array(padding(sizeBytes));
  return {
    hash: contentHash,
    size: head.length + sizeBytes + tail.length,
    fileName: download ? `message-${listening.mailbox}-${recordedAt.slice(0, 19).replaceAll(/[^0-9]/g, '')}.wav` : '',
    read: async (first, last) => {
      const from = Math.max(first - WAV_HEADER_BYTES, 0);
      const to = Math.min(last - WAV_HEADER_BYTES, sizeBytes - 1);
      const { piece, pieces } = to < from ? NO_AUDIO : await openAudio(neighbours, listening, context, { offset: from, length: to - from + 1 });
      const end = last - WAV_HEADER_BYTES >= sizeBytes ? tail : tail.subarray(tail.length);
      return { bytes: joined(head.subarray(first, last + 1), piece, pieces, end), close: () => void pieces?.return() };
    },
  };
}

type Piece = IteratorResult<{ readonly audio: Uint8Array }, void>;

interface OpenAudio {
  readonly piece: Piece;
  readonly pieces?: AsyncGenerator<{ readonly audio: Uint8Array }, void, void>;
}

const NO_AUDIO: OpenAudio = { piece: { done: true, value: undefined } };

/** Waits for the first piece, so that a refusal is answered as one; the rest comes as it is read. */
async function openAudio({ voicemail, audio: rules }: Neighbours, { mailbox, messageId, listener }: Listening, context: CallContext, part: { offset: number; length: number }): Promise<OpenAudio> {
  return voicemail.read(async ({ messages }) => {
    const pieces = streamOf(messages, 'readAudio', { mailbox, id: messageId, listener, ...part }, context, rules);
    return { piece: await pieces.next(), pieces };
  });
}

async function* joined(head: Uint8Array, first: Piece, pieces: OpenAudio['pieces'], tail: Uint8Array): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let piece = first; pieces && !piece.done; piece = await pieces.next()) yield piece.value.audio;
  if (tail.length > 0) yield tail;
}
