import { call, type CallContext } from '@sfs/grpc';
import type { DeviceFile } from '@sfs/rest-contract';
import type { AuditStore } from '../audit/audit.store.ts';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { fileOf } from './devices.mapper.ts';

export type DeviceFileHandlers = Pick<Handlers, 'getDeviceFiles' | 'revealDeviceFiles'>;

export function deviceFileHandlers({ devices: replicas, read }: Neighbours, audit: AuditStore): DeviceFileHandlers {
  const filesOf = async (mac: string, reveal: boolean, context: CallContext): Promise<{ items: DeviceFile[] }> => {
    const { files } = await replicas.read(({ devices }) => call(devices, 'getDeviceFiles', { mac, reveal }, context, read));
    return { items: files.map(fileOf) };
  };
  return {
    getDeviceFiles: ({ context, params }) => filesOf(params.mac, false, context),
    revealDeviceFiles: async ({ caller, context, params }) => {
      const revealed = await filesOf(params.mac, true, context);
      // Before they leave the house: secrets that nobody can be asked about are not shown.
      await audit.add({ tenant: caller.tenant, actor: caller.login, kind: 'device-secrets', entityId: params.mac, body: { event: 'revealed', files: revealed.items.map(({ name }) => name).join(' ') } });
      return revealed;
    },
  };
}
