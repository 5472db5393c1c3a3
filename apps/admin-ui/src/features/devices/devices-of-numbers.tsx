import type { Device } from '@sfs/rest-contract';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Phone, Plus } from 'lucide-react';
import { buttonClass } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { DeviceTable } from './device-table.tsx';
import { devicesOfNumberQuery } from './devices.api.ts';

interface NumberRef {
  readonly switchId: string;
  readonly number: string;
}

/** Which phones play these numbers. */
export function DevicesOfNumbers({ numbers, whose }: { readonly numbers: readonly NumberRef[]; readonly whose: string }) {
  const query = useQueries({
    queries: numbers.map(({ switchId, number }) => devicesOfNumberQuery(switchId, number)),
    combine: (results) => {
      const first = results.find(({ error }) => error) ?? results.find(({ isPending }) => isPending) ?? results[0];
      const data: readonly Device[] | undefined = results.every((each) => each.data !== undefined) ? results.flatMap((each) => each.data ?? []) : undefined;
      return { data, error: first?.error ?? null, dataUpdatedAt: first?.dataUpdatedAt ?? 0, isFetching: first?.isFetching ?? false, refetch: () => Promise.all(results.map((each) => each.refetch())) };
    },
  });
  const [main] = numbers;
  if (!main) return null;
  return (
    <Panel
      title="Devices"
      aside={
        <Link to="/devices/new" search={{ number: main.number }} className={buttonClass({ small: true })}>
          <Plus aria-hidden /> Add device
        </Link>
      }
    >
      <QueryState query={query}>
        {(devices) =>
          devices.length === 0 ? (
            <Empty icon={Phone} title={`No device plays ${whose}`}>
              A phone that waits in <Link to="/devices" search={{ state: 'waiting' }}>Devices</Link> can be assigned, or add one by its MAC. A phone set up by hand can register with the SIP password; it does not show here.
            </Empty>
          ) : (
            <DeviceTable label={`Devices that play ${whose}`} devices={devices} />
          )
        }
      </QueryState>
    </Panel>
  );
}
