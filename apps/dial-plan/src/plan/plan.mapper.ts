import type { PlanIssue as WireIssue } from '@sfs/contracts';
import { issueText, type PlanIssue } from '@sfs/dial-plan';

export function toIssue(issue: PlanIssue): WireIssue {
  const { severity, code, partitionId = '', pattern = '', position = -1 } = issue;
  return { severity, code, partitionId, pattern, position, message: issueText(issue) };
}
