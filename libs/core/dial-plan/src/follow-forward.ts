import { stripSeparators } from '@sfs/kernel';
import { type Decision, type FollowUp, type Leg, type Placed, ended, rightsOf } from './decision.ts';
import { normaliseDialled } from './digits.ts';
import type { DirectoryEntry } from './directory.ts';
import { type DiversionReason, diversionHeader, sipUri } from './sip-uri.ts';
import { isAccessNumber, mailboxFor, takeMessage } from './take-message.ts';

interface Forward {
  readonly leg: Leg;
  readonly entry: DirectoryEntry;
  readonly target: string;
  readonly reason: DiversionReason;
}

/** Places the target of a forward with the rights of who forwards, never those of the caller: toll fraud otherwise. Ends loops, in the mailbox where there is one. */
export function followForward(decision: Decision, forward: Forward): Placed {
  const { leg, entry, reason } = forward;
  const { plan, trace } = decision;
  const target = normaliseDialled(forward.target);
  if (!target.ok) {
    trace?.decided('end', leg.digits, `Not forwarded to "${forward.target}": ${target.error}`);
    return ended(404, 'Bad Forward');
  }
  const digits = target.value;
  // A habit of phones and people: forwarding to the number of voicemail means the own mailbox, not the menu of the caller's.
  const hasMailbox = mailboxFor(decision, leg) !== '';
  if (isAccessNumber(plan, digits) && hasMailbox) return takeMessage(decision, leg, reason);
  const stop = guard(decision, leg, digits);
  if (stop) return hasMailbox ? takeMessage(decision, leg, reason) : stop;
  const path = [...leg.path, digits];
  const diversion = diversionHeader(sipUri(leg.digits, plan.sipDomain), reason, leg.path.length);
  const forwardersRights = rightsOf(plan, entry);
  trace?.decided('profile', digits, `Dialled with the rights of ${leg.digits} (${forwardersRights.profile?.name ?? 'no calling profile'}). Forward ${path.length - 1 + decision.call.diversions.length} of at most ${plan.settings.maxForwards}.`);
  return decision.place(decision, { digits, rights: forwardersRights, path, diversion });
}

/** What is asked only when a step has failed; the branch begins behind every step placed so far. */
export function runFollowUps(decision: Decision): void {
  const { followUps, steps, trace } = decision;
  if (trace) trace.later = true;
  // The list grows while it is worked off.
  for (let at = 0; at < followUps.length; at += 1) {
    const next = followUps[at];
    if (next) steps.link(next.step, next.outcome, stepOf(followOne(decision, next)));
  }
}

/** Branches that come by the same numbers for the same reason are one: it keeps the answer small and the trace readable. */
function followOne(decision: Decision, { leg, entry, setting, reason }: FollowUp): Placed {
  const { value, origin } = entry.settings[setting];
  // Of the number dialled itself each reason comes once.
  const key = leg.path.length === 1 ? '' : `${reason} ${leg.path.join(' ')}`;
  const known = key === '' ? undefined : decision.placed.get(key);
  if (known) return known;
  const { trace } = decision;
  // "Not reachable" goes where "no answer" goes and differs in its Diversion header only: told once.
  if (trace) trace.quiet = reason === 'unavailable';
  const where = value.kind === 'number' ? `to ${value.number}` : 'to voicemail';
  if (setting === 'forwardOnBusy') trace?.decided('forward-on-busy', leg.digits, `Forward when busy ${where}.`, origin);
  else trace?.decided('forward-on-no-answer', leg.digits, `Forward on no answer, or when not reachable, ${where}.`, origin);
  const placed = value.kind === 'number' ? followForward(decision, { leg, entry, target: value.number, reason }) : takeMessage(decision, leg, reason);
  if (trace) trace.quiet = false;
  if (key !== '') decision.placed.set(key, placed);
  return placed;
}

const stepOf = (placed: Placed): number => ('step' in placed ? placed.step : -1);

function guard({ plan, call, trace }: Decision, leg: Leg, target: string): Placed | undefined {
  if (plan.emergencyNumbers.has(target)) {
    trace?.decided('end', leg.digits, `Not forwarded: ${target} is an emergency number, which only a person may dial.`);
    return ended(403, 'Forward To Emergency Number');
  }
  const gone = leg.path.includes(target) || call.diversions.map(stripSeparators).some((number) => number === target || number === leg.digits);
  if (gone) {
    trace?.decided('loop', leg.digits, `Not forwarded to ${target}: this call has been there already.`);
    return ended(483, 'Forwarding Loop');
  }
  if (leg.path.length + call.diversions.length > plan.settings.maxForwards) {
    trace?.decided('loop', leg.digits, `Not forwarded to ${target}: at most ${plan.settings.maxForwards} forwards.`);
    return ended(483, 'Too Many Forwards');
  }
  return undefined;
}
