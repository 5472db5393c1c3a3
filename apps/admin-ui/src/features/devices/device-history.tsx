import type { Device } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { ChangeList } from '../changes/change-list.tsx';
import { macWords } from './device-words.ts';
import { changesOfDeviceQuery } from './devices.api.ts';

/** Who changed what, and who looked at its secrets. */
export function DeviceHistory({ device }: { readonly device: Device }) {
  const changes = useQuery(changesOfDeviceQuery(device.mac));
  return (
    <Panel title="History">
      <QueryState query={changes}>{(items) => <ChangeList items={items} empty={`Nothing was changed at ${macWords(device.mac)} yet.`} />}</QueryState>
    </Panel>
  );
}
