import type { GetStatusResponse } from '@sfs/contracts';
import type { Overview } from '@sfs/rest-contract';

type ReplicaState = Overview['replicas'][number];

export function replicaOf({ replica, loadedFrom, switches, sources, refusals }: GetStatusResponse): ReplicaState {
  return {
    replica,
    reachable: true,
    loadedFrom,
    switches: switches.map(({ switchId, deciding, revision, reason }) => ({ switchId, deciding, revision, reason })),
    sources: sources.map(({ owner, site, ageMs }) => ({ owner, site, ageMs })),
    refusals: refusals.map(({ time, switchId, callId, summary }) => ({ time, switchId, callId, summary })),
  };
}

export function unreachable(address: string): ReplicaState {
  return { replica: address, reachable: false, loadedFrom: '', switches: [], sources: [], refusals: [] };
}
