import { call } from '@sfs/grpc';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { decisionOf, explainedOf, planOf, traceOf } from './calls.mapper.ts';

export type CallHandlers = Pick<Handlers, 'simulateCall' | 'listDecisions' | 'explainCall'>;

export function callHandlers({ replicas, read }: Neighbours): CallHandlers {
  return {
    simulateCall: async ({ context, params, body }) => {
      const request = { ...params, from: body.from, to: body.to, origin: body.origin, targetReady: body.targetReady, targetBusy: body.targetBusy };
      const { planJson, traceJson, microseconds } = await replicas.read(({ decisions }) => call(decisions, 'simulateCall', request, context, read));
      return { plan: planOf(planJson), trace: traceOf(traceJson), microseconds };
    },
    listDecisions: async ({ context, params, query }) => {
      const { q = '', pageSize, pageToken = '' } = query;
      const page = await replicas.read(({ decisions }) => call(decisions, 'listDecisions', { ...params, pageSize, pageToken }, context, read));
      const items = page.decisions.map(decisionOf).filter(({ from, to, callId }) => [from, to, callId].some((text) => text.startsWith(q)));
      return { items, nextPageToken: page.nextPageToken };
    },
    explainCall: async ({ context, params }) => {
      const { decisions: past } = await replicas.read(({ decisions }) => call(decisions, 'getDecisions', params, context, read));
      return { items: past.map(explainedOf) };
    },
  };
}
