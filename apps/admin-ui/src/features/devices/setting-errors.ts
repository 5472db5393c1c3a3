import { type DeviceSettings, deviceSettings as schema } from '@sfs/rest-contract';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { SETTING_KEYS } from './device-settings-words.ts';

/** What the contract refuses in these settings, by setting; `vendorParameters.NAME` for a parameter. */
export function settingErrors(value: DeviceSettings): Readonly<Record<string, string>> {
  return schemaErrors(schema, value);
}

export function settingServerErrors(error: unknown): Readonly<Record<string, string>> {
  const fields = [...SETTING_KEYS, 'vendorParameters'];
  const nested = serverError(error, ...fields.map((field) => `settings.${field}`));
  return { ...serverError(error, ...fields), ...Object.fromEntries(Object.entries(nested).map(([field, words]) => [field.slice('settings.'.length), words])) };
}
