import { createHash, randomUUID } from 'node:crypto';
import {
  type CreateMailboxRequest,
  type DeleteMailboxRequest,
  type ListMessagesRequest,
  type Mailbox,
  MailboxesServiceService,
  MailboxMeta,
  MailboxSettings,
  type MailboxView,
  type Message,
  MessagesServiceService,
  type ReadAudioRequest,
  type UpdateMailboxRequest,
} from '@sfs/contracts';
import type { CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { startStub, type StubServer } from './stub-server.ts';

const SYSTEM: MailboxSettings = { maxMessages: 10, maxMessageSeconds: 180, timeZone: 'UTC', administratorMayListen: false };
const PIECE = 64 * 1024;

type One = { readonly number: string };
type OneMessage = { readonly mailbox: string; readonly id: string };

interface Left {
  readonly message: Message;
  readonly audio: Uint8Array;
}

/** Voicemail as the gateway sees it: mailboxes and messages of each tenant in memory, audio byte for byte. */
export class StubVoicemail {
  readonly mailboxes = new Map<string, Mailbox>();
  readonly messages = new Map<string, Left>();
  readonly keys = new Set<string>();
  /** streams of audio that somebody listens to, and bytes they have taken */
  listeners = 0;
  taken = 0;
  #server: StubServer | undefined;

  async start(): Promise<void> {
    this.#server = await startStub([
      [MailboxesServiceService, this.#mailboxesService()],
      [MessagesServiceService, this.#messagesService()],
    ]);
  }

  get server(): StubServer {
    if (!this.#server) throw new Error('start it first');
    return this.#server;
  }

  add(tenant: string, number: string, settings: MailboxSettings = MailboxSettings.fromJSON({})): Mailbox {
    const mailbox = { meta: metaOf(1), number, settings };
    this.mailboxes.set(`${tenant}/${number}`, mailbox);
    return mailbox;
  }

  /** A message whose bytes say where they stand. */
  leave(tenant: string, mailbox: string, bytes: number): Left {
    const audio = Uint8Array.from({ length: bytes }, (_, at) => at % 251);
    const message: Message = {
      id: randomUUID(),
      mailbox,
      recordedAt: '2026-11-25T06:00:00.000Z',
      durationMs: Math.floor(bytes / 8),
      fromNumber: '1001',
      fromName: 'Cedar Wren',
      reason: 'no-answer',
      state: 'new',
      codec: 'pcma',
      sizeBytes: bytes,
      packetsLost: 0,
      truncated: false,
      callId: 'c-1',
      contentHash: createHash('sha256').update(audio).digest('hex'),
    };
    const left = { message, audio };
    this.messages.set(`${tenant}/${mailbox}/${message.id}`, left);
    return left;
  }

  #find(tenant: string, number: string): Mailbox {
    const mailbox = this.mailboxes.get(`${tenant}/${number}`);
    if (!mailbox) throw new DomainError('not-found', 'mailboxes/unknown', `There is no mailbox ${number}`, { field: 'number' });
    return mailbox;
  }

  #view(mailbox: Mailbox): MailboxView {
    const set = Object.fromEntries(Object.entries(mailbox.settings ?? {}).filter(([, value]) => value !== undefined));
    return {
      mailbox,
      counts: { newMessages: 1, oldMessages: 2, deletedMessages: 0 },
      effective: { ...SYSTEM, ...set },
      system: SYSTEM,
      lockedUntil: '',
      pinMustChange: true,
      greetings: [{ kind: 'name', durationMs: 1500, recordedAt: '2026-11-25T05:00:00.000Z' }],
      lampToldAt: '',
      lampLit: true,
      lampPhones: 0,
    };
  }

  #mailboxesService() {
    return {
      createMailbox: ({ number, settings, idempotencyKey }: CreateMailboxRequest, { tenant }: CallContext) => {
        if (idempotencyKey !== '' && this.keys.has(idempotencyKey)) return { view: this.#view(this.#find(tenant, number)), oneTimePin: '' };
        if (this.mailboxes.has(`${tenant}/${number}`)) throw new DomainError('conflict', 'mailboxes/exists', `Mailbox ${number} exists`, { field: 'number' });
        this.keys.add(idempotencyKey);
        return { view: this.#view(this.add(tenant, number, settings)), oneTimePin: '730418' };
      },
      getMailbox: ({ number }: One, { tenant }: CallContext) => ({ view: this.#view(this.#find(tenant, number)) }),
      listMailboxes: (_: unknown, { tenant }: CallContext) => ({ mailboxes: [...this.mailboxes].filter(([key]) => key.startsWith(`${tenant}/`)).map(([, mailbox]) => this.#view(mailbox)), nextPageToken: '' }),
      updateMailbox: ({ number, settings, expectedTag }: UpdateMailboxRequest, { tenant }: CallContext) => {
        const { meta } = this.#find(tenant, number);
        if (meta?.tag !== expectedTag) throw new DomainError('conflict', 'change-log/stale', 'Somebody else has changed it', { currentTag: meta?.tag ?? '' });
        const mailbox = { meta: metaOf((meta?.version ?? 0) + 1), number, settings };
        this.mailboxes.set(`${tenant}/${number}`, mailbox);
        return { view: this.#view(mailbox) };
      },
      deleteMailbox: ({ number }: DeleteMailboxRequest, { tenant }: CallContext) => {
        this.mailboxes.delete(`${tenant}/${number}`);
        return {};
      },
      resetPin: ({ number }: One, { tenant }: CallContext) => this.#find(tenant, number) && { oneTimePin: '285913' },
      unlock: ({ number }: One, { tenant }: CallContext) => this.#find(tenant, number) && {},
      deleteGreeting: ({ number }: One, { tenant }: CallContext) => this.#find(tenant, number) && {},
      listMailboxChanges: (_: unknown, { tenant }: CallContext) => ({ changes: [...this.mailboxes].filter(([key]) => key.startsWith(`${tenant}/`)).map(([, mailbox]) => changeOf(tenant, mailbox)), nextPageToken: '' }),
    };
  }

  *#pieces({ offset, length }: ReadAudioRequest, { audio }: Left) {
    const end = length === 0 ? audio.length : offset + length;
    this.listeners += 1;
    try {
      for (let at = offset; at < end; at += PIECE) {
        this.taken += PIECE;
        yield { audio: audio.subarray(at, Math.min(at + PIECE, end)) };
      }
    } finally {
      this.listeners -= 1;
    }
  }

  #messagesService() {
    const find = ({ mailbox, id }: OneMessage, { tenant }: CallContext): Left => {
      const left = this.messages.get(`${tenant}/${mailbox}/${id}`);
      if (!left) throw new DomainError('not-found', 'messages/unknown', 'There is no such message', { field: 'id' });
      return left;
    };
    const step = (state: string) => (request: OneMessage, context: CallContext) => ({ message: Object.assign(find(request, context).message, { state }) });
    return {
      listMessages: ({ mailbox, folder }: ListMessagesRequest, { tenant }: CallContext) => ({
        messages: [...this.messages].filter(([key]) => key.startsWith(`${tenant}/${mailbox}/`)).flatMap(([, { message }]) => ((message.state === 'deleted') === (folder === 'deleted') ? [message] : [])),
        nextPageToken: '',
      }),
      getMessage: (request: OneMessage, context: CallContext) => ({ message: find(request, context).message }),
      deleteMessage: step('deleted'),
      restoreMessage: step('old'),
      markHeard: step('old'),
      readAudio: (request: ReadAudioRequest, context: CallContext) => this.#pieces(request, find(request, context)),
    };
  }
}

function metaOf(version: number): MailboxMeta {
  return MailboxMeta.fromJSON({ version, tag: randomUUID(), changedAt: new Date().toISOString(), actor: 'admin', site: 'site-a' });
}

function changeOf(tenant: string, { number, meta }: Mailbox) {
  const { version = 0, tag = '', changedAt = '' } = meta ?? {};
  return { id: randomUUID(), tenant, kind: 'mailbox', entityId: number, version, tag, parentTag: '', changedAt, site: 'site-a', actor: 'admin', deleted: false, body: '{"settings":{}}', previousBody: '' };
}
