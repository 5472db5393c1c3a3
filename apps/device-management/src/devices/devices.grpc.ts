import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { CloseEnrolmentRequest, CloseEnrolmentResponse, CreateDeviceRequest, CreateDeviceResponse, DeleteDeviceRequest, DeleteDeviceResponse, DismissDeviceRequest, DismissDeviceResponse, GetDeviceRequest, GetDeviceResponse, ListDevicesRequest, ListDevicesResponse, OpenEnrolmentRequest, OpenEnrolmentResponse, RotateCredentialRequest, RotateCredentialResponse, SendCheckSyncRequest, SendCheckSyncResponse, UpdateDeviceRequest, UpdateDeviceResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { settingsOf } from '../entities/settings.mapper.ts';
import { DeviceList } from './device-list.ts';
import { toView } from './devices.mapper.ts';
import { DevicesService } from './devices.service.ts';

/** What is done with devices. */
@Controller()
export class DevicesGrpc {
  private readonly devices: DevicesService;
  private readonly all: DeviceList;

  constructor(@Inject(DevicesService) devices: DevicesService, @Inject(DeviceList) all: DeviceList) {
    this.devices = devices;
    this.all = all;
  }

  @GrpcMethod('DevicesService', 'createDevice')
  async createDevice({ settings, ...request }: CreateDeviceRequest, metadata: Metadata): Promise<CreateDeviceResponse> {
    return { view: toView(await this.devices.create(contextOf(metadata), { ...request, settings: settingsOf(settings) })) };
  }

  @GrpcMethod('DevicesService', 'getDevice')
  async getDevice({ mac }: GetDeviceRequest, metadata: Metadata): Promise<GetDeviceResponse> {
    return { view: toView(await this.devices.get(contextOf(metadata).tenant, mac)) };
  }

  @GrpcMethod('DevicesService', 'listDevices')
  async listDevices(request: ListDevicesRequest, metadata: Metadata): Promise<ListDevicesResponse> {
    const { views, nextPageToken, counts } = await this.all.page(contextOf(metadata).tenant, request);
    return { devices: views.map(toView), nextPageToken, counts: { ...counts } };
  }

  @GrpcMethod('DevicesService', 'updateDevice')
  async updateDevice({ settings, ...request }: UpdateDeviceRequest, metadata: Metadata): Promise<UpdateDeviceResponse> {
    return { view: toView(await this.devices.update(contextOf(metadata), { ...request, settings: settingsOf(settings) })) };
  }

  @GrpcMethod('DevicesService', 'deleteDevice')
  async deleteDevice({ mac, expectedTag }: DeleteDeviceRequest, metadata: Metadata): Promise<DeleteDeviceResponse> {
    await this.devices.delete(contextOf(metadata), mac, expectedTag);
    return {};
  }

  @GrpcMethod('DevicesService', 'dismissDevice')
  async dismissDevice({ mac }: DismissDeviceRequest, metadata: Metadata): Promise<DismissDeviceResponse> {
    await this.devices.dismiss(contextOf(metadata), mac);
    return {};
  }

  @GrpcMethod('DevicesService', 'openEnrolment')
  async openEnrolment(request: OpenEnrolmentRequest, metadata: Metadata): Promise<OpenEnrolmentResponse> {
    return { view: toView(await this.devices.openWindow(contextOf(metadata), request)) };
  }

  @GrpcMethod('DevicesService', 'closeEnrolment')
  async closeEnrolment({ mac }: CloseEnrolmentRequest, metadata: Metadata): Promise<CloseEnrolmentResponse> {
    return { view: toView(await this.devices.closeWindow(contextOf(metadata), mac)) };
  }

  @GrpcMethod('DevicesService', 'rotateCredential')
  async rotateCredential({ mac }: RotateCredentialRequest, metadata: Metadata): Promise<RotateCredentialResponse> {
    return { view: toView(await this.devices.rotateCredential(contextOf(metadata), mac)) };
  }

  @GrpcMethod('DevicesService', 'sendCheckSync')
  async sendCheckSync({ mac }: SendCheckSyncRequest, metadata: Metadata): Promise<SendCheckSyncResponse> {
    const { tenant, actor } = contextOf(metadata);
    return this.devices.sendCheckSync({ tenant, actor }, mac);
  }
}
