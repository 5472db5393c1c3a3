import type { CqlSession } from '@sfs/cassandra';
import type { Relay } from '@sfs/change-log';
import type { Check, FirstContact, Health } from '@sfs/service-host';
import type { RunningCheckSync } from './check-sync/check-sync.port.ts';
import type { Memory } from './open-memory.ts';
import type { RunningPhoneDoor } from './phone-door.port.ts';
import type { Sources } from './sources.ts';

export interface Watched {
  readonly session: CqlSession;
  readonly firstContact: FirstContact;
  readonly relay: Relay;
  readonly sources: Sources;
  readonly memory: Memory;
  readonly checkSync: RunningCheckSync;
  readonly door: RunningPhoneDoor;
}

/** Ready = the store answers and fits, and the devices are known. Phones are answered without the store too, as far as memory goes. */
export function deviceManagementHealth({ session, firstContact, relay, sources, memory, checkSync, door }: Watched): Health {
  const { known, directory, writer } = memory;
  const store = session.connected && firstContact.isMade;
  const relaying = relay.status();
  const checks: Check[] = [
    { name: 'cassandra', ok: store, detail: store ? 'connected' : session.connected ? firstContact.detail : 'away' },
    { name: 'kafka', ok: sources.following, detail: sources.following ? 'following' : 'away: events are published when it is back' },
    { name: 'relay', ok: relaying.alarm === '', detail: relaying.alarm || `${relaying.openIntents} open` },
    { name: 'devices', ok: known.isLoaded, detail: known.isLoaded ? `${known.size} devices` : 'not loaded yet' },
    { name: 'provisioning', ok: directory.isLoaded, detail: directory.isLoaded ? `${directory.size} entities` : 'not loaded yet' },
    ...checkSync.health(),
    ...door.health(),
  ];
  return { ready: store && known.isLoaded, checks, info: { relay: relaying, devices: known.size, factsOpen: writer.open } };
}
