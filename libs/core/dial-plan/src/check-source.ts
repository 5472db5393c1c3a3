import { stripSeparators } from '@sfs/kernel';
import type { CompiledTrunk } from './compiled-plan.ts';
import type { PlanIssue } from './plan-issue.ts';
import type { Partition, PlanSource, SwitchSettings } from './plan-source.ts';

const HOST = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])`;
const SIP_DOMAIN = new RegExp(`^${HOST}$`);
const TRUNK_URI = new RegExp(`^(sips?:)(${HOST})((?::[0-9]{1,5})?(?:;[A-Za-z0-9.=_-]+)*)$`, 'i');
const ACCESS_NUMBER = /^[0-9*#]{0,16}$/;
const TRANSLATED = /^\+?[0-9*#]{0,32}$/;
/** It becomes a SIP reason phrase: a line break in it would forge headers. */
const REASON = /^[\x20-\x7e]{1,128}$/;

/** Everything about a plan that can be said without comparing patterns. */
export function checkSource(source: PlanSource, issues: PlanIssue[]): void {
  if (!SIP_DOMAIN.test(source.sipDomain)) {
    issues.push({ severity: 'error', code: 'plan/bad-sip-domain', message: `"${source.sipDomain}" is not a SIP domain.`, remedy: 'Give the switch a host name or address.' });
  }
  reportDuplicates('partition', source.partitions.map((partition) => partition.id), issues);
  reportDuplicates('calling profile', source.callingProfiles.map((profile) => profile.id), issues);
  checkSettings(source, issues);
  const trunks = new Set(source.settings.trunks.map((trunk) => trunk.name));
  for (const partition of source.partitions) checkAction(partition, trunks, issues);
  checkProfiles(source, issues);
}

/** Only for a URI that `checkSource` let pass. */
export function trunkParts(uri: string): CompiledTrunk {
  const [, scheme = 'sip:', host = '', rest = ''] = TRUNK_URI.exec(uri) ?? [];
  return { scheme, hostPart: host + rest };
}

function checkSettings({ settings, sipDomain, callingProfiles }: PlanSource, issues: PlanIssue[]): void {
  const { maxForwards } = settings;
  if (!Number.isInteger(maxForwards) || maxForwards < 1 || maxForwards > 20) {
    issues.push({ severity: 'error', code: 'plan/bad-max-forwards', message: 'A call can be forwarded 1 to 20 times.', remedy: 'Set it to 5 if unsure.' });
  }
  reportDuplicates('trunk', settings.trunks.map((trunk) => trunk.name), issues);
  for (const trunk of settings.trunks) {
    const host = TRUNK_URI.exec(trunk.uri)?.[2]?.toLowerCase();
    if (host === undefined) {
      issues.push(badTrunk(`Trunk ${trunk.name}: "${trunk.uri}" is not the URI of a trunk.`, 'Write sip:HOST:PORT, for example sip:192.0.2.1:5060.'));
    } else if (host === sipDomain.toLowerCase()) {
      issues.push(badTrunk(`Trunk ${trunk.name} leads to ${host}, the domain of the switch itself: its calls would come back.`, 'Name the host of the other side.'));
    }
  }
  checkVoicemail(settings, sipDomain, issues);
  const known = new Set(callingProfiles.map((profile) => profile.id));
  for (const [words, id] of defaults(settings)) {
    if (id === '' || known.has(id)) continue;
    issues.push({ severity: 'warning', code: 'plan/unknown-profile', profileId: id, message: `The ${words} "${id}" does not exist: such calls are refused.`, remedy: 'Choose an existing calling profile.' });
  }
}

function checkVoicemail({ voicemail, emergency }: SwitchSettings, sipDomain: string, issues: PlanIssue[]): void {
  const error = (message: string, remedy: string): number => issues.push({ severity: 'error', code: 'plan/bad-voicemail', message, remedy });
  for (const target of voicemail.targets) {
    const host = TRUNK_URI.exec(target)?.[2]?.toLowerCase();
    if (host === undefined) error(`Voicemail: "${target}" is not the URI of a voicemail service.`, 'Write sip:HOST:PORT, for example sip:192.0.2.20:5070.');
    else if (host === sipDomain.toLowerCase()) error(`Voicemail leads to ${host}, the domain of the switch itself: its calls would come back.`, 'Name the host of the voicemail service.');
  }
  const { accessNumber } = voicemail;
  reportDuplicates('voicemail service', voicemail.targets, issues);
  if (!ACCESS_NUMBER.test(accessNumber)) error(`"${accessNumber}" cannot be dialled to reach voicemail.`, 'Use 0-9, * and #.');
  else if (accessNumber !== '' && emergency.numbers.map(stripSeparators).includes(accessNumber)) error(`${accessNumber} is an emergency number and cannot be the access number of voicemail.`, 'Choose another number.');
  if (accessNumber !== '' && voicemail.targets.length === 0) {
    issues.push({ severity: 'warning', code: 'plan/voicemail-idle', message: `The access number ${accessNumber} leads nowhere: no voicemail service is named.`, remedy: 'Name one, or remove the access number.' });
  }
}

const defaults = (settings: SwitchSettings): readonly (readonly [string, string])[] => [
  ['default calling profile', settings.defaultProfileId],
  ['calling profile for inbound calls', settings.inboundProfileId],
];

function checkAction({ id, action }: Partition, trunks: ReadonlySet<string>, issues: PlanIssue[]): void {
  const error = (code: PlanIssue['code'], message: string, remedy: string): number => issues.push({ severity: 'error', code, partitionId: id, message, remedy });
  if (action.kind === 'block') {
    const known = Number.isInteger(action.code) && action.code >= 400 && action.code <= 699;
    if (!known) error('plan/bad-block', `Partition ${id} blocks with ${action.code}, which is no SIP failure code.`, 'Use a code from 400 to 699, for example 403.');
    if (!REASON.test(action.reason)) error('plan/bad-block', `The reason of partition ${id} cannot be sent in SIP.`, 'Use 1 to 128 printable ASCII characters.');
  }
  if (action.kind !== 'trunk') return;
  if (action.trunks.length === 0) error('plan/unknown-trunk', `Partition ${id} goes out but names no trunk.`, 'Name at least one trunk of the switch.');
  for (const name of action.trunks.filter((trunk) => !trunks.has(trunk))) {
    error('plan/unknown-trunk', `Partition ${id} goes out by "${name}", which the switch does not have.`, 'Add the trunk to the settings of the switch, or choose another.');
  }
  if (!Number.isInteger(action.stripDigits) || action.stripDigits < 0 || action.stripDigits > 32) error('plan/bad-translation', `Partition ${id} takes away ${action.stripDigits} digits.`, 'Take away 0 to 32 digits.');
  if (!TRANSLATED.test(action.prefix)) error('plan/bad-translation', `Partition ${id} puts "${action.prefix}" in front, which is no number.`, 'Use 0-9, * and #, with an optional + in front.');
}

function checkProfiles({ callingProfiles, partitions }: PlanSource, issues: PlanIssue[]): void {
  const known = new Set(partitions.map((partition) => partition.id));
  for (const profile of callingProfiles) {
    for (const partitionId of profile.partitionIds.filter((id) => !known.has(id))) {
      issues.push({ severity: 'warning', code: 'plan/unknown-partition', profileId: profile.id, partitionId, message: `Calling profile ${profile.id} names partition "${partitionId}", which does not exist: it has no effect.`, remedy: 'Create the partition, or take it out of the profile.' });
    }
  }
}

function reportDuplicates(what: string, ids: readonly string[], issues: PlanIssue[]): void {
  const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));
  for (const id of twice) issues.push({ severity: 'error', code: 'plan/duplicate', message: `The ${what} "${id}" exists twice.`, remedy: 'Keep one, or give each its own name.' });
}

const badTrunk = (message: string, remedy: string): PlanIssue => ({ severity: 'error', code: 'plan/bad-trunk', message, remedy });
