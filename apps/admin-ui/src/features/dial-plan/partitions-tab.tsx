import type { DialPlan, PlanIssue } from '@sfs/rest-contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, Route, ShieldCheck } from 'lucide-react';
import { buttonClass, SelectField } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { Empty } from '../../ui/empty.tsx';
import { count } from '../../ui/formats.ts';
import styles from './dial-plan.module.css';
import { IssueChip } from './issue-chip.tsx';
import { NewPartition } from './new-partition.form.tsx';
import { PartitionForm } from './partition.form.tsx';

export interface TabProps {
  readonly plan: DialPlan;
  readonly switchId: string;
}

export const NEW = ':new';

export function PartitionsTab({ plan, switchId }: TabProps) {
  const { partition: asked } = useSearch({ from: '/app/dial-plan' });
  const isNew = asked === NEW;
  const current = isNew ? undefined : (plan.partitions.find((each) => each.id === asked) ?? plan.partitions[0]);
  return (
    <div className={styles.split}>
      <div className={styles.side}>
        <PartitionPicker plan={plan} current={isNew ? NEW : (current?.id ?? '')} />
        <ul className={styles.list} aria-label="Partitions">
          {plan.settings.emergency.numbers.length ? (
            <li>
              <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: 'settings' })} activeProps={{}}>
                <b>Emergency</b>
                <ShieldCheck aria-hidden color="var(--ok-mark)" style={{ justifySelf: 'end' }} />
                <small>{count(plan.settings.emergency.numbers.length, 'number')}</small>
                <small style={{ gridColumn: 2, textAlign: 'right' }}>First, always</small>
              </Link>
            </li>
          ) : null}
          {plan.partitions.map((each) => (
            <li key={each.id} className={cx(!each.active && styles.off)}>
              <Link to="." search={(before: Record<string, unknown>) => ({ ...before, partition: each.id })} aria-current={each.id === current?.id ? 'true' : undefined} activeProps={{}}>
                <b>{each.name}</b>
                <span>
                  <IssueChip issues={issuesOf(plan.issues, each.id)} />
                </span>
                <small>{count(each.patterns.length, 'pattern')}</small>
                <small style={{ gridColumn: 2, textAlign: 'right' }}>{each.active ? KINDS[each.action.kind] : 'Inactive'}</small>
              </Link>
            </li>
          ))}
        </ul>
        <Link to="." search={(before: Record<string, unknown>) => ({ ...before, partition: NEW })} className={buttonClass({ look: 'ghost', small: true })} activeProps={{}}>
          <Plus aria-hidden /> New partition
        </Link>
      </div>
      <div className={styles.detail}>
        {isNew ? <NewPartition switchId={switchId} plan={plan} /> : null}
        {current ? <PartitionForm key={current.id} partition={current} plan={plan} switchId={switchId} /> : null}
        {!isNew && !current ? (
          <Empty
            icon={Route}
            title="No partitions yet"
            actions={
              <Link to="." search={(before: Record<string, unknown>) => ({ ...before, partition: NEW })} className={buttonClass({ look: 'primary' })}>
                New partition
              </Link>
            }
          >
            A partition is a set of patterns with one action. Until there is one that a calling profile uses, only emergency numbers can be dialled.
          </Empty>
        ) : null}
      </div>
    </div>
  );
}

const KINDS = { extension: 'Extension', trunk: 'Trunk', block: 'Block' } as const;

export function issuesOf(issues: readonly PlanIssue[], partitionId: string): readonly PlanIssue[] {
  return issues.filter((issue) => issue.partitionId === partitionId);
}

function PartitionPicker({ plan, current }: { readonly plan: DialPlan; readonly current: string }) {
  const navigate = useNavigate();
  return (
    <div className={styles.picker}>
      <SelectField label="Partition" value={current} onChange={(event) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, partition: event.target.value }) })}>
        {current === NEW ? <option value={NEW}>New partition</option> : null}
        {plan.partitions.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
            {issuesOf(plan.issues, each.id).length ? ' (findings)' : ''}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
