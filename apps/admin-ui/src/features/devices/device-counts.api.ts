import type { Device } from '@sfs/rest-contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export type DeviceState = Device['state'];
export type DeviceCounts = Readonly<Partial<Record<DeviceState, number>>>;

/** For the navigation; absent while the service is away. */
export const deviceCountsQuery = queryOptions({
  queryKey: ['devices', 'counts'],
  queryFn: async ({ signal }): Promise<DeviceCounts> => (await request('listDevices', { query: { pageSize: 1 }, signal })).counts,
  refetchInterval: 10_000,
  retry: false,
});
