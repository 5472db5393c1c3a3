import { queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

/** Polled while a page is open: health is worth little when it is old. */
export const overviewQuery = queryOptions({ queryKey: ['overview'], queryFn: ({ signal }) => request('getOverview', { signal }), refetchInterval: 5_000, staleTime: 2_000 });
