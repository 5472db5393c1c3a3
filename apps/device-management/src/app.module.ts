import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { DeviceFilesService } from './devices/device-files.service.ts';
import { DeviceHistory } from './devices/device-history.ts';
import { DeviceInsightGrpc } from './devices/device-insight.grpc.ts';
import { DeviceList } from './devices/device-list.ts';
import { DeviceTimeline } from './devices/device-timeline.ts';
import { DevicesGrpc } from './devices/devices.grpc.ts';
import { DevicesService } from './devices/devices.service.ts';
import { Packs } from './devices/packs.ts';
import { LayersGrpc } from './layers/layers.grpc.ts';
import { LayersService } from './layers/layers.service.ts';
import { ProfilesGrpc } from './profiles/profiles.grpc.ts';
import { ProfilesService } from './profiles/profiles.service.ts';

export interface AppParts {
  readonly devices: DevicesService;
  readonly list: DeviceList;
  readonly files: DeviceFilesService;
  readonly timeline: DeviceTimeline;
  readonly history: DeviceHistory;
  readonly packs: Packs;
  readonly profiles: ProfilesService;
  readonly layers: LayersService;
}

@Module({})
export class AppModule {
  static with({ devices, list, files, timeline, history, packs, profiles, layers }: AppParts): DynamicModule {
    return {
      module: AppModule,
      controllers: [DevicesGrpc, DeviceInsightGrpc, ProfilesGrpc, LayersGrpc],
      providers: [
        given(DevicesService, devices),
        given(DeviceList, list),
        given(DeviceFilesService, files),
        given(DeviceTimeline, timeline),
        given(DeviceHistory, history),
        given(Packs, packs),
        given(ProfilesService, profiles),
        given(LayersService, layers),
      ],
    };
  }
}

function given<T>(token: Type<T>, value: T): { provide: Type<T>; useValue: T } {
  return { provide: token, useValue: value };
}
