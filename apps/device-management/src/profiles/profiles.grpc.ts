import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { DeleteDeviceProfileRequest, DeleteDeviceProfileResponse, GetDeviceProfileRequest, GetDeviceProfileResponse, ListDeviceProfilesRequest, ListDeviceProfilesResponse, PutDeviceProfileRequest, PutDeviceProfileResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toMeta } from '../entities/meta.mapper.ts';
import { settingsOf, toSettings } from '../entities/settings.mapper.ts';
import { ProfilesService, type ProfileView } from './profiles.service.ts';

@Controller()
export class ProfilesGrpc {
  private readonly profiles: ProfilesService;

  constructor(@Inject(ProfilesService) profiles: ProfilesService) {
    this.profiles = profiles;
  }

  @GrpcMethod('DeviceSettingsService', 'getDeviceProfile')
  async getDeviceProfile({ id }: GetDeviceProfileRequest, metadata: Metadata): Promise<GetDeviceProfileResponse> {
    return toProfile(await this.profiles.get(contextOf(metadata).tenant, id));
  }

  @GrpcMethod('DeviceSettingsService', 'listDeviceProfiles')
  listDeviceProfiles(_request: ListDeviceProfilesRequest, metadata: Metadata): ListDeviceProfilesResponse {
    return { profiles: this.profiles.list(contextOf(metadata).tenant).map(toProfile) };
  }

  @GrpcMethod('DeviceSettingsService', 'putDeviceProfile')
  async putDeviceProfile({ settings, ...request }: PutDeviceProfileRequest, metadata: Metadata): Promise<PutDeviceProfileResponse> {
    return toProfile(await this.profiles.put(contextOf(metadata), { ...request, settings: settingsOf(settings) }));
  }

  @GrpcMethod('DeviceSettingsService', 'deleteDeviceProfile')
  async deleteDeviceProfile({ id, expectedTag }: DeleteDeviceProfileRequest, metadata: Metadata): Promise<DeleteDeviceProfileResponse> {
    await this.profiles.delete(contextOf(metadata), id, expectedTag);
    return {};
  }
}

function toProfile({ profile, devices }: ProfileView): GetDeviceProfileResponse {
  const { id, name, settings } = profile.body;
  return { profile: { meta: toMeta(profile), id, name, settings: toSettings(settings) }, devices };
}
