import {
  CallSettingsServiceClient,
  ChangesServiceClient,
  DecisionsServiceClient,
  DirectoryNumbersServiceClient,
  ImportsServiceClient,
  PlanServiceClient,
  TopologyServiceClient,
  UsersServiceClient,
} from '@sfs/contracts';
import { type CallRules, connectClient } from '@sfs/grpc';
import { Replicas } from './replicas.ts';

export interface Neighbours {
  readonly topology: TopologyServiceClient;
  readonly users: UsersServiceClient;
  readonly numbers: DirectoryNumbersServiceClient;
  readonly callSettings: CallSettingsServiceClient;
  readonly imports: ImportsServiceClient;
  readonly changes: ChangesServiceClient;
  readonly replicas: Replicas;
  /** doing it twice does no harm */
  readonly read: CallRules;
  readonly write: CallRules;
  /** a file of 5,000 rows */
  readonly bulk: CallRules;
  close(): void;
}

export interface NeighbourAddresses {
  readonly provisioning: string;
  readonly dialPlan: readonly string[];
  readonly token?: string | undefined;
}

/** Connects lazily and again by itself; nothing here waits for a neighbour. */
export function connectNeighbours({ provisioning, dialPlan, token }: NeighbourAddresses): Neighbours {
  const clients = {
    topology: connectClient(TopologyServiceClient, provisioning),
    users: connectClient(UsersServiceClient, provisioning),
    numbers: connectClient(DirectoryNumbersServiceClient, provisioning),
    callSettings: connectClient(CallSettingsServiceClient, provisioning),
    imports: connectClient(ImportsServiceClient, provisioning),
    changes: connectClient(ChangesServiceClient, provisioning),
  };
  const replicas = new Replicas(
    dialPlan.map((address) => ({ address, plan: connectClient(PlanServiceClient, address), decisions: connectClient(DecisionsServiceClient, address) })),
  );
  return {
    ...clients,
    replicas,
    read: { deadlineMs: 3_000, idempotent: true, token },
    write: { deadlineMs: 8_000, token },
    bulk: { deadlineMs: 60_000, token },
    close: () => {
      for (const client of Object.values(clients)) client.close();
      replicas.close();
    },
  };
}
