import { useScope } from '../../shell/scope.ts';

/** The site whose settings count for a number: that of its switch; '' while unknown. */
export function useSiteOf(switchId: string): string {
  return useScope().switches.find(({ id }) => id === switchId)?.siteId ?? '';
}
