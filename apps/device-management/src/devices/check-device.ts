import { DomainError } from '@sfs/kernel';
import type { Pack } from '@sfs/phone-config';
import type { ProjectedDirectory } from '../directory/projected-directory.ts';
import { find } from '../entities/bodies.ts';
import { checkName, checkNumber, refuse } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import type { ProjectedDevices } from './projected-devices.ts';

const SHOWN = 40;

/** By its name, else by the MAC's first half. */
export function checkVendor(packs: readonly Pack[], vendor: string, mac: string): Pack {
  const pack = vendor === '' ? packs.find(({ ouis }) => ouis.includes(mac.slice(0, 6))) : packs.find(({ id }) => id === vendor);
  if (pack) return pack;
  const message = vendor === '' ? 'The MAC does not say whose phone this is' : 'Phones of this vendor are not served';
  throw refuse({ code: 'devices/unknown-vendor', field: 'vendor', message, remedy: `Choose one of ${packs.map(({ id }) => id).join(', ')}.` });
}

/** As the pack writes it. */
export function checkModel({ name, models }: Pack, model: string): string {
  const wanted = model.toLowerCase();
  const found = models.find((known) => [known.name, ...known.aliases].some((word) => word.toLowerCase() === wanted));
  if (found) return found.name;
  const names = models.map((known) => known.name);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  throw refuse({ code: 'devices/unknown-model', field: 'model', message: model === '' ? 'The model is missing' : `${name} has no model ${model.slice(0, 64)}`, remedy: `Choose one of ${names.slice(0, SHOWN).join(', ')}${more}.` });
}

interface WantedLine {
  readonly switchId: string;
  readonly number: string;
}

type KnowsLines = Pick<ProjectedDirectory, 'isLoaded' | 'hasSwitch' | 'line'>;

/** Both or none, and both must exist. */
export function checkLine(directory: KnowsLines, tenant: string, { switchId, number }: WantedLine): WantedLine {
  if (switchId === '' && number === '') return { switchId, number };
  if (switchId === '' || number === '') {
    throw refuse({ code: 'devices/half-a-line', field: switchId === '' ? 'switchId' : 'number', message: 'A line is a switch and a number', remedy: 'Send both, or none.' });
  }
  const line = { switchId: checkName('switchId', switchId), number: checkNumber(number) };
  if (!directory.isLoaded) throw new DomainError('unavailable', 'devices/numbers-unknown', 'The numbers are not known yet', { field: 'number', remedy: 'Try again when provisioning is reached.' });
  if (!directory.hasSwitch(tenant, line.switchId)) throw refuse({ code: 'devices/unknown-switch', field: 'switchId', message: `There is no switch ${line.switchId}`, remedy: 'Choose one of the switches.' });
  if (directory.line(tenant, line.switchId, line.number)) return line;
  throw refuse({ code: 'devices/unknown-number', field: 'number', message: `The switch ${line.switchId} has no number ${line.number}`, remedy: 'Create the number first, or choose another.' });
}

export async function checkProfile(known: Pick<ProjectedDevices, 'profile'>, store: Pick<EntityStore, 'read'>, tenant: string, text: string): Promise<string> {
  if (text === '') return '';
  const id = checkName('profileId', text);
  if (known.profile(tenant, id) ?? (await find(store, tenant, 'device-profile', id))) return id;
  throw refuse({ code: 'devices/unknown-profile', field: 'profileId', message: `There is no device profile ${id}`, remedy: 'Choose one that exists, or none.' });
}
