import { call, type CallContext } from '@sfs/grpc';
import type { DeviceFile } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { fileOf } from './devices.mapper.ts';

export type DeviceFileHandlers = Pick<Handlers, 'getDeviceFiles' | 'revealDeviceFiles'>;

/** Who saw secrets is in the history of the device before they come here: the service writes it down with the actor of the call. */
export function deviceFileHandlers({ devices: replicas, read }: Neighbours): DeviceFileHandlers {
  const filesOf = async (mac: string, reveal: boolean, context: CallContext): Promise<{ items: DeviceFile[] }> => {
    const { files } = await replicas.read(({ devices }) => call(devices, 'getDeviceFiles', { mac, reveal }, context, read));
    return { items: files.map(fileOf) };
  };
  return {
    getDeviceFiles: ({ context, params }) => filesOf(params.mac, false, context),
    revealDeviceFiles: ({ context, params }) => filesOf(params.mac, true, context),
  };
}
