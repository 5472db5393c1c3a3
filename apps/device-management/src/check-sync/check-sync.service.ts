import type { Logger } from 'pino';
import { DomainError } from '@sfs/kernel';
import { resyncEvent, type Pack } from '@sfs/phone-config';
import type { SipEndpoint } from '@sfs/sip';
import type { KnownDevice, KnownDevices } from '../devices/known-devices.port.ts';
import type { Directory, Line } from '../directory/directory.port.ts';
import type { Facts } from '../facts/facts.port.ts';
import type { CheckSyncMetrics } from './check-sync.metrics.ts';
import type { CheckSync } from './check-sync.port.ts';
import { isTaken, meaningOf } from './meaning-of.ts';
import type { Pace } from './pace.ts';

export interface CheckSyncServiceParts {
  readonly endpoint: Pick<SipEndpoint, 'request'>;
  readonly packs: readonly Pack[];
  readonly known: Pick<KnownDevices, 'find'>;
  readonly directory: Pick<Directory, 'isLoaded' | 'line'>;
  readonly facts: Pick<Facts, 'note'>;
  readonly pace: Pick<Pace, 'turn'>;
  readonly metrics: Pick<CheckSyncMetrics, 'sent'>;
  readonly log: Logger;
}

type Outcome = Awaited<ReturnType<CheckSync['send']>>;

/** Longer than the SIP server waits for a phone (4 s): its 408 tells more than our own. */
const ANSWER_WITHIN_MS = 6000;

/** Tells a phone, through the SIP server that knows where it is, to fetch its configuration. */
export class CheckSyncService implements CheckSync {
  readonly #parts: CheckSyncServiceParts;
  /** by MAC, not sent yet */
  readonly #waiting = new Map<string, Promise<Outcome>>();
  readonly #sending = new Set<Promise<Outcome>>();

  constructor(parts: CheckSyncServiceParts) {
    this.#parts = parts;
  }

  /** Whoever asks for a device that waits for its turn gets that turn's outcome: the phone will fetch what is newest then. */
  send(mac: string, actor?: string): Promise<Outcome> {
    const waiting = this.#waiting.get(mac);
    if (waiting) return waiting;
    const sending = this.#send(mac, actor).finally(() => {
      // by now another one may wait
      if (this.#waiting.get(mac) === sending) this.#waiting.delete(mac);
      this.#sending.delete(sending);
    });
    this.#waiting.set(mac, sending);
    this.#sending.add(sending);
    return sending;
  }

  /** What was begun has ended. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#sending);
  }

  async #send(mac: string, actor: string | undefined): Promise<Outcome> {
    const { pace } = this.#parts;
    this.#addressOf(mac);
    await pace.turn();
    this.#waiting.delete(mac);
    // it may have been changed or deleted meanwhile
    const { device, line, pack } = this.#addressOf(mac);
    const event = resyncEvent(pack);
    const status = await this.#notify(line, event);
    this.#note(device, { event, status, actor });
    return { status, meaning: meaningOf(status) };
  }

  #addressOf(mac: string): { device: KnownDevice; line: Line; pack: Pack } {
    const { known, directory, packs } = this.#parts;
    const device = known.find(mac);
    if (!device) throw new DomainError('not-found', 'devices/unknown', 'There is no such device', { field: 'mac', remedy: 'Enter the device first.' });
    const pack = packs.find(({ id }) => id === device.vendor);
    if (!pack) throw new DomainError('not-found', 'devices/no-pack', `Phones of ${device.vendor} cannot be told: there is no pack for them`, { field: 'vendor', remedy: 'Install the pack of this vendor, or enter the device as another one.' });
    const line = device.number === '' ? undefined : directory.line(device.tenant, device.switchId, device.number);
    if (line) return { device, line, pack };
    if (device.number !== '' && !directory.isLoaded) throw new DomainError('unavailable', 'devices/directory-away', 'Provisioning was not heard yet: nobody knows how to reach the number', { remedy: 'Try again when provisioning is back.' });
    throw new DomainError('not-found', 'devices/no-line', 'The device has no number under which the SIP server could reach it', { field: 'number', remedy: 'Give the device a number.' });
  }

  /** Without Subscription-State: there is no subscription, and some phones refuse what claims one. */
  async #notify({ number, sipDomain }: Line, event: string): Promise<number> {
    const uri = `sip:${encodeURIComponent(number)}@${sipDomain}`;
    const { status } = await this.#parts.endpoint.request({ method: 'NOTIFY', uri, from: uri, to: uri, headers: [`Event: ${event}`], timeoutMs: ANSWER_WITHIN_MS });
    return status;
  }

  #note({ tenant, mac, vendor, model }: KnownDevice, { event, status, actor }: { readonly event: string; readonly status: number; readonly actor: string | undefined }): void {
    const { facts, metrics, log } = this.#parts;
    metrics.sent(vendor, status);
    facts.note({ tenant, mac, kind: 'notify', subject: event, status, vendor, model, ...(actor === undefined ? {} : { actor }), ...(isTaken(status) ? {} : { hint: meaningOf(status) }) });
    log[isTaken(status) ? 'debug' : 'info']({ tenant, mac, event, status }, 'check-sync answered');
  }
}
