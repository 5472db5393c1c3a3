import { commitAs, onceOnly, type Caller } from '@sfs/change-log';
import { DomainError } from '@sfs/kernel';
import type { DeviceSettings, Pack } from '@sfs/phone-config';
import type { CheckSync } from '../check-sync/check-sync.port.ts';
import type { ProjectedDirectory } from '../directory/projected-directory.ts';
import type { EnrolmentService } from '../enrolment/enrolment.service.ts';
import { asBody, asEntity, find, getDevice, unknownDevice, type DeviceBody, type Entity } from '../entities/bodies.ts';
import { checkKey, checkMac, checkSettings, checkTag, checkText } from '../entities/check-input.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import type { FactsService } from '../facts/facts.service.ts';
import { checkLine, checkModel, checkProfile, checkVendor } from './check-device.ts';
import { isRotating, viewOf, waitingView, type DeviceView } from './device-view.ts';
import type { ProjectedDevices } from './projected-devices.ts';

const WORDS = { area: 'devices', subject: 'The device' };
/** Scope of claimed names: a MAC belongs to one tenant of the deployment. */
const MAC_SCOPE = 'mac';
const ATTEMPTS = 3;

export interface DevicesParts {
  /** what is written through it is known at once */
  readonly store: EntityStore;
  readonly known: ProjectedDevices;
  readonly directory: ProjectedDirectory;
  readonly enrolment: Pick<EnrolmentService, 'rowFor' | 'noteOpened' | 'deletionOf' | 'windowOf' | 'open' | 'close'>;
  readonly facts: Pick<FactsService, 'newestStatus' | 'newestWaiting' | 'stopsWaiting' | 'forget' | 'note'>;
  readonly checkSync: CheckSync;
  readonly packs: readonly Pack[];
  readonly now: () => number;
}

export interface WrittenDevice {
  readonly mac: string;
  readonly model: string;
  readonly label: string;
  readonly switchId: string;
  readonly number: string;
  readonly profileId: string;
  readonly settings: DeviceSettings;
  readonly idempotencyKey: string;
}

export class DevicesService {
  readonly #parts: DevicesParts;

  constructor(parts: DevicesParts) {
    this.#parts = parts;
  }

