import type { SimulateCall, SimulatedCall } from '@sfs/rest-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export const decisionsQuery = (switchId: string, q: string, pageToken: string | undefined, pageSize = 50) =>
  queryOptions({
    queryKey: ['decisions', switchId, q, pageToken ?? '', pageSize],
    queryFn: ({ signal }) => request('listDecisions', { path: { switchId }, query: { q, pageToken, pageSize }, signal }),
    enabled: switchId !== '',
    placeholderData: keepPreviousData,
    refetchInterval: pageToken ? false : 10_000,
  });

export const simulateQuery = (switchId: string, call: SimulateCall | undefined) =>
  queryOptions({
    queryKey: ['simulate', switchId, call],
    queryFn: ({ signal }): Promise<SimulatedCall> => (call ? request('simulateCall', { path: { switchId }, body: call, signal }) : Promise.reject(new Error('no call'))),
    enabled: switchId !== '' && call !== undefined,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });

export const explainQuery = (callId: string) => queryOptions({ queryKey: ['explain', callId], queryFn: async ({ signal }) => (callId ? (await request('explainCall', { path: { callId }, signal })).items : []) });
