import type { Relay } from '@sfs/change-log';
import type { CqlSession } from '@sfs/cassandra';
import type { Publisher } from '@sfs/kafka';
import type { Check, FirstContact, Health } from '@sfs/service-host';
import type { RegistrarService } from './registrar/registrar.service.ts';

export interface Watched {
  readonly session: CqlSession;
  readonly firstContact: FirstContact;
  readonly publisher: Publisher;
  readonly relay: Relay;
  readonly registrar: RegistrarService;
}

/** Ready = the store answers and fits. Kafka and registrars away only degrade: what they miss is brought later. */
export function provisioningHealth({ session, firstContact, publisher, relay, registrar }: Watched): Health {
  const store = session.connected && firstContact.isMade;
  const relaying = relay.status();
  const checks: Check[] = [
    { name: 'cassandra', ok: store, detail: store ? 'connected' : session.connected ? firstContact.detail : 'away' },
    // Only the replica that relays talks to Kafka all the time; another one has nothing to say until its next change.
    { name: 'kafka', ok: publisher.connected || !relaying.holdsLease, detail: publisher.connected ? 'connected' : relaying.holdsLease ? 'away: changes are published when it is back' : 'idle' },
    { name: 'relay', ok: relaying.alarm === '', detail: relaying.alarm || `${relaying.openIntents} open` },
    ...[...registrar.status()].map(([switchId, { pending, failure, refused }]): Check => ({
      name: `registrar ${switchId}`,
      ok: failure === '' && refused === 0,
      detail: [failure, refused > 0 ? `${refused} refused` : '', `${pending} pending`].filter(Boolean).join(', '),
    })),
  ];
  return { ready: store, checks, info: { relay: relaying } };
}
