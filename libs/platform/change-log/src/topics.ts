/** Names of the owners in their topics. */
export type Owner = 'provisioning' | 'dialplan' | 'voicemail' | 'devices';

export function changeTopic(owner: Owner, kind: string): string {
  return `sfs.${owner}.${kind}.v1`;
}

export function tickTopic(owner: Owner): string {
  return `sfs.${owner}.tick.v1`;
}
