import type { DeviceSettings, EffectiveDeviceSetting } from '@sfs/rest-contract';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { Ladder, Layers, type Rung } from '../../ui/ladder.tsx';
import text from '../../ui/text.module.css';
import sets from '../call-settings/settings.module.css';
import type { DeviceLayerName, LayerNames, OwnLayer } from './device-settings-words.ts';
import styles from './devices.module.css';

export interface DeviceSettingsFormProps {
  readonly own: OwnLayer;
  readonly effective: readonly EffectiveDeviceSetting[];
  readonly names?: LayerNames;
  /** where a layer is set, when that is another page */
  readonly links?: Readonly<Partial<Record<DeviceLayerName, ReactNode>>>;
  readonly saved: DeviceSettings;
  readonly value: DeviceSettings;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (value: DeviceSettings) => void;
}

interface SettingRowProps {
  readonly label: string;
  readonly about?: ReactNode;
  readonly mono?: boolean;
  readonly rungs: readonly Rung[];
  readonly isOwn: boolean;
  readonly target: string;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** Label, control, ladder, reset; the layers open beneath. */
export function SettingRow({ label, about, mono = false, rungs, isOwn, target, onReset, children }: SettingRowProps) {
  const [open, setOpen] = useState(false);
  return (
    <li className={cx(open && sets.open)}>
      <div className={cx(sets.label, mono && styles.parameter)}>
        {label}
        {about ? <p className={cx(text.hint, styles.about)}>{about}</p> : null}
      </div>
      <div className={sets.control}>{children}</div>
      <Ladder subject={label} rungs={rungs} own={isOwn} open={open} onToggle={() => setOpen(!open)} />
      {isOwn ? (
        <Button look="ghost" small icon aria-label={`Reset ${label} to ${target}`} title={`Reset to ${target}`} onClick={onReset}>
          <Undo2 aria-hidden />
        </Button>
      ) : (
        <span />
      )}
      {open ? (
        <div className={sets.layers}>
          <Layers subject={label} rungs={rungs} />
        </div>
      ) : null}
    </li>
  );
}
