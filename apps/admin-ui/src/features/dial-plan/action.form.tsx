import type { WritePartition } from '@sfs/rest-contract';
import { Segmented, SelectField, TextField } from '../../ui/controls.tsx';
import styles from './dial-plan.module.css';

type Action = WritePartition['action'];
type TrunkAction = Extract<Action, { kind: 'trunk' }>;

interface ActionFieldsProps {
  readonly action: Action;
  readonly trunks: readonly { readonly name: string }[];
  readonly dirty: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (action: Action) => void;
}

const START: Readonly<Record<Action['kind'], (trunk: string) => Action>> = {
  extension: () => ({ kind: 'extension' }),
  trunk: (trunk) => ({ kind: 'trunk', trunks: trunk ? [trunk] : [], stripDigits: 0, prefix: '' }),
  block: () => ({ kind: 'block', code: 403, reason: 'Forbidden' }),
};

export function ActionFields({ action, trunks, dirty, errors, onChange }: ActionFieldsProps) {
  return (
    <>
      <div className={styles.labelled}>
        <span aria-hidden>Action</span>
        <Segmented
          label="Action"
          value={action.kind}
          dirty={dirty}
          options={[
            { value: 'extension', label: 'Ring extension' },
            { value: 'trunk', label: 'Trunk' },
            { value: 'block', label: 'Block' },
          ]}
          onChange={(kind) => onChange(START[kind](trunks[0]?.name ?? ''))}
        />
      </div>
      {action.kind === 'trunk' ? <TrunkFields action={action} trunks={trunks} errors={errors} onChange={onChange} /> : null}
      {action.kind === 'block' ? (
        <>
          <div className={styles.narrow}>
            <TextField label="SIP code" inputMode="numeric" value={String(action.code)} error={errors['action.code']} onChange={(event) => onChange({ ...action, code: Number(event.target.value.replace(/\D/g, '')) })} />
          </div>
          <div className={styles.name}>
            <TextField label="Reason" value={action.reason} error={errors['action.reason']} onChange={(event) => onChange({ ...action, reason: event.target.value })} />
          </div>
        </>
      ) : null}
    </>
  );
}

function TrunkFields({ action, trunks, errors, onChange }: Omit<ActionFieldsProps, 'action' | 'dirty'> & { readonly action: TrunkAction }) {
  const [first = '', second = ''] = action.trunks;
  const names = [...new Set([...trunks.map((trunk) => trunk.name), ...action.trunks])];
  const choose = (next: readonly string[]) => onChange({ ...action, trunks: [...new Set(next.filter(Boolean))] });
  return (
    <>
      <div className={styles.narrow}>
        <SelectField label="Trunk" value={first} error={errors['action.trunks'] ?? errors['action.trunks.0']} onChange={(event) => choose([event.target.value, ...action.trunks.slice(1)])}>
          {first ? null : <option value="">Choose</option>}
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      </div>
      <div className={styles.narrow}>
        <SelectField label="If unreachable" value={second} onChange={(event) => choose([first, event.target.value, ...action.trunks.slice(2)])}>
          <option value="">nothing</option>
          {names
            .filter((name) => name !== first)
            .map((name) => (
              <option key={name}>{name}</option>
            ))}
        </SelectField>
      </div>
      <div className={styles.narrow}>
        <TextField label="Remove digits" inputMode="numeric" value={String(action.stripDigits)} error={errors['action.stripDigits']} onChange={(event) => onChange({ ...action, stripDigits: Number(event.target.value.replace(/\D/g, '')) })} />
      </div>
      <div className={styles.narrow}>
        <TextField label="Put in front" inputMode="tel" placeholder="nothing" value={action.prefix} error={errors['action.prefix']} onChange={(event) => onChange({ ...action, prefix: event.target.value })} />
      </div>
    </>
  );
}
