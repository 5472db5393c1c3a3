import type { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import { DomainError, parseName } from '@sfs/kernel';

const ACTIONS = ['extension', 'trunk', 'block'];
export const LIMITS = { name: 128, patterns: 1000, pattern: 64, trunks: 50, uri: 256, emergencyNumbers: 100, voicemailTargets: 8, partitionIds: 500 } as const;

/** What can be said of one entity alone; everything else is the compiler's. Throws the first fault, naming field and remedy. */
export function checkPartition(partition: Partition | undefined): Partition {
  if (!partition) throw fault('partition', 'is missing', 'Send the partition.');
  checkId(partition.id);
  checkLabel(partition.name);
  if (!ACTIONS.includes(partition.action)) throw fault('action', `is none of ${ACTIONS.join(', ')}`, `Choose ${ACTIONS.join(', ')}.`);
  checkCount('patterns', partition.patterns.length, { from: 1, to: LIMITS.patterns });
  partition.patterns.forEach((pattern, index) => checkLength(`patterns[${index}]`, pattern, LIMITS.pattern));
  checkCount('trunks', partition.trunks.length, { from: 0, to: LIMITS.trunks });
  return partition;
}

export function checkCallingProfile(profile: CallingProfile | undefined): CallingProfile {
  if (!profile) throw fault('callingProfile', 'is missing', 'Send the calling profile.');
  checkId(profile.id);
  checkLabel(profile.name);
  checkCount('partitionIds', profile.partitionIds.length, { from: 0, to: LIMITS.partitionIds });
  const twice = profile.partitionIds.find((id, index) => profile.partitionIds.indexOf(id) !== index);
  if (twice !== undefined) throw fault('partitionIds', `names ${twice} twice`, 'Name each partition once.');
  return profile;
}

export function checkSettings(settings: SwitchSettings | undefined): SwitchSettings {
  if (!settings) throw fault('settings', 'are missing', 'Send the settings.');
  checkCount('trunks', settings.trunks.length, { from: 0, to: LIMITS.trunks });
  settings.trunks.forEach((trunk, index) => {
    const name = parseName(trunk.name);
    if (!name.ok) throw fault(`trunks[${index}].name`, `is no name: ${name.error}`, 'Choose another name.');
    checkLength(`trunks[${index}].uri`, trunk.uri, LIMITS.uri);
  });
  checkCount('emergencyNumbers', settings.emergencyNumbers.length, { from: 0, to: LIMITS.emergencyNumbers });
  settings.emergencyNumbers.forEach((number, index) => checkLength(`emergencyNumbers[${index}]`, number, LIMITS.pattern));
  checkCount('voicemailTargets', settings.voicemailTargets.length, { from: 0, to: LIMITS.voicemailTargets });
  settings.voicemailTargets.forEach((uri, index) => checkLength(`voicemailTargets[${index}]`, uri, LIMITS.uri));
  checkLength('voicemailAccessNumber', settings.voicemailAccessNumber, LIMITS.pattern);
  return settings;
}

function checkId(id: string): void {
  const name = parseName(id);
  if (!name.ok) throw fault('id', `is no id: ${name.error}`, 'Choose another id.');
}

function checkLabel(name: string): void {
  if (name.trim() === '') throw fault('name', 'is empty', 'Give it a name.');
  checkLength('name', name, LIMITS.name);
}

function checkLength(field: string, text: string, most: number): void {
  if (text.length > most) throw fault(field, `is longer than ${most} characters`, 'Shorten it.');
}

function checkCount(field: string, count: number, range: { from: number; to: number }): void {
  if (count < range.from || count > range.to) throw fault(field, `has ${count} entries`, `Give ${range.from} to ${range.to}.`);
}

function fault(field: string, what: string, remedy: string): DomainError {
  return new DomainError('invalid', 'plan/bad-field', `${field} ${what}`, { field, remedy });
}
