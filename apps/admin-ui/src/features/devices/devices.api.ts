import { type Change, type Device, openEnrolment as windowSchema } from '@sfs/rest-contract';
import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { isMissing } from '../../api/problem-words.ts';
import { type Body, newKey, request } from '../../api/request.ts';
import type { Saved } from '../../edit/use-draft.ts';

/** A phone that comes up while the page is open is seen coming up. */
const FRESH_MS = 3_000;
const COUNTS_MS = 10_000;
const STEADY_MS = 60_000;
const HISTORY_PAGES_AT_MOST = 5;
const ENOUGH = 30;

/** What a PUT replaces. */
export type WriteDevice = Pick<Device, 'model' | 'label' | 'switchId' | 'number' | 'profileId' | 'settings'>;

/** How long the window is open when nobody says otherwise, as the contract has it. */
export const WINDOW_MINUTES = windowSchema.parse({}).minutes;

export const devicesQuery = (q: string, state: string, pageToken: string | undefined) =>
  queryOptions({
    queryKey: ['devices', 'list', q, state, pageToken ?? ''],
    queryFn: ({ signal }) => request('listDevices', { query: { q, state, pageToken, pageSize: 50 }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: FRESH_MS,
  });

export const deviceQuery = (mac: string) => queryOptions({ queryKey: ['device', mac], queryFn: ({ signal }) => request('getDevice', { path: { mac }, signal }), refetchInterval: ({ state }) => (isMissing(state.error) ? false : FRESH_MS) });

export const deviceFilesQuery = (mac: string) =>
  queryOptions({ queryKey: ['device', mac, 'files'], queryFn: async ({ signal }) => (await request('getDeviceFiles', { path: { mac }, signal })).items, refetchInterval: FRESH_MS });

export const deviceEventsQuery = (mac: string) =>
  infiniteQueryOptions({
    queryKey: ['device', mac, 'events'],
    queryFn: ({ signal, pageParam }) => request('listDeviceEvents', { path: { mac }, query: { pageToken: pageParam, pageSize: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextPageToken || undefined,
    refetchInterval: FRESH_MS,
  });

export const sweepsQuery = queryOptions({ queryKey: ['device-sweeps'], queryFn: async ({ signal }) => (await request('listSweeps', { signal })).items, refetchInterval: COUNTS_MS });
export const packsQuery = queryOptions({ queryKey: ['device-packs'], queryFn: async ({ signal }) => (await request('listDevicePacks', { signal })).items, staleTime: STEADY_MS });

/** The devices of one number; the search is by prefix, so it is told apart here. */
export const devicesOfNumberQuery = (switchId: string, number: string) =>
  queryOptions({
    queryKey: ['devices', 'of-number', switchId, number],
    queryFn: async ({ signal }) => (await request('listDevices', { query: { q: number, pageSize: 200 }, signal })).items.filter((each) => each.switchId === switchId && each.number === number),
    refetchInterval: COUNTS_MS,
  });

const PROFILE_PAGES_AT_MOST = 5;

/** The devices that use a profile, among the first thousand. */
export const devicesOfProfileQuery = (profileId: string) =>
  queryOptions({
    queryKey: ['devices', 'of-profile', profileId],
    queryFn: async ({ signal }) => {
      const found: Device[] = [];
      let pageToken = '';
      for (let page = 0; page < PROFILE_PAGES_AT_MOST && (page === 0 || pageToken); page += 1) {
        const { items, nextPageToken } = await request('listDevices', { query: { pageToken, pageSize: 200 }, signal });
        found.push(...items.filter((each) => each.profileId === profileId));
        pageToken = nextPageToken;
      }
      return { items: found as readonly Device[], isAll: pageToken === '' };
    },
  });

export const createDevice = (body: Body<'createDevice'>, key: string) => request('createDevice', { body, key });
export const updateDevice = (mac: string, body: WriteDevice, tag: string, key: string) => request('updateDevice', { path: { mac }, body, tag, key });
export const deleteDevice = ({ mac, meta }: Device) => request('deleteDevice', { path: { mac }, tag: meta?.tag ?? '', key: newKey() });
export const dismissDevice = (mac: string) => request('dismissDevice', { path: { mac } });
export const openEnrolment = (mac: string, body: Body<'openEnrolment'>) => request('openEnrolment', { path: { mac }, body });
export const closeEnrolment = (mac: string) => request('closeEnrolment', { path: { mac } });
export const rotateCredential = (mac: string) => request('rotateCredential', { path: { mac } });
export const sendCheckSync = (mac: string) => request('sendCheckSync', { path: { mac } });
export const revealFiles = async (mac: string) => (await request('revealDeviceFiles', { path: { mac } })).items;

export function refreshDevices(client: QueryClient, mac: string): void {
  for (const queryKey of [['device', mac], ['devices'], ['device-profiles'], ['changes']]) void client.invalidateQueries({ queryKey });
}

export function savedDevice({ meta, model, label, switchId, number, profileId, settings }: Device): Saved<WriteDevice> {
  return { value: { model, label, switchId, number, profileId, settings }, tag: meta?.tag ?? '', version: meta?.version ?? 0, changedAt: meta?.changedAt ?? '', actor: meta?.actor ?? '' };
}

/** Who changed what at one device, among the newest thousand changes: devices tell them by MAC, whatever the kind. */
export const changesOfDeviceQuery = (mac: string) =>
  queryOptions({
    queryKey: ['changes', 'of-device', mac],
    queryFn: async ({ signal }): Promise<readonly Change[]> => {
      const found: Change[] = [];
      let pageToken = '';
      for (let page = 0; page < HISTORY_PAGES_AT_MOST && found.length < ENOUGH && (page === 0 || pageToken); page += 1) {
        const { items, nextPageToken } = await request('listChanges', { query: { pageToken, pageSize: 200 }, signal });
        found.push(...items.filter(({ entityId }) => entityId === mac || entityId.startsWith(`${mac}/`)));
        pageToken = nextPageToken;
      }
      return found;
    },
  });
