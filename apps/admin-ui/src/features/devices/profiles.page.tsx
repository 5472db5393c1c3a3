import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Plus, SlidersHorizontal } from 'lucide-react';
import { buttonClass } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count } from '../../ui/formats.ts';
import { PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { When } from '../../ui/when.tsx';
import { diffSettings } from './device-settings-words.ts';
import { profilesQuery } from './profiles.api.ts';

const HEAD = [
  { key: 'name', label: 'Name' },
  { key: 'says', label: 'Says', from: 'second' },
  { key: 'devices', label: 'Used by' },
  { key: 'changed', label: 'Changed', right: true },
] as const;

export function DeviceProfilesPage() {
  const profiles = useQuery(profilesQuery);
  useRowKeys();
  const create = (
    <Link to="/devices/profiles/new" className={buttonClass({ look: 'primary' })}>
      <Plus aria-hidden /> New profile
    </Link>
  );
  return (
    <>
      <PageHead
        title="Device profiles"
        sub="Settings that many phones share: stronger than tenant and site, weaker than the phone's own."
        crumb={
          <>
            <Link to="/devices">Devices</Link>
            <ChevronRight aria-hidden />
            <span>Profiles</span>
          </>
        }
        actions={create}
      />
      <QueryState query={profiles}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={SlidersHorizontal} title="No device profiles yet" actions={create}>
              A profile is for phones that need the same exception: reception, a warehouse, home offices. Without one, phones follow their site and the tenant.
            </Empty>
          ) : (
            <div className={table.top}>
              <Table label="Device profiles" head={HEAD} busy={profiles.isFetching}>
                {items.map(({ id, name, settings, devices, meta }) => (
                  <tr key={id}>
                    <td data-c="a">
                      <Link to="/devices/profiles/$id" params={{ id }} className={table.name} data-row-link>
                        {name}
                      </Link>
                    </td>
                    <td className={`${table.second} ${table.wrap} ${text.muted}`}>{says(settings)}</td>
                    <td data-c="c">{devices === 0 ? <span className={text.faint}>no device</span> : count(devices, 'device')}</td>
                    <td data-c="b" className={`${table.right} ${text.faint}`}>
                      <When iso={meta.changedAt} />
                    </td>
                  </tr>
                ))}
              </Table>
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function says(settings: Parameters<typeof diffSettings>[1]): string {
  const lines = diffSettings({}, settings, { effective: [], own: 'profile', names: {} });
  return lines.length === 0 ? 'nothing yet' : lines.map(({ label, will }) => `${label.toLowerCase()}: ${will}`).join('; ');
}