  /** Before it was ever seen, or one that waits. With a number it may fetch its secrets at once. */
  async create(caller: Caller, wanted: WrittenDevice & { readonly vendor: string }): Promise<DeviceView> {
    const { store, directory, known, facts, packs, enrolment } = this.#parts;
    const { tenant } = caller;
    const mac = checkMac(wanted.mac);
    const key = checkKey(wanted.idempotencyKey);
    const waiting = await facts.newestWaiting(tenant, mac);
    const pack = checkVendor(packs, wanted.vendor === '' ? (waiting?.vendor ?? '') : wanted.vendor, mac);
    const model = checkModel(pack, wanted.model === '' ? (waiting?.model ?? '') : wanted.model);
    const line = checkLine(directory, tenant, wanted);
    const profileId = await checkProfile(known, store, tenant, wanted.profileId);
    const wishes = { mac, vendor: pack.id, model, label: checkText('label', wanted.label), ...line, profileId, settings: checkSettings(wanted.settings) };
    if (!(await store.claimName(MAC_SCOPE, mac, tenant))) throw macOfAnotherTenant();
    const body = asBody('device', { ...wishes, credentialGeneration: await this.#firstGeneration(tenant, mac) });
    const rows: RowChange[] = [{ kind: 'device', id: mac, expect: 'absent', body }];
    if (line.number !== '') rows.push(await enrolment.rowFor(tenant, mac));
    const state = await commitAs(store, WORDS, { ...caller, ...onceOnly(key, wishes), rows });
    if (line.number !== '') enrolment.noteOpened(caller, mac);
    // What stays on the list is left out of it because the device is entered.
    await facts.stopsWaiting(tenant, mac).catch(() => undefined);
    return this.#view(asEntity(state));
  }

  /** Also one that only waits. */
  async get(tenant: string, text: string): Promise<DeviceView> {
    const mac = checkMac(text);
    const entity = await this.#find(tenant, mac);
    if (entity) return this.#view(entity);
    const waiting = await this.#parts.facts.newestWaiting(tenant, mac);
    if (!waiting) throw unknownDevice();
    return waitingView(this.#parts, waiting);
  }

  async update(caller: Caller, wanted: WrittenDevice & { readonly expectedTag: string }): Promise<DeviceView> {
    const { store, directory, known, packs, enrolment } = this.#parts;
    const { tenant } = caller;
    const mac = checkMac(wanted.mac);
    const key = checkKey(wanted.idempotencyKey);
    const tag = checkTag(wanted.expectedTag);
    const { body } = await getDevice(store, tenant, mac);
    const model = wanted.model === body.model ? body.model : checkModel(checkVendor(packs, body.vendor, mac), wanted.model);
    // What it has already is not looked up again: its number may be gone, and the label still has to be changed.
    const isSameLine = wanted.switchId === body.switchId && wanted.number === body.number;
    const line = isSameLine ? { switchId: body.switchId, number: body.number } : checkLine(directory, tenant, wanted);
    const profileId = wanted.profileId === body.profileId ? body.profileId : await checkProfile(known, store, tenant, wanted.profileId);
    const next = asBody('device', { ...body, model, label: checkText('label', wanted.label), ...line, profileId, settings: checkSettings(wanted.settings) });
    const rows: RowChange[] = [{ kind: 'device', id: mac, expect: { tag }, body: next }];
    const opens = !isSameLine && line.number !== '';
    if (opens) rows.push(await enrolment.rowFor(tenant, mac));
    const state = await commitAs(store, WORDS, { ...caller, ...onceOnly(key, { ...next, tag }), rows });
    if (opens) enrolment.noteOpened(caller, mac);
    return this.#view(asEntity(state));
  }

  /** A repeated delete of the same version answers the same. */
  async delete(caller: Caller, text: string, expectedTag: string): Promise<void> {
    const { store, enrolment, facts } = this.#parts;
    const mac = checkMac(text);
    const tag = checkTag(expectedTag);
    const earlier = await store.read(caller.tenant, 'device', mac);
    if (earlier === undefined || (earlier.deleted && earlier.parentTag !== tag)) throw unknownDevice();
    if (earlier.deleted) return;
    const rows: RowChange[] = [{ kind: 'device', id: mac, expect: { tag }, body: earlier.body, deleted: true }, ...(await enrolment.deletionOf(caller.tenant, mac))];
    await commitAs(store, WORDS, { ...caller, rows });
    await facts.forget(caller.tenant, mac);
  }

  /** Off the list of those that wait. */
  async dismiss(caller: Caller, text: string): Promise<void> {
    const { facts } = this.#parts;
    const mac = checkMac(text);
    if (await this.#find(caller.tenant, mac)) {
      throw new DomainError('conflict', 'devices/entered', 'The device is entered', { field: 'mac', remedy: 'Delete it instead.' });
    }
    if (!(await facts.newestWaiting(caller.tenant, mac))) throw unknownDevice();
    await facts.stopsWaiting(caller.tenant, mac);
  }

  async openWindow(caller: Caller, wanted: { readonly mac: string; readonly minutes: number; readonly fromAnyAddress: boolean }): Promise<DeviceView> {
    await this.#parts.enrolment.open(caller, wanted);
    return this.get(caller.tenant, wanted.mac);
  }

  async closeWindow(caller: Caller, mac: string): Promise<DeviceView> {
    await this.#parts.enrolment.close(caller, mac);
    return this.get(caller.tenant, mac);
  }

  /** One step at a time: a phone that missed two of them would be locked out. */
  async rotateCredential(caller: Caller, text: string): Promise<DeviceView> {
    const { store, facts } = this.#parts;
    const mac = checkMac(text);
    for (let attempt = 1; ; attempt += 1) {
      const { tag, body } = await getDevice(store, caller.tenant, mac);
      const { usedGeneration } = await facts.newestStatus(caller.tenant, mac);
      if (isRotating(usedGeneration, body.credentialGeneration)) {
        throw new DomainError('conflict', 'devices/rotating', 'The phone has not used its new credential yet', { field: 'mac', remedy: 'Wait until it has fetched; when it is lost, delete the device and enter it again.' });
      }
      const next = asBody('device', { ...body, credentialGeneration: body.credentialGeneration + 1 });
      try {
        const state = await commitAs(store, WORDS, { ...caller, rows: [{ kind: 'device', id: mac, expect: { tag }, body: next }] });
        facts.note({ tenant: caller.tenant, mac, kind: 'credential-rotated', actor: caller.actor });
        return await this.#view(asEntity(state));
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof DomainError) || error.code !== 'devices/stale-version') throw error;
      }
    }
  }

  async sendCheckSync({ tenant, actor }: Pick<Caller, 'tenant' | 'actor'>, text: string): Promise<{ readonly status: number; readonly meaning: string }> {
    const mac = checkMac(text);
    await getDevice(this.#parts.store, tenant, mac);
    return this.#parts.checkSync.send(mac, actor);
  }

  /** The credentials that it had before must stay void: their generations are passed over, and so is the one that would be valid beside the new one. */
  async #firstGeneration(tenant: string, mac: string): Promise<number> {
    const earlier = await this.#parts.store.read(tenant, 'device', mac);
    return earlier === undefined ? 1 : (earlier.body as unknown as DeviceBody).credentialGeneration + 2;
  }

  /** Out of memory while the store is away. */
  async #find(tenant: string, mac: string): Promise<Entity<'device'> | undefined> {
    try {
      return await find(this.#parts.store, tenant, 'device', mac);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
      return this.#parts.known.entity(tenant, mac);
    }
  }

  async #view(entity: Entity<'device'>): Promise<DeviceView> {
    const { known, directory, enrolment, now, facts } = this.#parts;
    const status = await facts.newestStatus(entity.tenant, entity.id);
    return viewOf({ known, directory, windowOf: (mac) => enrolment.windowOf(mac), now }, entity, status);
  }
}

function macOfAnotherTenant(): DomainError {
  return new DomainError('conflict', 'devices/mac-of-another-tenant', 'This MAC belongs to another tenant', { field: 'mac', remedy: 'Check the MAC; a MAC stays with the tenant that entered it first.' });
}
