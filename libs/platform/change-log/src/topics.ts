/** Provisioning's and the dial plan's: names of their topics. */
export type Owner = 'provisioning' | 'dialplan';

export function changeTopic(owner: Owner, kind: string): string {
  return `sfs.${owner}.${kind}.v1`;
}

export function tickTopic(owner: Owner): string {
  return `sfs.${owner}.tick.v1`;
}
