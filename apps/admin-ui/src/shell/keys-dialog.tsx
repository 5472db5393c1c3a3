import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Switch } from '../ui/controls.tsx';
import { areLetterKeysOn, setLetterKeys } from '../ui/use-keys.ts';
import styles from './keys-dialog.module.css';
import { PLACES } from './places.ts';

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['Ctrl', 'K'], 'Search, jump, act'],
  [['/'], 'Search in this list'],
  [['J', 'K'], 'Next, previous row'],
  [['Enter'], 'Open the row'],
  [['Ctrl', 'S'], 'Save'],
  [['T'], 'Test a call to it'],
  [['N'], 'Play the next new'],
  [['Esc'], 'Close, leave the field'],
  [['?'], 'This list'],
];

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const [on, setOn] = useState(areLetterKeysOn);
  return (
    <Dialog title="Keys" intro="Single letters work outside fields." onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        {PLACES.map(({ key, label }) => (
          <div key={key}>
            <dt>
              <kbd>G</kbd>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.off}>
        <Switch
          label="Single letter keys"
          checked={on}
          onChange={(next) => {
            setOn(next);
            setLetterKeys(next);
          }}
        />
        Single letter keys
      </p>
    </Dialog>
  );
}
