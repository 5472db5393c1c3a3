import { mergedHistory } from '@sfs/change-log';
import { parseMac } from '@sfs/phone-config';
import { checkPage } from '../entities/check-input.ts';
import type { ChangeRecord, EntityStore } from '../entities/entities.store.ts';

export interface ChangesQuery {
  /** a MAC, or KIND/ID of a profile or layer; '' = all */
  readonly entityId: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

export interface ChangesPage {
  readonly changes: readonly ChangeRecord[];
  readonly nextPageToken: string;
}

/** Who did what to devices: settings, windows, rotations, and who was shown secrets. */
export class DeviceHistory {
  readonly #store: Pick<EntityStore, 'changes'>;

  constructor(store: Pick<EntityStore, 'changes'>) {
    this.#store = store;
  }

  async list(tenant: string, query: ChangesQuery): Promise<ChangesPage> {
    const { pageSize, pageToken } = checkPage(query);
    const page = { pageSize, ...(pageToken === '' ? {} : { pageToken }) };
    const [, kind, id] = /^(device-profile|device-layer)\/(.{1,130})$/.exec(query.entityId) ?? [];
    const mac = parseMac(query.entityId);
    if (mac !== undefined) return this.#ofDevice(tenant, mac, { pageSize, pageToken });
    if (query.entityId !== '' && kind === undefined) return { changes: [], nextPageToken: '' };
    const { items, nextPageToken } = await this.#store.changes(tenant, kind === undefined || id === undefined ? page : { ...page, kind, id });
    return { changes: items, nextPageToken };
  }

  #ofDevice(tenant: string, mac: string, { pageSize, pageToken }: { pageSize: number; pageToken: string }): Promise<ChangesPage> {
    return mergedHistory(this.#store, { tenant, sources: ['device', 'enrolment', 'device-reveal'].map((kind) => ({ kind, id: mac })), pageSize, pageToken });
  }
}
