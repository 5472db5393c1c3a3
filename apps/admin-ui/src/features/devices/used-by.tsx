import { useQuery } from '@tanstack/react-query';
import { layout, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import text from '../../ui/text.module.css';
import { DeviceTable } from './device-table.tsx';
import { devicesOfProfileQuery } from './devices.api.ts';

/** The devices that follow a profile; the list has no filter for it, so the first of all are looked through. */
export function UsedBy({ profileId }: { readonly profileId: string }) {
  const devices = useQuery(devicesOfProfileQuery(profileId));
  return (
    <Panel title="Used by">
      <QueryState query={devices}>
        {({ items, isAll }) =>
          items.length === 0 ? (
            <div className={layout.body}>
              <p className={text.muted}>{isAll ? 'No device. Choose this profile in the settings of a device.' : 'None of the first thousand devices.'}</p>
            </div>
          ) : (
            <DeviceTable label="Devices of this profile" devices={items} />
          )
        }
      </QueryState>
    </Panel>
  );
}
