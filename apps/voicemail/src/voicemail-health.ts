import type { CqlSession } from '@sfs/cassandra';
import type { Relay } from '@sfs/change-log';
import type { Check, FirstContact, Health } from '@sfs/service-host';
import type { DepositsService } from './deposits/deposits.service.ts';
import type { ProjectedDirectory } from './directory/directory.service.ts';
import type { Sources } from './sources.ts';
import type { RunningCalls } from './start-calls.port.ts';

export interface Watched {
  readonly session: CqlSession;
  readonly firstContact: FirstContact;
  readonly relay: Relay;
  readonly sources: Sources;
  readonly directory: ProjectedDirectory;
  readonly deposits: DepositsService;
  readonly calls: RunningCalls | undefined;
}

/** Ready = the store answers and fits. Calls are taken without that too: the spool keeps what is left meanwhile. */
export function voicemailHealth({ session, firstContact, relay, sources, directory, deposits, calls }: Watched): Health {
  const store = session.connected && firstContact.isMade;
  const relaying = relay.status();
  const { live, pending, spoolFailure } = deposits.status;
  const checks: Check[] = [
    { name: 'cassandra', ok: store, detail: store ? 'connected' : session.connected ? firstContact.detail : 'away' },
    { name: 'kafka', ok: sources.following, detail: sources.following ? 'following' : 'away: events are published when it is back' },
    { name: 'relay', ok: relaying.alarm === '', detail: relaying.alarm || `${relaying.openIntents} open` },
    { name: 'provisioning', ok: directory.loads > 0, detail: directory.loads > 0 ? `${directory.size} entities` : 'not loaded yet' },
    { name: 'spool', ok: spoolFailure === '' && pending === 0, detail: spoolFailure || `${pending} to be stored` },
    ...(calls?.health() ?? []),
  ];
  return { ready: store, checks, info: { relay: relaying, depositsLive: live, depositsPending: pending } };
}
