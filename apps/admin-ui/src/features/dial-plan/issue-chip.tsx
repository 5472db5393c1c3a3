import type { PlanIssue } from '@sfs/rest-contract';
import { CircleX, TriangleAlert } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { count } from '../../ui/formats.ts';
import { Chip } from '../../ui/state.tsx';
import styles from './dial-plan.module.css';
import { countIssues } from './plan-words.ts';

export function IssueChip({ issues }: { readonly issues: readonly PlanIssue[] }) {
  const { errors, warnings } = countIssues(issues);
  if (errors) return <Chip kind="bad">{count(errors, 'error')}</Chip>;
  if (warnings) return <Chip kind="warn">{count(warnings, 'warning')}</Chip>;
  return null;
}

export function Finding({ issue }: { readonly issue: PlanIssue }) {
  const Icon = issue.severity === 'error' ? CircleX : TriangleAlert;
  return (
    <div className={cx(styles.finding, issue.severity === 'error' ? styles.findingBad : styles.findingWarn)}>
      <Icon aria-hidden />
      <span>{issue.message}</span>
    </div>
  );
}
