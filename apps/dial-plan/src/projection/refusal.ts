import { parseName } from '@sfs/kernel';
import type { Refusal } from '../decision/switch-board.ts';
import type { BoundSwitch } from './bound-switch.ts';

interface Known {
  readonly bound: BoundSwitch | undefined;
  /** the switch exists in the deployment */
  readonly known: boolean;
  /** all switches of the deployment have been heard of */
  readonly directoryHeard: boolean;
}

const refusal = (status: 404 | 500, code: string, message: string, remedy: string): Refusal => ({ status, code, message, remedy });

/** SIP Server retries no 404: it is answered only when no other instance could know better. */
export function refusalFor(switchId: string, { bound, known, directoryHeard }: Known): Refusal {
  if (!parseName(switchId).ok) return refusal(404, 'switch/unknown', 'the path names no switch', 'POST to /SWITCH, the name as it was created');
  if (!bound) return unbound(switchId, known, directoryHeard);
  if (!directoryHeard) return refusal(500, 'switch/not-loaded', `switch ${switchId} is bound here, users and numbers are not loaded yet`, 'ask another instance; this one is loading');
  if (!known) return refusal(500, 'switch/not-created', `switch ${switchId} is bound here but does not exist yet`, 'create the switch');
  if (!bound.planHeard) return refusal(500, 'switch/newer-than-snapshot', `switch ${switchId} is newer than what this instance could load of its plan`, 'ask another instance; this one is loading');
  if (bound.broken) return refusal(500, 'switch/plan-broken', `the plan of switch ${switchId} does not compile: ${bound.issues[0]?.message ?? 'unknown'}`, 'mend the plan; its page names the rule');
  return refusal(500, 'switch/not-loaded', `the plan of switch ${switchId} is being compiled`, 'ask again');
}

function unbound(switchId: string, known: boolean, directoryHeard: boolean): Refusal {
  if (known || !directoryHeard) return refusal(500, 'switch/not-bound', `switch ${switchId} is not bound to this instance`, 'ask an instance of its site, or add it to SFS_DIALPLAN_SWITCHES');
  return refusal(404, 'switch/unknown', `no switch is called ${switchId.slice(0, 63)}`, 'check the last part of the URL');
}
