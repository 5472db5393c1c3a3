import { call } from '@sfs/grpc';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { deviceOf } from './devices.mapper.ts';

export type DeviceActionHandlers = Pick<Handlers, 'openEnrolment' | 'closeEnrolment' | 'rotateCredential' | 'sendCheckSync'>;

/** Who did it, the timeline of the device tells. */
export function deviceActionHandlers({ devices: replicas, write, notify }: Neighbours): DeviceActionHandlers {
  return {
    openEnrolment: async ({ context, params, body }) => deviceOf((await replicas.write(({ devices }) => call(devices, 'openEnrolment', { ...params, ...body }, context, write))).view),
    closeEnrolment: async ({ context, params }) => {
      await replicas.write(({ devices }) => call(devices, 'closeEnrolment', params, context, write));
    },
    rotateCredential: async ({ context, params }) => deviceOf((await replicas.write(({ devices }) => call(devices, 'rotateCredential', params, context, write))).view),
    sendCheckSync: async ({ context, params }) => {
      const { status, meaning } = await replicas.write(({ devices }) => call(devices, 'sendCheckSync', params, context, notify));
      return { status, meaning };
    },
  };
}
