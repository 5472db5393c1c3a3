import { badPageToken, checkMac, checkPage } from '../entities/check-input.ts';
import { isEventId } from '../facts/event-id.ts';
import type { SweepSeen } from '../facts/facts.port.ts';
import type { FactsService } from '../facts/facts.service.ts';
import type { EventPage } from '../facts/facts.store.ts';

/** What happened to devices, for people. */
export class DeviceTimeline {
  readonly #facts: Pick<FactsService, 'events' | 'sweeps'>;

  constructor(facts: Pick<FactsService, 'events' | 'sweeps'>) {
    this.#facts = facts;
  }

  /** Newest first; of a MAC that nobody knows nothing. */
  events(tenant: string, request: { readonly mac: string; readonly pageSize: number; readonly pageToken: string }): Promise<EventPage> {
    const mac = checkMac(request.mac);
    const { pageSize, pageToken } = checkPage(request);
    if (pageToken !== '' && !isEventId(pageToken)) throw badPageToken();
    return this.#facts.events(tenant, mac, { size: pageSize, before: pageToken });
  }

  sweeps(): Promise<readonly SweepSeen[]> {
    return this.#facts.sweeps();
  }
}
