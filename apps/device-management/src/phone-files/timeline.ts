import type { Identity } from '@sfs/phone-config';
import type { KnownDevice, KnownDevices } from '../devices/known-devices.port.ts';
import type { Facts, RequestOutcome } from '../facts/facts.port.ts';
import type { FileTarget } from './request-target.ts';
import { TenantNames } from './tenant-names.ts';

export interface Asked {
  readonly target: FileTarget;
  readonly identity: Identity;
  readonly address: string;
  readonly userAgent: string;
}

export interface Answered {
  readonly status: number;
  readonly outcome: RequestOutcome;
  readonly sizeBytes?: number;
  readonly revision?: number;
  readonly hint?: string;
}

const HINTS: Readonly<Partial<Record<RequestOutcome, string>>> = {
  bootstrap: 'asks without its credential: was it reset? open the enrolment window',
  'wrong-credential': 'shows a credential that is not its own: open the enrolment window',
  limited: 'its address asked for too many devices: see the sweeps',
};
const NO_NUMBER = 'has no number yet: assign one';

/** Tells Facts of answers, after they went out, so that nobody waits for it. */
export class Timeline {
  private readonly known: KnownDevices;
  private readonly facts: Facts;
  private readonly tenants = new TenantNames();

  constructor({ known, facts }: { known: KnownDevices; facts: Facts }) {
    this.known = known;
    this.facts = facts;
  }

  /** A line for an entered device; nothing for another one. */
  note({ target, identity, address, userAgent }: Asked, answered: Answered): void {
    const device = identity.mac === undefined ? undefined : this.known.find(identity.mac);
    if (device === undefined) return;
    this.facts.note({
      tenant: device.tenant,
      mac: device.mac,
      kind: 'request',
      subject: target.name,
      status: answered.status,
      outcome: answered.outcome,
      address,
      userAgent,
      sizeBytes: answered.sizeBytes ?? 0,
      revision: answered.revision ?? 0,
      hint: [answered.hint ?? hintOf(device, answered.outcome), identity.conflict].filter((text) => text !== '').join('; '),
      vendor: identity.pack?.id ?? '',
      model: identity.model,
      firmware: identity.firmware,
    });
  }

  /** As `note`; a phone that is not entered goes to the list of those that wait. */
  noteOrWait(asked: Asked, answered: Answered): void {
    const { target, identity, address, userAgent } = asked;
    if (identity.mac === undefined || this.known.find(identity.mac) !== undefined) return this.note(asked, answered);
    const tenant = this.tenants.resolve(target.tenant);
    if (tenant === undefined) return;
    this.facts.waits({ tenant, mac: identity.mac, vendor: identity.pack?.id ?? '', model: identity.model, firmware: identity.firmware, address, userAgent });
  }
}

function hintOf(device: KnownDevice, outcome: RequestOutcome): string {
  return outcome === 'bootstrap' && device.number === '' ? NO_NUMBER : (HINTS[outcome] ?? '');
}
