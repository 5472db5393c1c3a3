import type { CompiledPlan, CompiledTrunk } from './compiled-plan.ts';
import { type Decision, type Leg, type Placed, full } from './decision.ts';
import type { DirectoryEntry } from './directory.ts';
import { type DiversionReason, diversionHeader, sipUri } from './sip-uri.ts';

/** The voicemail service answers at once; one that does not is passed over for the next. */
export const VOICEMAIL_ANSWER_SECONDS = 10;

const REASONS: Readonly<Record<DiversionReason, string>> = { unconditional: 'all', 'user-busy': 'busy', 'no-answer': 'no-answer', unavailable: 'unreachable' };

/** Which mailbox takes a message at the end of this branch: that of who was called first. Callers meant that person; a colleague who does not answer a forwarded call must not get the message. The next of the way only where the first has none. */
export function mailboxFor({ plan, directory }: Decision, { path }: Leg): string {
  if (plan.voicemailTargets.length === 0) return '';
  for (const number of path) {
    const mailbox = directory.find(number)?.mailbox ?? '';
    if (mailbox !== '') return mailbox;
  }
  return '';
}

/** Whether this outcome of a call to the user ends in a mailbox: said so, or nothing said at all (System) and there is one. An `off` set for tenant, site or user means off. */
export function leadsToMailbox(decision: Decision, leg: Leg, setting: DirectoryEntry['settings']['forwardOnBusy']): boolean {
  const { value, origin } = setting;
  const wanted = value.kind === 'voicemail' || (value.kind === 'off' && origin === 'system');
  return wanted && mailboxFor(decision, leg) !== '';
}

/** Steps to every voicemail service of the switch in turn. Not counted as a forward: it is where forwarding ends. */
export function takeMessage(decision: Decision, leg: Leg, reason: DiversionReason): Placed {
  const { plan, trace } = decision;
  const mailbox = mailboxFor(decision, leg);
  trace?.decided('voicemail', leg.digits, `Mailbox ${mailbox} takes a message.`);
  const diversion = diversionHeader(sipUri(leg.digits, plan.sipDomain), reason, leg.path.length);
  return stepsTo(decision, leg, { words: 'takes a message', diversion, uri: (target) => voicemailUri(plan, target, 'deposit', [['mailbox', mailbox], ['reason', REASONS[reason]]]) });
}

/** The access number: from an own number only the PIN is asked, from any other the mailbox, too. */
export function openMailbox(decision: Decision, leg: Leg): Placed {
  const { plan, call, directory, trace } = decision;
  const own = call.origin === 'internal' ? (directory.find(call.from)?.mailbox ?? '') : '';
  const hidden = directory.find(leg.digits);
  if (hidden) trace?.passed('extension', leg.digits, `${hidden.displayName === '' ? 'A phone' : hidden.displayName} has this number, too, and is not called by it.`);
  trace?.decided('voicemail-access', leg.digits, own === '' ? 'The access number of voicemail; the mailbox is asked.' : `The access number of voicemail, for mailbox ${own}.`);
  return stepsTo(decision, leg, { words: 'opens the mailbox', diversion: undefined, uri: (target) => voicemailUri(plan, target, 'access', own === '' ? [] : [['mailbox', own]]) });
}

export const isAccessNumber = (plan: CompiledPlan, digits: string): boolean => plan.voicemailTargets.length > 0 && digits === plan.settings.voicemail.accessNumber;

interface Way {
  readonly words: string;
  readonly diversion: string | undefined;
  readonly uri: (target: CompiledTrunk) => string;
}

function stepsTo(decision: Decision, leg: Leg, { words, diversion, uri }: Way): Placed {
  const { plan, steps } = decision;
  let first = -1;
  let before = -1;
  for (const target of plan.voicemailTargets) {
    const step = steps.add({ ring: [uri(target)], timeout: VOICEMAIL_ANSWER_SECONDS }, words, diversion);
    if (step < 0) break;
    if (first < 0) first = step;
    else for (const outcome of ['unreachable', 'noAnswer'] as const) steps.link(before, outcome, step);
    before = step;
  }
  return first < 0 ? full(decision, leg.digits) : { step: first };
}

/** RFC 3261, 25.1: what is no `unreserved` character of a parameter is escaped, so that no value can add a parameter or end the header. */
function voicemailUri(plan: CompiledPlan, { scheme, hostPart }: CompiledTrunk, user: 'deposit' | 'access', named: readonly (readonly [string, string])[]): string {
  const params = [['tenant', plan.tenant], ...named].map(([name, value]) => `;sfs-${name}=${encodeURIComponent(value)}`);
  return `${scheme}${user}@${hostPart}${params.join('')}`;
}
