import type { Directory } from '@sfs/dial-plan';
import type { LivePlan } from './engine.ts';

/** A bound switch that can decide a call right now. Replaced as a whole when its plan changes; the directory inside changes in place. */
export interface DecidingSwitch {
  readonly switchId: string;
  readonly tenant: string;
  readonly plan: LivePlan;
  readonly directory: Directory;
  /** names plan and directory */
  readonly revision: string;
}

/** Why a switch is not decided here. 404: nobody of this site could; 500: another instance might. */
export interface Refusal {
  readonly status: 404 | 500 | 503;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

export interface SwitchBoard {
  find(switchId: string): DecidingSwitch | undefined;
  /** asked only after `find` found nothing */
  refusal(switchId: string): Refusal;
}
