/** Lists of the change log: the partitions or profiles of one switch, by id. */
export const listOf = (kind: string, switchId: string): string => `${kind}/${switchId}`;

interface State {
  readonly kind: string;
  readonly id: string;
}

/** What the change log has to know of each kind: ids are SWITCH/ID, the settings' id is SWITCH. */
export const PLAN_KIND_DEFINITIONS = [
  { kind: 'partition', listings: bySwitch, published: true },
  { kind: 'calling-profile', listings: bySwitch, published: true },
  { kind: 'switch-settings', listings: () => [], published: true },
] as const;

function bySwitch({ kind, id }: State): { list: string; sortKey: string }[] {
  const slash = id.indexOf('/');
  return [{ list: listOf(kind, id.slice(0, slash)), sortKey: id.slice(slash + 1) }];
}
