import type { PlanIssue, WritePartition, WriteSwitchSettings } from '@sfs/rest-contract';

export function actionWords(action: WritePartition['action']): string {
  if (action.kind === 'extension') return 'Ring the number dialled';
  if (action.kind === 'block') return `Block ${action.code} ${action.reason}`;
  const cut = action.stripDigits ? `, first ${action.stripDigits === 1 ? 'digit' : `${action.stripDigits} digits`} removed` : '';
  const put = action.prefix ? `, ${action.prefix} in front` : '';
  return `${action.trunks.join(', then ') || 'no trunk chosen'}${cut}${put}`;
}

export const PARTITION_LABELS: Readonly<Record<keyof WritePartition, string>> = { name: 'Name', active: 'State', patterns: 'Patterns', action: 'Action' };

export function partitionWords(key: keyof WritePartition, value: WritePartition): string {
  if (key === 'name') return value.name || 'no name';
  if (key === 'active') return value.active ? 'Active' : 'Inactive';
  if (key === 'action') return actionWords(value.action);
  return value.patterns.join(', ') || 'none';
}

export const SETTINGS_LABELS: Readonly<Record<keyof WriteSwitchSettings, string>> = {
  active: 'Dial plan',
  defaultProfileId: 'Default profile',
  inboundProfileId: 'Inbound profile',
  emergency: 'Emergency',
  trunks: 'Trunks',
  maxForwards: 'Forwards at most',
  voicemail: 'Voicemail',
};

export function settingsWords(key: keyof WriteSwitchSettings, value: WriteSwitchSettings): string {
  if (key === 'active') return value.active ? 'decides calls' : 'the SIP server’s own rules decide';
  if (key === 'maxForwards') return String(value.maxForwards);
  if (key === 'emergency') return value.emergency.numbers.length ? `${value.emergency.numbers.join(', ')} over ${value.emergency.trunk || 'no trunk'}` : 'no numbers';
  if (key === 'trunks') return value.trunks.map((trunk) => `${trunk.name} ${trunk.uri}`).join(', ') || 'none';
  if (key === 'voicemail') return voicemailWords(value.voicemail);
  return value[key] || 'none';
}

function voicemailWords({ targets, accessNumber }: WriteSwitchSettings['voicemail']): string {
  if (targets.length === 0) return 'none';
  return `${targets.join(', then ')}, ${accessNumber === '' ? 'no access number' : `dial ${accessNumber}`}`;
}

/** What was taken out and what was put in, so that a long list is not repeated. */
export function listDiff(before: readonly string[], after: readonly string[]): { readonly was: string; readonly will: string } {
  const gone = before.filter((each) => !after.includes(each));
  const come = after.filter((each) => !before.includes(each));
  return { was: gone.join(', '), will: come.join(', ') || (gone.length ? 'removed' : 'another order') };
}

export function countIssues(issues: readonly PlanIssue[]): { readonly errors: number; readonly warnings: number } {
  return { errors: issues.filter((issue) => issue.severity === 'error').length, warnings: issues.filter((issue) => issue.severity === 'warning').length };
}
