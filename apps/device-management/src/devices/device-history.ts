import { parseMac } from '@sfs/phone-config';
import { badPageToken, checkPage } from '../entities/check-input.ts';
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

interface Source {
  readonly kind: string;
  readonly id: string;
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

  /** Merges the histories of the device's entities. The token says up to which moment everything was shown. */
  async #ofDevice(tenant: string, mac: string, { pageSize, pageToken }: { pageSize: number; pageToken: string }): Promise<ChangesPage> {
    const after = placeOf(pageToken);
    const sources: readonly Source[] = ['device', 'enrolment', 'device-reveal'].map((kind) => ({ kind, id: mac }));
    const each = await Promise.all(sources.map((source) => this.#after(tenant, source, after, pageSize + 1)));
    const all = each.flat().sort((a, b) => (isAfter(a, b) ? 1 : -1));
    const shown = all.slice(0, pageSize);
    const last = shown.at(-1);
    return { changes: shown, nextPageToken: last !== undefined && all.length > shown.length ? Buffer.from(JSON.stringify([last.changedAt, last.tag])).toString('base64url') : '' };
  }

  /** The next ones of one entity. Its history is read from its newest on: short, next to what one person may read through. */
  async #after(tenant: string, source: Source, after: Place | undefined, wanted: number): Promise<ChangeRecord[]> {
    const found: ChangeRecord[] = [];
    let pageToken = '';
    do {
      const page = await this.#store.changes(tenant, { ...source, pageSize: 200, ...(pageToken === '' ? {} : { pageToken }) });
      found.push(...page.items.filter((record) => after === undefined || isAfter(record, after)));
      pageToken = page.nextPageToken;
    } while (pageToken !== '' && found.length < wanted);
    return found.slice(0, wanted);
  }
}

type Place = Pick<ChangeRecord, 'changedAt' | 'tag'>;

/** Comes later in a list that begins with the newest. */
function isAfter(record: Place, place: Place): boolean {
  return record.changedAt === place.changedAt ? record.tag > place.tag : record.changedAt < place.changedAt;
}

function placeOf(token: string): Place | undefined {
  if (token === '') return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === 'string')) return { changedAt: String(parts[0]), tag: String(parts[1]) };
  } catch {
    // falls through to the refusal
  }
  throw badPageToken();
}
