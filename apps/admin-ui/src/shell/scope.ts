import type { Site, Switch } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { sitesQuery, switchesQuery } from '../features/system/topology.api.ts';

const KEY = 'sfs.switch';

export interface Scope {
  readonly switches: readonly Switch[];
  readonly sites: readonly Site[];
  /** '' while unknown or when there is no switch */
  readonly switchId: string;
  readonly current: Switch | undefined;
  readonly settled: boolean;
  readonly choose: (switchId: string) => void;
}

/** The switch everything is about: from the URL, else the one used last, else the first. */
export function useScope(): Scope {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const switches = useQuery(switchesQuery);
  const sites = useQuery(sitesQuery);
  const known = switches.data ?? [];
  const asked = search.switch ?? localStorage.getItem(KEY) ?? '';
  const current = known.find((each) => each.id === asked) ?? known[0];
  return {
    switches: known,
    sites: sites.data ?? [],
    switchId: current?.id ?? '',
    current,
    settled: !switches.isPending,
    choose: (switchId) => {
      localStorage.setItem(KEY, switchId);
      void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, switch: switchId, page: undefined, partition: undefined, profile: undefined }) });
    },
  };
}

export function siteWords(siteId: string, sites: readonly Site[]): string {
  const site = sites.find((each) => each.id === siteId);
  return site && site.displayName !== site.id ? site.displayName : siteId;
}
