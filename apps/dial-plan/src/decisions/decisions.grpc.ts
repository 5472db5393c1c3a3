import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { AwaitEffectRequest, AwaitEffectResponse, GetDecisionsRequest, GetDecisionsResponse, GetStatusRequest, GetStatusResponse, ListDecisionsRequest, ListDecisionsResponse, SimulateCallRequest, SimulateCallResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { pageSizeOf } from '../page-size.ts';
import { decisionOf, placeOf, questionOf, tokenOf } from './decisions.mapper.ts';
import { DecisionsService } from './decisions.service.ts';
import { EffectWaiter } from './effect-waiter.ts';
import { StatusService } from './status.service.ts';

type Call<Q, R> = ServerUnaryCall<Q, R>;

/** The answer must leave before the caller gives up. */
const MARGIN_MS = 50;
const UNSAID_MS = 5_000;

@Controller()
export class DecisionsGrpc {
  private readonly decisions: DecisionsService;
  private readonly effects: EffectWaiter;
  private readonly status: StatusService;

  constructor(@Inject(DecisionsService) decisions: DecisionsService, @Inject(EffectWaiter) effects: EffectWaiter, @Inject(StatusService) status: StatusService) {
    this.decisions = decisions;
    this.effects = effects;
    this.status = status;
  }

  @GrpcMethod('DecisionsService', 'simulateCall')
  simulateCall(request: SimulateCallRequest, metadata: Metadata): SimulateCallResponse {
    const { plan, trace, microseconds } = this.decisions.simulate(contextOf(metadata).tenant, request.switchId, questionOf(request));
    return { planJson: JSON.stringify(plan), traceJson: JSON.stringify(trace), microseconds };
  }

  @GrpcMethod('DecisionsService', 'listDecisions')
  async listDecisions(request: ListDecisionsRequest, metadata: Metadata): Promise<ListDecisionsResponse> {
    const { tenant } = contextOf(metadata);
    const page = { size: pageSizeOf(request.pageSize), before: placeOf(request.pageToken) };
    const { records, next } = await this.decisions.list({ tenant, switchId: request.switchId }, page);
    return { decisions: records.map((record) => decisionOf(record, false)), nextPageToken: tokenOf(next) };
  }

  @GrpcMethod('DecisionsService', 'getDecisions')
  async getDecisions(request: GetDecisionsRequest, metadata: Metadata): Promise<GetDecisionsResponse> {
    const records = await this.decisions.findCall(contextOf(metadata).tenant, request.callId);
    return { decisions: records.map((record) => decisionOf(record, true)) };
  }

  @GrpcMethod('DecisionsService', 'awaitEffect')
  async awaitEffect(request: AwaitEffectRequest, metadata: Metadata, call: Call<AwaitEffectRequest, AwaitEffectResponse>): Promise<AwaitEffectResponse> {
    const { tenant } = contextOf(metadata);
    const awaited = { tenant, kind: request.kind, id: request.entityId, version: request.version };
    await this.effects.wait(awaited, withinMs(call.getDeadline()));
    return { revision: this.status.revisionFor(awaited), replica: this.status.replica };
  }

  @GrpcMethod('DecisionsService', 'getStatus')
  getStatus(_request: GetStatusRequest, metadata: Metadata): GetStatusResponse {
    return this.status.get(contextOf(metadata).tenant);
  }
}

function withinMs(deadline: Date | number): number {
  const until = Number(deadline);
  return Number.isFinite(until) ? until - Date.now() - MARGIN_MS : UNSAID_MS;
}
