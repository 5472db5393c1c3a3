import { type Partition, type WritePartition, writePartition } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { same } from '../../edit/merge-fields.ts';
import { type Draft, useDraft } from '../../edit/use-draft.ts';
import { Button, Switch, TextField } from '../../ui/controls.tsx';
import { count } from '../../ui/formats.ts';
import { layout, Note } from '../../ui/layout.tsx';
import { type DiffLine, SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import text from '../../ui/text.module.css';
import { ActionFields } from './action.form.tsx';
import { AddPattern } from './add-pattern.form.tsx';
import { deletePartition, dialPlanQuery, putPartition, readPlan, savedPartition } from './dial-plan.api.ts';
import styles from './dial-plan.module.css';
import { Finding } from './issue-chip.tsx';
import { parsePattern } from './parse-pattern.ts';
import { issuesOf, type TabProps } from './partitions-tab.tsx';
import { PatternTable } from './pattern-table.tsx';
import { actionWords, listDiff, PARTITION_LABELS, partitionWords } from './plan-words.ts';

const KEYS = ['name', 'active', 'action', 'patterns'] as const satisfies readonly (keyof WritePartition)[];

export function PartitionForm({ partition, plan, switchId }: TabProps & { readonly partition: Partition }) {
  const client = useQueryClient();
  const draft = useDraft<WritePartition>({
    saved: savedPartition(partition),
    write: async (value, tag, key) => {
      const saved = await putPartition(switchId, partition.id, value, tag, key);
      await client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey });
      return savedPartition(saved);
    },
    reload: async () => {
      const next = await readPlan(switchId);
      client.setQueryData(dialPlanQuery(switchId).queryKey, next);
      return savedPartition(next.partitions.find((each) => each.id === partition.id) ?? partition);
    },
    thing: (version) => ({ kind: 'partition', entityId: `${switchId}/${partition.id}`, version }),
    undoable: true,
  });
  const { value, base } = draft;
  const issues = issuesOf(plan.issues, partition.id);
  const local = schemaErrors(writePartition, value);
  const server = serverError(draft.error, ...value.patterns.map((_, at) => `patterns.${at}`), 'name', 'patterns', 'action.trunks', 'action.trunks.0', 'action.code');
  const errors = { ...local, ...server };
  const fault = value.patterns.map((each) => parsePattern(each).fault?.message).find(Boolean);
  const profiles = plan.callingProfiles.filter((profile) => profile.partitionIds.includes(partition.id));
  const set = (part: Partial<WritePartition>) => draft.change({ ...value, ...part });
  return (
    <>
      <div className={styles.detailHead}>
        <h2>{base.value.name}</h2>
        <Switch label="Partition is active" checked={value.active} words={['Active', 'Inactive']} onChange={(active) => set({ active })} />
        <span className={text.faint}>{profiles.length ? `in ${count(profiles.length, 'calling profile')}: ${profiles.map((profile) => profile.name).join(', ')}` : 'in no calling profile: nobody can use it'}</span>
        <span className={layout.right}>
          <DeletePartition partition={partition} switchId={switchId} usedBy={profiles.map((profile) => profile.name)} />
        </span>
      </div>
      <div className={styles.fields}>
        <div className={styles.name}>
          <TextField label="Name" value={value.name} dirty={value.name !== base.value.name} error={errors.name} onChange={(event) => set({ name: event.target.value })} />
        </div>
        <ActionFields action={value.action} trunks={plan.settings.trunks} dirty={!same(value.action, base.value.action)} errors={errors} onChange={(action) => set({ action })} />
      </div>
      <General issues={issues.filter((issue) => !value.patterns.includes(issue.pattern))} />
      <PatternTable patterns={value.patterns} saved={base.value.patterns} action={actionWords(value.action)} issues={issues} errors={errors} onChange={(patterns) => set({ patterns })} />
      <AddPattern patterns={value.patterns} onAdd={(pattern) => set({ patterns: [...value.patterns, pattern] })} />
      <Saving draft={draft} blocked={value.patterns.length === 0 ? 'A partition needs at least one pattern.' : (fault ?? Object.values(local)[0])} />
    </>
  );
}

function General({ issues }: { readonly issues: ReturnType<typeof issuesOf> }) {
  if (issues.length === 0) return null;
  return (
    <div className={styles.add}>
      {issues.map((issue) => (
        <Finding key={`${issue.code}-${issue.pattern}`} issue={issue} />
      ))}
    </div>
  );
}

function Saving({ draft, blocked }: { readonly draft: Draft<WritePartition>; readonly blocked: string | undefined }) {
  const { base, value } = draft;
  const lines: DiffLine[] = KEYS.filter((key) => !same(base.value[key], value[key])).map((key) => ({ label: PARTITION_LABELS[key], ...(key === 'patterns' ? listDiff(base.value.patterns, value.patterns) : { was: partitionWords(key, base.value), will: partitionWords(key, value) }) }));
  return (
    <>
      <SaveSlot>
        <SaveBar lines={lines} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={blocked} onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Partition ${base.value.name} was`} keys={KEYS} label={(key) => PARTITION_LABELS[key]} words={partitionWords} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </>
  );
}

function DeletePartition({ partition, switchId, usedBy }: { readonly partition: Partition; readonly switchId: string; readonly usedBy: readonly string[] }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deletePartition(switchId, partition),
    onSuccess: async () => {
      await navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, partition: undefined }), ignoreBlocker: true });
      await client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey });
    },
  });
  const isUsed = usedBy.length > 0;
  return (
    <>
      <Button look="ghost" small aria-disabled={isUsed || remove.isPending || undefined} title={isUsed ? `Used by ${usedBy.join(', ')}: take it out there first` : undefined} onClick={() => !isUsed && remove.mutate()}>
        <Trash2 aria-hidden /> Delete<span className={text.sr}>{isUsed ? `, not while ${usedBy.join(', ')} uses it` : ` partition ${partition.name}`}</span>
      </Button>
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(remove.error).what}</b> {wordsOf(remove.error).next}
        </Note>
      ) : null}
    </>
  );
}
