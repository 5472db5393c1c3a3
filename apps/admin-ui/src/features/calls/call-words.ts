import type { CallPlan, Decision } from '@sfs/rest-contract';
import type { StateKind } from '../../ui/state.tsx';

export interface TrunkNames {
  readonly sipDomain: string;
  readonly trunks: readonly { readonly name: string; readonly uri: string }[];
}

const NO_NAMES: TrunkNames = { sipDomain: '', trunks: [] };

/** "Rings 1003, then 1100" — the answer in one line. */
export function headlineOf(plan: CallPlan, names: TrunkNames = NO_NAMES): string {
  if (plan.reject) return `Is refused with ${plan.reject.code} ${plan.reject.reason}`;
  if (plan.useOwnPlan) return 'The SIP server decides by its own rules';
  const order = mainLine(plan);
  if (order.length === 0) return 'Goes nowhere';
  const words = order.map((step) => step.ring.map((uri) => targetWords(uri, names)).join(' and '));
  // the same at another replica of the voicemail service is said once
  const [first = '', ...rest] = words.filter((each, at) => each !== words[at - 1]);
  const then = rest.length ? `, then ${rest.join(', then ')}` : '';
  if (plan.emergency) return `Goes out as an emergency call: ${first}${then}`;
  return `${leadOf(first)}${then}`;
}

function leadOf(first: string): string {
  if (first.startsWith('trunk')) return `Goes out over ${first}`;
  return /^(mailbox|voicemail)\b/.test(first) ? `Goes to ${first}` : `Rings ${first}`;
}

/** The steps met when nobody answers, or nobody can be reached. */
function mainLine(plan: CallPlan): CallPlan['steps'] {
  const order: CallPlan['steps'][number][] = [];
  for (let at: number | undefined = 0; at !== undefined; ) {
    const step: CallPlan['steps'][number] | undefined = plan.steps[at];
    if (!step) break;
    order.push(step);
    const next: number | undefined = step.noAnswer ?? step.unreachable;
    at = next !== undefined && next > at ? next : undefined;
  }
  return order;
}

/** `sip:1003@site-a.example` of the switch itself is 1003; elsewhere the trunk's name, else the host. */
export function targetWords(uri: string, names: TrunkNames = NO_NAMES): string {
  if (/^sips?:(?:deposit|access)@[^;]+.*;sfs-tenant=/.test(uri)) return mailboxWords(uri);
  const found = /^sips?:(?:([^@]+)@)?([^;>]+)/.exec(uri);
  if (!found) return uri;
  const [, user = '', host = ''] = found;
  if (names.sipDomain && host === names.sipDomain) return user;
  const trunk = names.trunks.find((each) => each.uri === `sip:${host}`);
  if (trunk) return `trunk ${trunk.name} as ${user}`;
  return names.sipDomain ? `${user} at ${host}` : user || host;
}

/** The URIs that the dial plan makes for the voicemail service. */
function mailboxWords(uri: string): string {
  const mailbox = /;sfs-mailbox=([^;]+)/.exec(uri)?.[1];
  const menu = uri.includes(':access@');
  if (mailbox === undefined) return 'voicemail, which asks for the mailbox';
  return menu ? `mailbox ${mailbox}, to listen` : `mailbox ${mailbox}`;
}

export function planLines(plan: CallPlan, names: TrunkNames = NO_NAMES): readonly string[] {
  if (plan.reject) return [`refuse  ${plan.reject.code} ${plan.reject.reason}`];
  if (plan.useOwnPlan) return ['own rules of the SIP server'];
  return plan.steps.map((step, at) => {
    const outcomes = (['busy', 'noAnswer', 'unreachable', 'reject'] as const).flatMap((outcome) => (step[outcome] === undefined ? [] : [`${OUTCOMES[outcome]}: step ${(step[outcome] ?? 0) + 1}`]));
    return `${at + 1}  ring ${step.ring.map((uri) => targetWords(uri, names)).join(' + ')}  ${step.timeout} s${step.diversion ? `\n   diverted ${step.diversion}` : ''}${outcomes.length ? `\n   ${outcomes.join(' · ')}` : ''}`;
  });
}

const OUTCOMES = { busy: 'busy', noAnswer: 'no answer', unreachable: 'unreachable', reject: 'refused' } as const;

export function outcomeState(outcome: Decision['outcome']): StateKind {
  return ({ route: 'ok', emergency: 'ok', 'own-plan': 'off', reject: 'bad', refused: 'bad' } as const)[outcome];
}

export function outcomeWords(outcome: Decision['outcome']): string {
  return ({ route: 'Routed', emergency: 'Emergency', 'own-plan': 'Own rules', reject: 'Refused', refused: 'Not bound' } as const)[outcome];
}
