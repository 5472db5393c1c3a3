import type { Device, DevicePack } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { buttonClass, SearchField } from '../../ui/controls.tsx';
import { count } from '../../ui/formats.ts';
import { layout, PageHead } from '../../ui/layout.tsx';
import { Pager } from '../../ui/pager.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { State } from '../../ui/state.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { useTypedSearch } from '../../ui/use-typed-search.ts';
import { When } from '../../ui/when.tsx';
import type { DeviceCounts, DeviceState } from './device-counts.api.ts';
import { countAll, isDeviceState, macWords, modelWords, nameOf, revisionWords, STATE_ORDER, STATES } from './device-words.ts';
import { devicesQuery, packsQuery } from './devices.api.ts';
import { NoDevices } from './no-devices.tsx';
import { profilesQuery } from './profiles.api.ts';
import { SweepsNotice } from './sweeps-notice.tsx';

const HEAD = [
  { key: 'state', label: 'State' },
  { key: 'device', label: 'Device' },
  { key: 'mac', label: 'MAC', from: 'second' },
  { key: 'number', label: 'Number' },
  { key: 'profile', label: 'Profile', from: 'fourth' },
  { key: 'firmware', label: 'Firmware', from: 'third' },
  { key: 'configuration', label: 'Configuration', from: 'second' },
  { key: 'heard', label: 'Heard', from: 'second' },
  { key: 'acts', label: <span className={text.sr}>Actions</span>, right: true },
] as const;

export function DevicesPage() {
  const { q = '', state: asked = '', page } = useSearch({ from: '/app/devices' });
  const state = isDeviceState(asked) ? asked : '';
  const { typed, type } = useTypedSearch(q);
  const devices = useQuery(devicesQuery(q.trim(), state, page));
  const packs = useQuery(packsQuery);
  const profiles = useQuery(profilesQuery);
  useRowKeys();
  const profileName = (id: string) => profiles.data?.find((each) => each.id === id)?.name ?? id;
  return (
    <>
      <PageHead
        title="Devices"
        sub="Phones, what they should run and what they have fetched. All sites."
        actions={
          <>
            <Link to="/devices/profiles" className={buttonClass()}>
              <SlidersHorizontal aria-hidden /> Device profiles
            </Link>
            <Link to="/devices/new" className={buttonClass({ look: 'primary' })}>
              <Plus aria-hidden /> Add device
            </Link>
          </>
        }
      />
      <StateTabs state={state} counts={devices.data?.counts} />
      <SweepsNotice />
      <div className={layout.bar} role="search">
        <SearchField label="Search devices" className={layout.barSearchWide} placeholder="MAC, number, model, name, address" value={typed} onChange={(event) => type(event.target.value)} />
      </div>
      <QueryState query={devices} rows={8}>
        {({ items, nextPageToken, counts }) =>
          items.length === 0 ? (
            <NoDevices q={q} state={state} all={countAll(counts)} onClear={() => type('')} />
          ) : (
            <>
              <div className={table.top}>
                <Table label="Devices" head={HEAD} busy={devices.isFetching}>
                  {items.map((device) => (
                    <Row key={device.mac} device={device} packs={packs.data ?? []} profile={profileName(device.profileId)} />
                  ))}
                </Table>
              </div>
              <Pager summary={count(items.length, 'device')} page={page} next={nextPageToken} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

function StateTabs({ state, counts }: { readonly state: DeviceState | ''; readonly counts: DeviceCounts | undefined }) {
  const to = (next: string) => (before: Record<string, unknown>) => ({ ...before, state: next || undefined, page: undefined });
  return (
    <TabBar label="Devices by state">
      <Link to="." search={to('')} aria-current={state === '' ? 'true' : undefined} activeProps={{}} activeOptions={{ exact: true, explicitUndefined: true }}>
        All {counts ? <span className={layout.count}>{countAll(counts).toLocaleString('en')}</span> : null}
      </Link>
      {STATE_ORDER.map((each) => (
        <Link key={each} to="." search={to(each)} aria-current={state === each ? 'true' : undefined} activeProps={{}} activeOptions={{ exact: true, explicitUndefined: true }}>
          <State kind={STATES[each].kind}>{STATES[each].words}</State> {counts ? <span className={layout.count}>{(counts[each] ?? 0).toLocaleString('en')}</span> : null}
        </Link>
      ))}
    </TabBar>
  );
}

function Row({ device, packs, profile }: { readonly device: Device; readonly packs: readonly DevicePack[]; readonly profile: string }) {
  const { mac, state, label, lastSeenAt } = device;
  const revision = revisionWords(device);
  const isWaiting = state === 'waiting';
  return (
    <tr>
      <td data-c="d">
        <State kind={STATES[state].kind}>{STATES[state].words}</State>
      </td>
      <td data-c="a">
        <Link to="/devices/$mac" params={{ mac }} className={table.name} data-row-link>
          <span className={table.clip} title={label ? modelWords(device, packs) : undefined}>
            {nameOf(device, packs)}
          </span>{' '}
          <span className={text.sr}>{macWords(mac)}</span>
        </Link>
      </td>
      <td className={`${table.second} ${text.mono}`}>{macWords(mac)}</td>
      <td data-c="c">
        <Line device={device} />
      </td>
      <td className={table.fourth}>{profile || <span className={text.faint}>none</span>}</td>
      <td className={`${table.third} ${text.num}`}>{device.firmware || <span className={text.faint}>unknown</span>}</td>
      <td className={`${table.second} ${text.num}`}>
        {isWaiting ? <span className={text.faint}>{revision.has}</span> : revision.has}
        {revision.wants ? (
          <>
            {' '}
            <span className={text.faint}>wants</span> {revision.wants}
          </>
        ) : null}
      </td>
      <td className={`${table.second} ${text.faint} ${text.num}`}>
        <When iso={lastSeenAt ?? ''} />
      </td>
      <td data-c="b" className={table.right}>
        {isWaiting ? (
          <Link to="/devices/new" search={{ mac }} className={`${buttonClass({ small: true })} ${table.above}`} aria-label={`Assign ${macWords(mac)}`}>
            Assign
          </Link>
        ) : null}
      </td>
    </tr>
  );
}

/** The number and whose it is; of one that waits, from where it asks and since when. */
function Line({ device }: { readonly device: Device }) {
  if (device.state === 'waiting')
    return (
      <span className={text.faint}>
        {device.lastAddress || 'address unknown'}, since <When iso={device.firstSeenAt ?? ''} />
      </span>
    );
  if (!device.number) return <span className={text.faint}>no number</span>;
  return (
    <>
      <Link to="/numbers/$switchId/$number" params={{ switchId: device.switchId, number: device.number }} className={`${text.dn} ${table.above}`}>
        {device.number}
      </Link>{' '}
      <span className={`${text.muted} ${table.clip}`}>{device.userName || 'nobody'}</span>
    </>
  );
}
