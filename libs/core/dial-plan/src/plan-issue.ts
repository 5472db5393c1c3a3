/** A finding of the check of a plan. Errors keep the plan from becoming live; warnings do not. */
export interface PlanIssue {
  readonly severity: 'error' | 'warning';
  /** stable and public */
  readonly code: PlanIssueCode;
  readonly partitionId?: string;
  readonly profileId?: string;
  readonly pattern?: string;
  /** 0-based, in the pattern as typed */
  readonly position?: number;
  readonly message: string;
  readonly remedy: string;
}

export type PlanIssueCode =
  | 'plan/bad-pattern'
  | 'plan/bad-sip-domain'
  | 'plan/bad-max-forwards'
  | 'plan/bad-block'
  | 'plan/bad-translation'
  | 'plan/bad-trunk'
  | 'plan/bad-voicemail'
  | 'plan/voicemail-idle'
  | 'plan/number-hidden'
  | 'plan/duplicate'
  | 'plan/unknown-trunk'
  | 'plan/unknown-partition'
  | 'plan/unknown-profile'
  | 'plan/unused-partition'
  | 'plan/overlap'
  | 'plan/never-reached'
  | 'plan/nothing-left'
  | 'plan/emergency-not-literal'
  | 'plan/emergency-without-trunk'
  | 'plan/emergency-shadowed'
  | 'plan/emergency-prefix'
  | 'plan/emergency-matched';

/** A page cannot show more, and who made so many will see the rule behind them. */
const MAX_EACH = 100;

/** At most 100 of each code. */
export function capped(issues: readonly PlanIssue[]): readonly PlanIssue[] {
  const count = new Map<PlanIssueCode, number>();
  return issues.filter(({ code }) => {
    const before = count.get(code) ?? 0;
    count.set(code, before + 1);
    return before < MAX_EACH;
  });
}

export const hasErrors = (issues: readonly PlanIssue[]): boolean => issues.some((issue) => issue.severity === 'error');

/** As one sentence or two: what is wrong and what to do. */
export const issueText = (issue: PlanIssue): string => `${issue.message} ${issue.remedy}`.trim();
