import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { DeleteCallingProfileRequest, DeleteCallingProfileResponse, DeletePartitionRequest, DeletePartitionResponse, GetPlanRequest, GetPlanResponse, ListPlanChangesRequest, ListPlanChangesResponse, PutCallingProfileRequest, PutCallingProfileResponse, PutPartitionRequest, PutPartitionResponse, PutSwitchSettingsRequest, PutSwitchSettingsResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toPartition, toProfile, toSettings, unsetSettings } from './plan-bodies.ts';
import { PlanHistory } from './plan-history.ts';
import { toIssue } from './plan.mapper.ts';
import { PlanService } from './plan.service.ts';

@Controller()
export class PlanGrpc {
  private readonly plans: PlanService;
  private readonly history: PlanHistory;

  constructor(@Inject(PlanService) plans: PlanService, @Inject(PlanHistory) history: PlanHistory) {
    this.plans = plans;
    this.history = history;
  }

  @GrpcMethod('PlanService', 'getPlan')
  async getPlan(request: GetPlanRequest, metadata: Metadata): Promise<GetPlanResponse> {
    const { plan, issues } = await this.plans.get(contextOf(metadata).tenant, request.switchId);
    return {
      partitions: plan.partitions.map(toPartition),
      callingProfiles: plan.profiles.map(toProfile),
      settings: plan.settings ? toSettings(plan.settings) : unsetSettings(),
      issues: issues.map(toIssue),
    };
  }

  @GrpcMethod('PlanService', 'putPartition')
  async putPartition(request: PutPartitionRequest, metadata: Metadata): Promise<PutPartitionResponse> {
    const { value, issues } = await this.plans.putPartition(contextOf(metadata), request, request.partition);
    return { partition: value, issues: issues.map(toIssue) };
  }

  @GrpcMethod('PlanService', 'deletePartition')
  async deletePartition(request: DeletePartitionRequest, metadata: Metadata): Promise<DeletePartitionResponse> {
    await this.plans.deletePartition(contextOf(metadata), { ...request, idempotencyKey: '' }, request.id);
    return {};
  }

  @GrpcMethod('PlanService', 'putCallingProfile')
  async putCallingProfile(request: PutCallingProfileRequest, metadata: Metadata): Promise<PutCallingProfileResponse> {
    const { value, issues } = await this.plans.putCallingProfile(contextOf(metadata), request, request.callingProfile);
    return { callingProfile: value, issues: issues.map(toIssue) };
  }

  @GrpcMethod('PlanService', 'deleteCallingProfile')
  async deleteCallingProfile(request: DeleteCallingProfileRequest, metadata: Metadata): Promise<DeleteCallingProfileResponse> {
    await this.plans.deleteCallingProfile(contextOf(metadata), { ...request, idempotencyKey: '' }, request.id);
    return {};
  }

  @GrpcMethod('PlanService', 'putSwitchSettings')
  async putSwitchSettings(request: PutSwitchSettingsRequest, metadata: Metadata): Promise<PutSwitchSettingsResponse> {
    const { value, issues } = await this.plans.putSettings(contextOf(metadata), request, request.settings);
    return { settings: value, issues: issues.map(toIssue) };
  }

  @GrpcMethod('PlanService', 'listPlanChanges')
  listPlanChanges(request: ListPlanChangesRequest, metadata: Metadata): Promise<ListPlanChangesResponse> {
    return this.history.list(contextOf(metadata).tenant, request);
  }
}
