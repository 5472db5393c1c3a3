import type { Device } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { State } from '../../ui/state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { macWords, nameOf, STATES } from './device-words.ts';
import { packsQuery } from './devices.api.ts';

const HEAD = [
  { key: 'device', label: 'Device' },
  { key: 'mac', label: 'MAC', from: 'second' },
  { key: 'number', label: 'Number' },
  { key: 'heard', label: 'Heard', from: 'second' },
  { key: 'state', label: 'State', right: true },
] as const;

/** A few devices inside another page. */
export function DeviceTable({ label, devices }: { readonly label: string; readonly devices: readonly Device[] }) {
  const packs = useQuery(packsQuery).data ?? [];
  return (
    <Table label={label} head={HEAD}>
      {devices.map((device) => (
        <tr key={device.mac}>
          <td data-c="a">
            <Link to="/devices/$mac" params={{ mac: device.mac }} className={table.name}>
              {nameOf(device, packs)} <span className={text.sr}>{macWords(device.mac)}</span>
            </Link>
          </td>
          <td className={`${table.second} ${text.mono}`}>{macWords(device.mac)}</td>
          <td data-c="c" className={text.dn}>
            {device.number || <span className={text.faint}>no number</span>}
          </td>
          <td className={`${table.second} ${text.faint}`}>
            <When iso={device.lastSeenAt ?? ''} />
          </td>
          <td data-c="b" className={table.right}>
            <State kind={STATES[device.state].kind}>{STATES[device.state].words}</State>
          </td>
        </tr>
      ))}
    </Table>
  );
}
