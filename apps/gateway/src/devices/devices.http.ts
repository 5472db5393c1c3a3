import { call } from '@sfs/grpc';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { settingsMessage } from './device-settings.mapper.ts';
import { countsOf, deviceOf } from './devices.mapper.ts';

export type DeviceHandlers = Pick<Handlers, 'listDevices' | 'createDevice' | 'getDevice' | 'updateDevice' | 'deleteDevice' | 'dismissDevice' | 'listDeviceEvents' | 'listSweeps' | 'listDevicePacks'>;

export function deviceHandlers({ devices: replicas, read, write }: Neighbours): DeviceHandlers {
  return {
    listDevices: async ({ context, query }) => {
      const { q = '', state = '', pageSize, pageToken = '' } = query;
      const page = await replicas.read(({ devices }) => call(devices, 'listDevices', { query: q, state, pageSize, pageToken }, context, read));
      return { items: page.devices.map(deviceOf), nextPageToken: page.nextPageToken, counts: countsOf(page.counts) };
    },
    createDevice: async ({ context, body, idempotencyKey }) => {
      const request = { ...body, settings: settingsMessage(body.settings), idempotencyKey };
      return deviceOf((await replicas.write(({ devices }) => call(devices, 'createDevice', request, context, write))).view);
    },
    getDevice: async ({ context, params }) => deviceOf((await replicas.read(({ devices }) => call(devices, 'getDevice', params, context, read))).view),
    updateDevice: async ({ context, params, body, expectedTag, idempotencyKey }) => {
      const request = { ...params, ...body, settings: settingsMessage(body.settings), expectedTag, idempotencyKey };
      return deviceOf((await replicas.write(({ devices }) => call(devices, 'updateDevice', request, context, write))).view);
    },
    deleteDevice: async ({ context, params, expectedTag }) => {
      await replicas.write(({ devices }) => call(devices, 'deleteDevice', { ...params, expectedTag }, context, write));
    },
    dismissDevice: async ({ context, params }) => {
      await replicas.write(({ devices }) => call(devices, 'dismissDevice', params, context, write));
    },
    listDeviceEvents: async ({ context, params, query }) => {
      const { pageSize, pageToken = '' } = query;
      const page = await replicas.read(({ devices }) => call(devices, 'listDeviceEvents', { ...params, pageSize, pageToken }, context, read));
      return { items: page.events.map((event) => ({ ...event })), nextPageToken: page.nextPageToken };
    },
    listSweeps: async ({ context }) => {
      const { sweeps } = await replicas.read(({ devices }) => call(devices, 'listSweeps', {}, context, read));
      return { items: sweeps.map((sweep) => ({ ...sweep })) };
    },
    listDevicePacks: async ({ context }) => {
      const { packs } = await replicas.read(({ devices }) => call(devices, 'listPacks', {}, context, read));
      return { items: packs.map(({ id, name, models }) => ({ id, name, models: [...models] })) };
    },
  };
}
