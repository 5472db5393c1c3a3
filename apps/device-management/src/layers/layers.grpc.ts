import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { DevicesMeta, GetDeviceLayerRequest, GetDeviceLayerResponse, PutDeviceLayerRequest, PutDeviceLayerResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toMeta } from '../entities/meta.mapper.ts';
import { settingsOf, toEffective, toSettings } from '../entities/settings.mapper.ts';
import { LayersService, type LayerView } from './layers.service.ts';

@Controller()
export class LayersGrpc {
  private readonly layers: LayersService;

  constructor(@Inject(LayersService) layers: LayersService) {
    this.layers = layers;
  }

  @GrpcMethod('DeviceSettingsService', 'getDeviceLayer')
  async getDeviceLayer(request: GetDeviceLayerRequest, metadata: Metadata): Promise<GetDeviceLayerResponse> {
    return toLayer(await this.layers.get(contextOf(metadata).tenant, request));
  }

  @GrpcMethod('DeviceSettingsService', 'putDeviceLayer')
  async putDeviceLayer({ settings, ...request }: PutDeviceLayerRequest, metadata: Metadata): Promise<PutDeviceLayerResponse> {
    return toLayer(await this.layers.put(contextOf(metadata), { ...request, settings: settingsOf(settings) }));
  }
}

const NEVER_SET: DevicesMeta = { version: 0, tag: '', changedAt: '', actor: '', site: '' };

function toLayer({ key, entity, effective }: LayerView): GetDeviceLayerResponse {
  return { deviceLayer: { ...key, meta: entity ? toMeta(entity) : NEVER_SET, settings: toSettings(entity?.body.settings ?? {}) }, effective: toEffective(effective) };
}
