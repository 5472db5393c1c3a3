import type { Effective, ForwardTarget } from '@sfs/call-settings';
import { type Decision, type Leg, type Placed, ended, full } from './decision.ts';
import type { DirectoryEntry } from './directory.ts';
import { followForward } from './follow-forward.ts';
import { sipUri } from './sip-uri.ts';
import { isAccessNumber, leadsToMailbox, openMailbox, takeMessage } from './take-message.ts';

interface Visit {
  readonly decision: Decision;
  readonly leg: Leg;
  readonly entry: DirectoryEntry;
}

/** The settings of the user who is called, in the documented order: not ready, forward all, busy, ring with what follows, the mailbox where nothing else is set. */
export function visitUser(decision: Decision, leg: Leg): Placed {
  if (isAccessNumber(decision.plan, leg.digits)) return openMailbox(decision, leg);
  const entry = decision.directory.find(leg.digits);
  if (!entry) {
    decision.trace?.decided('extension', leg.digits, `Nobody has the number ${leg.digits}.`);
    return ended(404, 'No Such Number');
  }
  const visit = { decision, leg, entry };
  decision.trace?.decided('extension', leg.digits, entry.displayName === '' ? `The number ${leg.digits}, which no user has.` : `The user of ${leg.digits}: ${entry.displayName}.`);
  tellState(visit);
  return rejectNotReady(visit) ?? forwardAll(visit) ?? whenBusy(visit) ?? ring(visit);
}

function tellState({ decision, leg }: Visit): void {
  const { trace } = decision;
  if (!trace) return;
  const missing = [leg.state?.ready === undefined && 'ready', leg.state?.busy === undefined && 'idle'].filter((word) => word !== false);
  if (missing.length > 0) trace.passed('device-state', leg.digits, `The state of ${leg.digits} is not known: taken as ${missing.join(' and ')}.`);
}

function rejectNotReady({ decision, leg, entry }: Visit): Placed | undefined {
  const { value, origin } = entry.settings.rejectOnNotReady;
  if (!value || leg.state?.ready !== false) {
    decision.trace?.passed('reject-on-not-ready', leg.digits, value ? 'Reject when not ready: on, and the user is ready.' : 'Reject when not ready: off.', origin);
    return undefined;
  }
  decision.trace?.decided('reject-on-not-ready', leg.digits, 'Not ready, and such calls are rejected.', origin);
  return ended(480, 'Not Ready');
}

function forwardAll({ decision, leg, entry }: Visit): Placed | undefined {
  const { forwardAll: setting } = entry.settings;
  if (setting.value.kind === 'voicemail' && leadsToMailbox(decision, leg, setting)) {
    decision.trace?.decided('forward-all', leg.digits, 'Forward all to voicemail.', setting.origin);
    return takeMessage(decision, leg, 'unconditional');
  }
  if (setting.value.kind !== 'number') {
    decision.trace?.passed('forward-all', leg.digits, `Forward all: ${offWords(setting)}.`, setting.origin);
    return undefined;
  }
  decision.trace?.decided('forward-all', leg.digits, `Forward all to ${setting.value.number}.`, setting.origin);
  return followForward(decision, { leg, entry, target: setting.value.number, reason: 'unconditional' });
}

function whenBusy({ decision, leg, entry }: Visit): Placed | undefined {
  if (leg.state?.busy !== true) return undefined;
  const { callWaiting, forwardOnBusy } = entry.settings;
  if (callWaiting.value) {
    decision.trace?.passed('busy', leg.digits, 'Busy, but call waiting is on.', callWaiting.origin);
    return undefined;
  }
  decision.trace?.decided('busy', leg.digits, 'Busy, and call waiting is off.', callWaiting.origin);
  if (leadsToMailbox(decision, leg, forwardOnBusy)) {
    decision.trace?.decided('forward-on-busy', leg.digits, `Forward when busy: ${mailboxWords(forwardOnBusy)}.`, forwardOnBusy.origin);
    return takeMessage(decision, leg, 'user-busy');
  }
  if (forwardOnBusy.value.kind !== 'number') {
    decision.trace?.decided('forward-on-busy', leg.digits, `Forward when busy: ${offWords(forwardOnBusy)}.`, forwardOnBusy.origin);
    return ended(486, 'Busy Here');
  }
  decision.trace?.decided('forward-on-busy', leg.digits, `Forward when busy to ${forwardOnBusy.value.number}.`, forwardOnBusy.origin);
  return followForward(decision, { leg, entry, target: forwardOnBusy.value.number, reason: 'user-busy' });
}

function ring({ decision, leg, entry }: Visit): Placed {
  const { noAnswerTimeoutSeconds, forwardOnNoAnswer, forwardOnBusy } = entry.settings;
  const { steps, followUps, trace, plan } = decision;
  const timeout = noAnswerTimeoutSeconds.value;
  const step = steps.add({ ring: [sipUri(leg.digits, plan.sipDomain)], timeout }, leg.digits, leg.diversion);
  if (step < 0) return full(decision, leg.digits);
  trace?.decided('ring', leg.digits, `Ring ${leg.digits} for ${timeout} s.`, noAnswerTimeoutSeconds.origin);
  const leads = (setting: Effective<ForwardTarget>): boolean => setting.value.kind === 'number' || leadsToMailbox(decision, leg, setting);
  if (leads(forwardOnNoAnswer)) followUps.push({ step, outcome: 'noAnswer', leg, entry, setting: 'forwardOnNoAnswer', reason: 'no-answer' });
  else trace?.passed('forward-on-no-answer', leg.digits, `Forward on no answer: ${offWords(forwardOnNoAnswer)}.`, forwardOnNoAnswer.origin);
  if (leads(forwardOnBusy)) followUps.push({ step, outcome: 'busy', leg, entry, setting: 'forwardOnBusy', reason: 'user-busy' });
  else trace?.passed('forward-on-busy', leg.digits, `Forward when busy: ${offWords(forwardOnBusy)}.`, forwardOnBusy.origin);
  // A phone that cannot be reached does not answer either: the original has no setting of its own for it.
  if (leads(forwardOnNoAnswer)) followUps.push({ step, outcome: 'unreachable', leg, entry, setting: 'forwardOnNoAnswer', reason: 'unavailable' });
  return { step };
}

/** Find me follow me is refused when it is set; what an older release may have stored counts as off, and is said. So is a mailbox that is not there. */
function offWords({ value }: Effective<ForwardTarget>): string {
  if (value.kind === 'find-me') return 'find me follow me, not available yet, taken as off';
  return value.kind === 'voicemail' ? 'voicemail, but there is no mailbox, taken as off' : 'off';
}

const mailboxWords = ({ value }: Effective<ForwardTarget>): string => (value.kind === 'voicemail' ? 'voicemail' : 'nothing set, so voicemail');
