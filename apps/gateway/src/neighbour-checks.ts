import { connectivityState, type Client } from '@grpc/grpc-js';
import type { Check } from '@sfs/service-host';
import type { Neighbours } from './clients/clients.ts';

/** By the state of the connections, without asking anybody. */
export function neighbourChecks({ users, replicas, voicemail, devices }: Neighbours): Check[] {
  return [
    checkOf('provisioning', users),
    ...replicas.all.map(({ address, decisions }) => checkOf(`dial-plan ${address}`, decisions)),
    ...voicemail.all.map(({ address, mailboxes }) => checkOf(`voicemail ${address}`, mailboxes)),
    ...devices.all.map((replica) => checkOf(`device-management ${replica.address}`, replica.devices)),
  ];
}

function checkOf(name: string, client: Client): Check {
  const state = client.getChannel().getConnectivityState(true);
  const ok = state === connectivityState.READY || state === connectivityState.IDLE;
  return { name, ok, detail: connectivityState[state].toLowerCase() };
}
