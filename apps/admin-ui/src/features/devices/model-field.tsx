import type { Device, DevicePack } from '@sfs/rest-contract';
import { SelectField } from '../../ui/controls.tsx';

interface ModelFieldProps {
  readonly packs: readonly DevicePack[];
  /** `vendor/model`, '' = not chosen yet */
  readonly value: string;
  readonly error?: string | undefined;
  readonly hint?: string;
  /** a device keeps its vendor */
  readonly vendor?: string;
  readonly dirty?: boolean;
  readonly onChange: (value: string) => void;
}

export function vendorModel({ vendor, model }: Pick<Device, 'vendor' | 'model'>): string {
  return vendor && model ? `${vendor}/${model}` : '';
}

/** Models by vendor; one the packs do not name stays a choice. */
export function ModelField({ packs, value, error, hint, vendor, dirty, onChange }: ModelFieldProps) {
  const shown = packs.filter(({ id }) => vendor === undefined || id === vendor);
  const isKnown = value === '' || shown.some(({ id, models }) => models.some((model) => `${id}/${model}` === value));
  return (
    <SelectField label="Model" value={value} error={error} hint={hint} dirty={dirty ?? false} onChange={(event) => onChange(event.target.value)}>
      {value === '' ? <option value="">choose one</option> : null}
      {isKnown ? null : <option value={value}>{value.split('/')[1]}</option>}
      {shown.map(({ id, name, models }) => (
        <optgroup key={id} label={name}>
          {models.map((model) => (
            <option key={model} value={`${id}/${model}`}>
              {name} {model}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
