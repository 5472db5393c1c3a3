import type { Change, Mailbox, MailboxSettings, VoiceMessage } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isMissing } from '../../api/problem-words.ts';
import { newKey, request } from '../../api/request.ts';
import type { Saved } from '../../edit/use-draft.ts';

/** A message that is left while the page is open appears by itself. */
const FRESH_MS = 4_000;
/** A mailbox takes 1,000 at most. */
const PAGES_AT_MOST = 6;
const HISTORY_PAGES_AT_MOST = 5;
const ENOUGH = 30;

export const mailboxesQuery = (q: string, pageToken: string | undefined) =>
  queryOptions({
    queryKey: ['mailboxes', q, pageToken ?? ''],
    queryFn: ({ signal }) => request('listMailboxes', { query: { q, pageToken, pageSize: 50 }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: FRESH_MS,
  });

export const mailboxQuery = (number: string) =>
  queryOptions({ queryKey: ['mailbox', number], queryFn: ({ signal }) => request('getMailbox', { path: { number }, signal }), refetchInterval: ({ state }) => (isMissing(state.error) ? false : FRESH_MS) });

export const mailboxesOfUserQuery = (userId: string) =>
  queryOptions({ queryKey: ['mailboxes', 'of', userId], queryFn: async ({ signal }) => (await request('listMailboxesOfUser', { path: { id: userId }, signal })).items, refetchInterval: FRESH_MS });

export type Folder = 'kept' | 'deleted';

/** All of a folder: it is small by its limit, and the player goes from one to the next. */
export const messagesQuery = (number: string, folder: Folder) =>
  queryOptions({
    queryKey: ['mailbox', number, 'messages', folder],
    queryFn: async ({ signal }): Promise<readonly VoiceMessage[]> => {
      const found: VoiceMessage[] = [];
      let pageToken = '';
      for (let page = 0; page < PAGES_AT_MOST && (page === 0 || pageToken); page += 1) {
        const { items, nextPageToken } = await request('listMessages', { path: { number }, query: { folder, pageToken, pageSize: 200 }, signal });
        found.push(...items);
        pageToken = nextPageToken;
      }
      return found;
    },
    refetchInterval: FRESH_MS,
  });

type Which = Pick<VoiceMessage, 'mailbox' | 'id'>;
const at = ({ mailbox, id }: Which) => ({ path: { number: mailbox, id } });

export const deleteMessage = (message: Which) => request('deleteMessage', at(message));
export const restoreMessage = (message: Which) => request('restoreMessage', at(message));
export const markHeard = (message: Which) => request('markMessageHeard', at(message));
export const audioLink = (message: Which) => request('createAudioLink', at(message));

export const createMailbox = (body: { number: string; userId?: string }, key: string) => request('createMailbox', { body, key });
export const updateMailbox = (number: string, body: MailboxSettings, tag: string, key: string) => request('updateMailbox', { path: { number }, body, tag, key });
export const deleteMailbox = ({ number, meta }: Mailbox) => request('deleteMailbox', { path: { number }, tag: meta.tag, key: newKey() });
export const setMailboxOwner = (number: string, userId: string | null) => request('putMailboxOwner', { path: { number }, body: { userId }, key: newKey() });
export const resetPin = (number: string) => request('resetPin', { path: { number }, key: newKey() });
export const unlockMailbox = (number: string) => request('unlockMailbox', { path: { number } });
export const deleteGreeting = (number: string, kind: string) => request('deleteGreeting', { path: { number, kind } });

export function savedMailbox({ meta, settings }: Mailbox): Saved<MailboxSettings> {
  return { value: settings, tag: meta.tag, version: meta.version, changedAt: meta.changedAt, actor: meta.actor };
}

/** All that happened to one mailbox, among the newest thousand changes: owners, PINs and listenings are told by different services. */
export const changesOfMailboxQuery = (number: string) =>
  queryOptions({
    queryKey: ['changes', 'of-mailbox', number],
    queryFn: async ({ signal }): Promise<readonly Change[]> => {
      const found: Change[] = [];
      let pageToken = '';
      for (let page = 0; page < HISTORY_PAGES_AT_MOST && found.length < ENOUGH && (page === 0 || pageToken); page += 1) {
        const { items, nextPageToken } = await request('listChanges', { query: { pageToken, pageSize: 200 }, signal });
        found.push(...items.filter((change) => isOfMailbox(change, number)));
        pageToken = nextPageToken;
      }
      return found;
    },
  });

export function isOfMailbox({ kind, entityId }: Change, number: string): boolean {
  return /^(mailbox|greeting|listening)/.test(kind) && (entityId === number || entityId.startsWith(`${number}/`));
}
