import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { GetCallSettingsRequest, GetCallSettingsResponse, UpdateCallSettingsRequest, UpdateCallSettingsResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { fromLayer, fromSettings, toView } from './call-settings.mapper.ts';
import { CallSettingsService } from './call-settings.service.ts';

@Controller()
export class CallSettingsGrpc {
  private readonly settings: CallSettingsService;

  constructor(@Inject(CallSettingsService) settings: CallSettingsService) {
    this.settings = settings;
  }

  @GrpcMethod('CallSettingsService', 'getCallSettings')
  async getCallSettings(request: GetCallSettingsRequest, metadata: Metadata): Promise<GetCallSettingsResponse> {
    return toView(await this.settings.get(contextOf(metadata).tenant, fromLayer(request.layer, request.id)));
  }

  @GrpcMethod('CallSettingsService', 'updateCallSettings')
  async updateCallSettings(request: UpdateCallSettingsRequest, metadata: Metadata): Promise<UpdateCallSettingsResponse> {
    const { expectedTag, idempotencyKey } = request;
    const settings = fromSettings(request.settings);
    return toView(await this.settings.update(contextOf(metadata), fromLayer(request.layer, request.id), { settings, expectedTag, idempotencyKey }));
  }
}
