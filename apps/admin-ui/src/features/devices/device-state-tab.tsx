import type { Device } from '@sfs/rest-contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { layout, Panel } from '../../ui/layout.tsx';
import { Chip } from '../../ui/state.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { openHint } from './device-events.ts';
import { DeviceFiles } from './device-files.tsx';
import { diagnose } from './device-state.ts';
import { DeviceTimeline } from './device-timeline.tsx';
import { macWords, provisioningUrl } from './device-words.ts';
import { deviceEventsQuery, packsQuery } from './devices.api.ts';
import styles from './devices.module.css';
import { DiagnosisNote } from './diagnosis-note.tsx';
import { EnrolmentWindow } from './enrolment-window.tsx';
import { StateChain } from './state-chain.tsx';

/** Where the configuration has come to, why it is not further, and all that happened. */
export function DeviceStateTab({ device }: { readonly device: Device }) {
  const events = useInfiniteQuery(deviceEventsQuery(device.mac));
  const newest = events.data?.pages[0]?.items ?? [];
  const now = Date.now();
  const diagnosis = diagnose(device, provisioningUrl(window.location.hostname), now);
  const { declared, running } = device;
  return (
    <div className={styles.cols}>
      <div className={layout.stack}>
        <Panel title={declared.revision ? `Configuration r${declared.revision}` : 'Configuration'} aside={declared.revision && running.revision !== declared.revision ? <Chip kind="warn">{running.revision ? `phone runs r${running.revision}` : 'never fetched'}</Chip> : null}>
          <div className={`${layout.body} ${layout.stack}`}>
            {device.meta ? <StateChain device={device} now={now} /> : null}
            <DiagnosisNote device={device} diagnosis={diagnosis} hint={openHint(newest)} />
          </div>
        </Panel>
        {device.meta && device.number ? <EnrolmentWindow device={device} advised={diagnosis.needsWindow} /> : null}
        <DeviceTimeline query={events} waiting={!device.meta} />
      </div>
      <div className={layout.stack}>
        {device.meta && device.number ? <DeviceFiles device={device} /> : null}
        <Facts device={device} />
      </div>
    </div>
  );
}

function Facts({ device }: { readonly device: Device }) {
  const { data: packs = [] } = useQuery(packsQuery);
  const rows: readonly (readonly [string, string])[] = [
    ['MAC', macWords(device.mac)],
    ['Vendor', packs.find(({ id }) => id === device.vendor)?.name ?? (device.vendor || 'unknown')],
    ['Model', device.model || 'unknown'],
    ['Firmware', device.firmware || 'unknown'],
    ['Address', device.lastAddress || 'unknown'],
    ['Names itself', device.userAgent || 'not yet'],
  ];
  return (
    <Panel title="What it says of itself">
      <dl className={`${layout.body} ${styles.facts}`}>
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className={name === 'MAC' || name === 'Names itself' ? text.mono : text.num}>{value}</dd>
          </div>
        ))}
        <dt>First heard</dt>
        <dd>
          <When iso={device.firstSeenAt ?? ''} />
        </dd>
        <dt>Last heard</dt>
        <dd>
          <When iso={device.lastSeenAt ?? ''} />
        </dd>
      </dl>
    </Panel>
  );
}
