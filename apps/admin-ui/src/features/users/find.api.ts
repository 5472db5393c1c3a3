import type { Device, DirectoryNumber, Mailbox, User } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { macIn } from '../devices/device-words.ts';

export interface Found {
  readonly users: readonly User[];
  readonly numbers: readonly DirectoryNumber[];
  readonly mailboxes: readonly Mailbox[];
  readonly devices: readonly Device[];
}

const NOTHING: Found = { users: [], numbers: [], mailboxes: [], devices: [] };

const MOST = 4;

export function isNumberLike(query: string): boolean {
  return /^\+?[0-9*#]{1,32}$/.test(query);
}

/** People by name, and by number: the exact number first. */
export const paletteQuery = (query: string, switchId: string) =>
  queryOptions({
    queryKey: ['find', switchId, query],
    queryFn: async ({ signal }): Promise<Found> => {
      if (!query) return NOTHING;
      const devices = devicesBy(query, signal);
      if (!isNumberLike(query)) return { ...NOTHING, users: (await request('listUsers', { query: { q: query, pageSize: MOST }, signal })).items, devices: await devices };
      const mailboxes = mailboxesBy(query, signal);
      if (!switchId) return { ...NOTHING, mailboxes: await mailboxes, devices: await devices };
      const numbers = (await request('listNumbers', { path: { switchId }, query: { q: query, pageSize: MOST }, signal })).items;
      return { users: await ownersOf(numbers, signal), numbers, mailboxes: await mailboxes, devices: await devices };
    },
    placeholderData: keepPreviousData,
  });

/** People and numbers are found though voicemail is away. */
async function mailboxesBy(query: string, signal: AbortSignal): Promise<readonly Mailbox[]> {
  const page = await request('listMailboxes', { query: { q: query, pageSize: MOST }, signal }).catch(() => undefined);
  return page?.items ?? [];
}

/** By any part of MAC, number, model, label, name or address; nothing while device-management is away. */
async function devicesBy(query: string, signal: AbortSignal): Promise<readonly Device[]> {
  const page = await request('listDevices', { query: { q: macIn(query) || query, pageSize: MOST }, signal }).catch(() => undefined);
  return page?.items ?? [];
}

export async function ownersOf(numbers: readonly DirectoryNumber[], signal: AbortSignal): Promise<readonly User[]> {
  const ids = [...new Set(numbers.map((each) => each.userId).filter(Boolean))];
  const owners = await Promise.all(ids.map((id) => request('getUser', { path: { id }, signal }).catch(() => undefined)));
  return owners.filter((owner) => owner !== undefined);
}
