import { Link } from '@tanstack/react-router';
import { Phone, PhoneCall, SearchX } from 'lucide-react';
import { Button, buttonClass } from '../../ui/controls.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout } from '../../ui/layout.tsx';
import text from '../../ui/text.module.css';
import type { DeviceState } from './device-counts.api.ts';
import { provisioningUrl, STATES } from './device-words.ts';
import styles from './devices.module.css';

interface NoDevicesProps {
  readonly q: string;
  readonly state: DeviceState | '';
  readonly all: number;
  readonly onClear: () => void;
}

/** Says which of search, state and DHCP keeps the list empty, and what to do about it. */
export function NoDevices({ q, state, all, onClear }: NoDevicesProps) {
  if (q)
    return (
      <Empty icon={SearchX} title={`No ${state ? `${STATES[state].words.toLowerCase()} ` : ''}device matches “${q}”`} actions={<Button onClick={onClear}>Clear search</Button>}>
        Devices are found by any part of MAC, number, model, name or address; a MAC in any notation.
      </Empty>
    );
  if (state === 'waiting' || all === 0) return <NonePluggedIn isFirst={all === 0} />;
  return (
    <Empty
      icon={Phone}
      title={NONE[state || 'assigned'].title}
      actions={
        <Link to="/devices" className={buttonClass()}>
          Show all {all.toLocaleString('en')}
        </Link>
      }
    >
      {NONE[state || 'assigned'].about}
    </Empty>
  );
}

const NONE: Readonly<Record<DeviceState, { readonly title: string; readonly about: string }>> = {
  waiting: { title: 'No phone is waiting', about: '' },
  assigned: { title: 'No phone has yet to fetch for the first time', about: 'Every phone that was assigned has fetched its configuration.' },
  'in-step': { title: 'No phone is in step', about: 'None has fetched its newest configuration. Look at those that drift or were not seen.' },
  drift: { title: 'No phone drifts', about: 'Every phone that was heard runs its newest configuration.' },
  'not-seen': { title: 'Every phone was heard', about: 'None has missed three of its looks for a new configuration.' },
};

/** The one page that tells how phones find us. */
function NonePluggedIn({ isFirst }: { readonly isFirst: boolean }) {
  const url = provisioningUrl(window.location.hostname);
  return (
    <div className={layout.empty}>
      <PhoneCall aria-hidden />
      <h2>{isFirst ? 'No devices yet' : 'No phone is waiting'}</h2>
      <p>A factory-new phone that asks us appears here by itself, without any secret, until somebody assigns it a number.</p>
      <ol className={styles.steps}>
        <li>
          In DHCP, set <b>option 66</b> (most phones) or <b>option 160</b> (AudioCodes, Genesys, Poly) to
          <br />
          <span className={styles.url}>
            <code>{url}</code> <CopyButton text={url} />
          </span>
          <br />
          <span className={text.hint}>unless another address was published (SFS_DEVICES_PUBLIC_URL of device-management).</span>
        </li>
        <li>Plug the phone in, or reset it to factory settings.</li>
        <li>It appears here within a minute. Choose Assign.</li>
      </ol>
      <div className={layout.emptyActs}>
        <Link to="/devices/new" className={buttonClass({ look: 'primary' })}>
          Add a device by its MAC
        </Link>
      </div>
    </div>
  );
}
