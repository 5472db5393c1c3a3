import type { Client } from '@grpc/grpc-js';
import {
  CallSettingsServiceClient,
  ChangesServiceClient,
  DecisionsServiceClient,
  DeviceSettingsServiceClient,
  DevicesServiceClient,
  DirectoryNumbersServiceClient,
  ImportsServiceClient,
  MailboxesServiceClient,
  MailboxLinksServiceClient,
  MessagesServiceClient,
  PlanServiceClient,
  TopologyServiceClient,
  UsersServiceClient,
} from '@sfs/contracts';
import { type CallRules, connectClient } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { type ReplicaAddress, Replicas } from './replicas.ts';

export interface DialPlanReplica extends ReplicaAddress {
  readonly plan: PlanServiceClient;
  readonly decisions: DecisionsServiceClient;
}

export interface VoicemailReplica extends ReplicaAddress {
  readonly mailboxes: MailboxesServiceClient;
  readonly messages: MessagesServiceClient;
}

export interface DevicesReplica extends ReplicaAddress {
  readonly devices: DevicesServiceClient;
  readonly settings: DeviceSettingsServiceClient;
}

export interface Neighbours {
  readonly topology: TopologyServiceClient;
  readonly users: UsersServiceClient;
  readonly numbers: DirectoryNumbersServiceClient;
  readonly callSettings: CallSettingsServiceClient;
  readonly imports: ImportsServiceClient;
  readonly changes: ChangesServiceClient;
  readonly mailboxLinks: MailboxLinksServiceClient;
  readonly replicas: Replicas<DialPlanReplica>;
  readonly voicemail: Replicas<VoicemailReplica>;
  readonly devices: Replicas<DevicesReplica>;
  /** doing it twice does no harm */
  readonly read: CallRules;
  readonly write: CallRules;
  /** a file of 5,000 rows */
  readonly bulk: CallRules;
  /** a recording, as fast as the listener takes it */
  readonly audio: CallRules;
  /** a SIP request, which waits for its turn and then for an answer: at most 32 s (RFC 3261 17.1.2.2, Timer F) */
  readonly notify: CallRules;
  close(): void;
}

export interface NeighbourAddresses {
  readonly provisioning: string;
  readonly dialPlan: readonly string[];
  readonly voicemail: readonly string[];
  readonly devices: readonly string[];
  readonly token?: string | undefined;
}

/** Connects lazily and again by itself; nothing here waits for a neighbour. */
export function connectNeighbours({ provisioning, dialPlan, voicemail, devices, token }: NeighbourAddresses): Neighbours {
  const clients = {
    topology: connectClient(TopologyServiceClient, provisioning),
    users: connectClient(UsersServiceClient, provisioning),
    numbers: connectClient(DirectoryNumbersServiceClient, provisioning),
    callSettings: connectClient(CallSettingsServiceClient, provisioning),
    imports: connectClient(ImportsServiceClient, provisioning),
    changes: connectClient(ChangesServiceClient, provisioning),
    mailboxLinks: connectClient(MailboxLinksServiceClient, provisioning),
  };
  const planReplicas = dialPlan.map((address) => ({ address, plan: connectClient(PlanServiceClient, address), decisions: connectClient(DecisionsServiceClient, address) }));
  const boxReplicas = voicemail.map((address) => ({ address, mailboxes: connectClient(MailboxesServiceClient, address), messages: connectClient(MessagesServiceClient, address) }));
  const deviceReplicas = devices.map((address) => ({ address, devices: connectClient(DevicesServiceClient, address), settings: connectClient(DeviceSettingsServiceClient, address) }));
  const open: readonly Client[] = [
    ...Object.values(clients),
    ...planReplicas.flatMap(({ plan, decisions }) => [plan, decisions]),
    ...boxReplicas.flatMap(({ mailboxes, messages }) => [mailboxes, messages]),
    ...deviceReplicas.flatMap((replica) => [replica.devices, replica.settings]),
  ];
  return {
    ...clients,
    replicas: new Replicas(planReplicas, () => noReplica('dial-plan/no-replica', 'No dial-plan replica is configured', 'Set SFS_GATEWAY_DIALPLAN.')),
    voicemail: new Replicas(boxReplicas, () => noReplica('voicemail/no-replica', 'No voicemail service is configured', 'Set SFS_GATEWAY_VOICEMAIL.')),
    devices: new Replicas(deviceReplicas, () => noReplica('devices/no-replica', 'No device-management service is configured', 'Set SFS_GATEWAY_DEVICES.')),
    read: { deadlineMs: 3_000, idempotent: true, token },
    write: { deadlineMs: 8_000, token },
    bulk: { deadlineMs: 60_000, token },
    audio: { deadlineMs: 600_000, token },
    notify: { deadlineMs: 40_000, token },
    close: () => {
      for (const client of open) client.close();
    },
  };
}

function noReplica(code: string, message: string, remedy: string): DomainError {
  return new DomainError('unavailable', code, message, { remedy });
}
