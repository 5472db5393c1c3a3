import { name as idSchema, type WritePartition, writePartition } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { newKey } from '../../api/request.ts';
import { Button, TextField } from '../../ui/controls.tsx';
import { layout, Note } from '../../ui/layout.tsx';
import { ActionFields } from './action.form.tsx';
import { dialPlanQuery, proposeId, putPartition } from './dial-plan.api.ts';
import styles from './dial-plan.module.css';
import { parsePattern, patternWords } from './parse-pattern.ts';
import type { TabProps } from './partitions-tab.tsx';

export function NewPartition({ plan, switchId }: TabProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [value, setValue] = useState<WritePartition>({ name: '', active: true, patterns: [], action: { kind: 'extension' } });
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [key] = useState(newKey);
  const id = proposeId(value.name);
  const body = { ...value, patterns: typed.split(/[\s,]+/).filter(Boolean) };
  const fault = body.patterns.map((each) => parsePattern(each).fault?.message).find(Boolean);
  const local: Readonly<Record<string, string>> = { ...schemaErrors(writePartition, body), ...(fault ? { patterns: fault } : {}), ...(value.name && !idSchema.safeParse(id).success ? { name: 'A name needs a letter to begin with.' } : {}) };
  const create = useMutation({
    mutationFn: () => putPartition(switchId, id, body, '', key),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey });
      await navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, partition: id }) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  const errors: Readonly<Record<string, string>> = { ...(tried ? local : {}), ...serverError(create.error, 'name', 'patterns', ...body.patterns.map((_, at) => `patterns.${at}`)) };
  const patternError = errors.patterns ? (body.patterns.length ? errors.patterns : 'Enter at least one pattern, for example 1XXX.') : Object.entries(errors).find(([field]) => field.startsWith('patterns.'))?.[1];
  return (
    <form onSubmit={submit} noValidate>
      <div className={styles.detailHead}>
        <h2>New partition</h2>
      </div>
      <div className={styles.fields}>
        <div className={styles.name}>
          <TextField label="Name" autoFocus value={value.name} error={errors.name} hint={id ? `Its id becomes ${id}.` : 'As administrators read it.'} onChange={(event) => setValue({ ...value, name: event.target.value })} />
        </div>
        <ActionFields action={value.action} trunks={plan.settings.trunks} dirty={false} errors={errors} onChange={(action) => setValue({ ...value, action })} />
      </div>
      <div className={styles.fields}>
        <div style={{ flex: '1 1 320px', maxWidth: 480 }}>
          <TextField label="Patterns" placeholder="1XXX, 2XXX" spellCheck={false} value={typed} error={patternError} hint={body.patterns.length && !fault ? `Takes ${body.patterns.map(patternWords).join('; or ')}.` : 'Separated by spaces or commas.'} onChange={(event) => setTyped(event.target.value)} />
        </div>
      </div>
      <div className={`${styles.fields} ${layout.row}`}>
        <Button type="submit" look="primary" disabled={create.isPending}>
          Create partition
        </Button>
        <Button look="ghost" onClick={() => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, partition: undefined }) })}>
          Cancel
        </Button>
      </div>
      {create.error && !patternError && !errors.name ? (
        <div className={styles.add}>
          <Note kind="bad" alert>
            <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
          </Note>
        </div>
      ) : null}
    </form>
  );
}
