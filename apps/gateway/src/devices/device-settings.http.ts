import { call, type CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { DeviceLayer, DeviceSettings } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { layerOf, profileOf, settingsMessage } from './device-settings.mapper.ts';

export type DeviceSettingsHandlers = Pick<
  Handlers,
  | 'listDeviceProfiles'
  | 'getDeviceProfile'
  | 'putDeviceProfile'
  | 'deleteDeviceProfile'
  | 'getTenantDeviceSettings'
  | 'putTenantDeviceSettings'
  | 'getSiteDeviceSettings'
  | 'putSiteDeviceSettings'
>;

interface Layer {
  readonly layer: 'tenant' | 'site';
  readonly id: string;
}

interface Put {
  readonly context: CallContext;
  readonly body: DeviceSettings;
  readonly expectedTag: string;
  readonly idempotencyKey: string;
}

const TENANT: Layer = { layer: 'tenant', id: '' };
const site = (id: string): Layer => ({ layer: 'site', id });

export function deviceSettingsHandlers({ devices: replicas, read, write }: Neighbours): DeviceSettingsHandlers {
  const get = async (layer: Layer, context: CallContext): Promise<DeviceLayer> => layerOf(await replicas.read(({ settings }) => call(settings, 'getDeviceLayer', layer, context, read)));
  const put = async (layer: Layer, { context, body, expectedTag, idempotencyKey }: Put): Promise<DeviceLayer> => {
    const request = { ...layer, settings: settingsMessage(body), expectedTag, idempotencyKey };
    return layerOf(await replicas.write(({ settings }) => call(settings, 'putDeviceLayer', request, context, write)).catch(inBody));
  };
  return {
    listDeviceProfiles: async ({ context }) => ({ items: (await replicas.read(({ settings }) => call(settings, 'listDeviceProfiles', {}, context, read))).profiles.map(profileOf) }),
    getDeviceProfile: async ({ context, params }) => profileOf(await replicas.read(({ settings }) => call(settings, 'getDeviceProfile', params, context, read))),
    putDeviceProfile: async ({ context, params, body, expectedTag, idempotencyKey }) => {
      const request = { ...params, name: body.name, settings: settingsMessage(body.settings), expectedTag, idempotencyKey };
      return profileOf(await replicas.write(({ settings }) => call(settings, 'putDeviceProfile', request, context, write)));
    },
    deleteDeviceProfile: async ({ context, params, expectedTag }) => {
      await replicas.write(({ settings }) => call(settings, 'deleteDeviceProfile', { ...params, expectedTag }, context, write));
    },
    getTenantDeviceSettings: ({ context }) => get(TENANT, context),
    putTenantDeviceSettings: (incoming) => put(TENANT, incoming),
    getSiteDeviceSettings: ({ context, params }) => get(site(params.id), context),
    putSiteDeviceSettings: (incoming) => put(site(incoming.params.id), incoming),
  };
}

/** The settings are the body itself here, not a field of it. */
function inBody(error: unknown): never {
  const { field } = error instanceof DomainError ? error.details : {};
  if (!(error instanceof DomainError) || !field?.startsWith('settings.')) throw error;
  throw new DomainError(error.kind, error.code, error.message, { ...error.details, field: field.slice('settings.'.length) });
}
