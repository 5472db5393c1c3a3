import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { toChange } from '@sfs/change-log';
import type { GetDeviceFilesRequest, GetDeviceFilesResponse, ListDeviceChangesRequest, ListDeviceChangesResponse, ListDeviceEventsRequest, ListDeviceEventsResponse, ListPacksRequest, ListPacksResponse, ListSweepsRequest, ListSweepsResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { DeviceFilesService } from './device-files.service.ts';
import { DeviceHistory } from './device-history.ts';
import { DeviceTimeline } from './device-timeline.ts';
import { toEvent, toPack, toSweep } from './devices.mapper.ts';
import { Packs } from './packs.ts';

/** What can be read about devices beside their states. */
@Controller()
export class DeviceInsightGrpc {
  private readonly files: DeviceFilesService;
  private readonly timeline: DeviceTimeline;
  private readonly history: DeviceHistory;
  private readonly packs: Packs;

  constructor(@Inject(DeviceFilesService) files: DeviceFilesService, @Inject(DeviceTimeline) timeline: DeviceTimeline, @Inject(DeviceHistory) history: DeviceHistory, @Inject(Packs) packs: Packs) {
    this.files = files;
    this.timeline = timeline;
    this.history = history;
    this.packs = packs;
  }

  @GrpcMethod('DevicesService', 'getDeviceFiles')
  async getDeviceFiles({ mac, reveal }: GetDeviceFilesRequest, metadata: Metadata): Promise<GetDeviceFilesResponse> {
    const files = await this.files.list(contextOf(metadata), mac, reveal);
    return { files: files.map((file) => ({ ...file, lines: [...file.lines] })) };
  }

  @GrpcMethod('DevicesService', 'listDeviceEvents')
  async listDeviceEvents(request: ListDeviceEventsRequest, metadata: Metadata): Promise<ListDeviceEventsResponse> {
    const { events, nextPageToken } = await this.timeline.events(contextOf(metadata).tenant, request);
    return { events: events.map(toEvent), nextPageToken };
  }

  @GrpcMethod('DevicesService', 'listSweeps')
  async listSweeps(_request: ListSweepsRequest, metadata: Metadata): Promise<ListSweepsResponse> {
    contextOf(metadata);
    return { sweeps: (await this.timeline.sweeps()).map(toSweep) };
  }

  @GrpcMethod('DevicesService', 'listPacks')
  listPacks(_request: ListPacksRequest, metadata: Metadata): ListPacksResponse {
    contextOf(metadata);
    return { packs: this.packs.all.map(toPack) };
  }

  @GrpcMethod('DevicesService', 'listDeviceChanges')
  async listDeviceChanges(request: ListDeviceChangesRequest, metadata: Metadata): Promise<ListDeviceChangesResponse> {
    const { changes, nextPageToken } = await this.history.list(contextOf(metadata).tenant, request);
    return { changes: changes.map((change) => toChange(change)), nextPageToken };
  }
}
