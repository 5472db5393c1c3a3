import type { Device } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ChevronRight, PhoneOff } from 'lucide-react';
import type { ComponentType } from 'react';
import { isMissing } from '../../api/problem-words.ts';
import { buttonClass } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Chip, State } from '../../ui/state.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import text from '../../ui/text.module.css';
import { DeviceAccess } from './device-access.tsx';
import { CheckSyncAnswer, DeviceActions, useCheckSync } from './device-actions.tsx';
import { DeviceHistory } from './device-history.tsx';
import { DeviceSettingsTab } from './device-settings-tab.tsx';
import { DeviceStateTab } from './device-state-tab.tsx';
import { macIn, macWords, nameOf, modelWords, STATES } from './device-words.ts';
import { deviceQuery, packsQuery } from './devices.api.ts';
import { profilesQuery } from './profiles.api.ts';

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ComponentType<{ readonly device: Device }>;
}

const TABS: readonly [Tab, ...Tab[]] = [
  { id: 'state', label: 'State', content: DeviceStateTab },
  { id: 'settings', label: 'Settings', content: DeviceSettingsTab },
  { id: 'access', label: 'Access', content: DeviceAccess },
  { id: 'history', label: 'History', content: DeviceHistory },
];

export function DevicePage() {
  const { mac: asked } = useParams({ from: '/app/devices/$mac' });
  const mac = macIn(asked) || asked;
  const device = useQuery(deviceQuery(mac));
  if (isMissing(device.error)) return <Unknown mac={mac} />;
  return (
    <QueryState query={device} rows={8}>
      {(data) => <Detail key={data.mac} device={data} />}
    </QueryState>
  );
}

function Unknown({ mac }: { readonly mac: string }) {
  const isMac = macIn(mac) !== '';
  return (
    <Empty
      main
      icon={PhoneOff}
      title={isMac ? `No device with the MAC ${macWords(mac)}` : `${mac} is no MAC`}
      actions={
        <>
          {isMac ? (
            <Link to="/devices/new" search={{ mac }} className={buttonClass({ look: 'primary' })}>
              Add it
            </Link>
          ) : null}
          <Link to="/devices" className={buttonClass()}>
            All devices
          </Link>
        </>
      }
    >
      {isMac ? 'It was never entered and has not asked us in the last 30 days.' : 'A MAC has 12 hex digits.'}
    </Empty>
  );
}

function Detail({ device }: { readonly device: Device }) {
  const { tab: asked } = useSearch({ from: '/app/devices/$mac' });
  const packs = useQuery(packsQuery).data ?? [];
  const checkSync = useCheckSync(device.mac);
  const tabs = device.meta ? TABS : ([TABS[0]] as const);
  const current = tabs.find(({ id }) => id === asked) ?? TABS[0];
  const Content = current.content;
  const name = nameOf(device, packs);
  return (
    <>
      <PageHead
        title={name}
        tab={`${name}, ${device.number || macWords(device.mac)}`}
        crumb={
          <>
            <Link to="/devices">Devices</Link>
            <ChevronRight aria-hidden />
            <span className={text.mono}>{macWords(device.mac)}</span>
          </>
        }
        beside={
          <>
            <State kind={STATES[device.state].kind}>{STATES[device.state].words}</State>
            <Beside device={device} model={device.label ? modelWords(device, packs) : ''} />
          </>
        }
        actions={<DeviceActions device={device} checkSync={checkSync} />}
      />
      <CheckSyncAnswer checkSync={checkSync} />
      {tabs.length > 1 ? (
        <TabBar label="Device">
          {tabs.map(({ id, label }) => (
            <Link key={id} to="." search={toTab(id)} aria-current={id === current.id ? 'true' : undefined} activeProps={{}} activeOptions={{ exact: true, explicitUndefined: true }}>
              {label}
            </Link>
          ))}
        </TabBar>
      ) : null}
      <div className={layout.padTight}>
        <Content device={device} />
      </div>
      <div id="save-bar" style={{ display: 'contents' }} />
    </>
  );
}

function toTab(id: string) {
  return (before: Record<string, unknown>) => ({ ...before, tab: id === 'state' ? undefined : id });
}

function Beside({ device, model }: { readonly device: Device; readonly model: string }) {
  const profiles = useQuery(profilesQuery);
  const profile = profiles.data?.find(({ id }) => id === device.profileId)?.name ?? device.profileId;
  return (
    <>
      {model ? <span className={text.muted}>{model}</span> : null}
      {device.number ? (
        <span className={text.muted}>
          <Link to="/numbers/$switchId/$number" params={{ switchId: device.switchId, number: device.number }} className={text.dn}>
            {device.number}
          </Link>{' '}
          {device.userId ? (
            <Link to="/users/$id" params={{ id: device.userId }}>
              {device.userName}
            </Link>
          ) : (
            'of nobody'
          )}
        </span>
      ) : device.meta ? (
        <span className={text.muted}>no number</span>
      ) : null}
      {profile ? <Chip>{profile}</Chip> : null}
    </>
  );
}
