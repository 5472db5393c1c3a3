import { type SimulateCall, simulateCall } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronRight, PhoneCall } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { useScope } from '../../shell/scope.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Button, SelectField, TextField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { NoSwitch } from '../numbers/numbers.page.tsx';
import { CallExplanation } from './call-explanation.tsx';
import { simulateQuery } from './calls.api.ts';
import styles from './calls.module.css';

const TARGETS = { idle: 'idle, ready', busy: 'on a call', 'not-ready': 'not ready' } as const;
type Target = keyof typeof TARGETS;

interface Asked {
  readonly from?: string;
  readonly to?: string;
  readonly origin?: string;
  readonly target?: string;
}

/** The URL is the call: copying the link is the bug report. */
function callOf({ from = '', to, origin, target }: Asked): SimulateCall | undefined {
  if (!to) return undefined;
  return { from, to, origin: origin === 'external' ? 'external' : 'internal', targetReady: target !== 'not-ready', targetBusy: target === 'busy' };
}

export function TestCallPage() {
  const asked = useSearch({ from: '/app/calls/test' });
  const { switchId, settled } = useScope();
  const call = callOf(asked);
  const result = useQuery(simulateQuery(switchId, call));
  return (
    <>
      <PageHead
        title="Test a call"
        sub="Asks the live engine, places no call."
        crumb={
          <>
            <Link to="/calls">Calls</Link>
            <ChevronRight aria-hidden />
            <span>Test</span>
          </>
        }
        actions={<CopyButton label="Copy link" text={() => location.href} />}
      />
      {settled && !switchId ? <NoSwitch /> : <Ask asked={asked} error={result.error} onAgain={() => void result.refetch()} />}
      {call ? (
        <QueryState query={result} rows={6}>
          {({ plan, trace, microseconds }) => (
            <div className={layout.padTight}>
              <CallExplanation switchId={switchId} dialled={call.to} plan={plan} trace={trace} microseconds={microseconds} />
            </div>
          )}
        </QueryState>
      ) : (
        <Empty icon={PhoneCall} title="Who calls whom?">
          Enter a number to see where a call to it would go, and why: the caller’s profile, the pattern that won, the ones that lost, and the settings of whoever is called.
        </Empty>
      )}
    </>
  );
}

function Ask({ asked, error, onAgain }: { readonly asked: Asked; readonly error: unknown; readonly onAgain: () => void }) {
  const navigate = useNavigate();
  const { switches, switchId, choose } = useScope();
  const [form, setForm] = useState(asked);
  const [tried, setTried] = useState(false);
  useEffect(() => setForm(asked), [asked]);
  const value = { from: (form.from ?? '').replace(/[\s()-]/g, ''), to: (form.to ?? '').replace(/[\s()-]/g, ''), origin: form.origin === 'external' ? 'external' : 'internal' };
  const local = schemaErrors(simulateCall, value);
  const errors: Readonly<Record<string, string>> = { ...(tried ? (value.to ? local : { to: 'Enter the number that is dialled.' }) : {}), ...serverError(error, 'from', 'to') };
  const target = (form.target ?? 'idle') as Target;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length > 0 || !value.to) return;
    const next = { from: value.from || undefined, to: value.to, origin: value.origin === 'external' ? 'external' : undefined, target: target === 'idle' ? undefined : target };
    const isSame = next.from === asked.from && next.to === asked.to && next.origin === asked.origin && next.target === asked.target;
    if (isSame) onAgain();
    else void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...next }) });
  };
  return (
    <form className={styles.ask} onSubmit={submit} noValidate>
      <div className={styles.number}>
        <TextField label="From" inputMode="tel" autoComplete="off" placeholder="anybody" value={form.from ?? ''} error={errors.from} onChange={(event) => setForm({ ...form, from: event.target.value })} />
      </div>
      <div className={styles.number}>
        <TextField label="Dialled" inputMode="tel" autoComplete="off" autoFocus={!asked.to} value={form.to ?? ''} error={errors.to} onChange={(event) => setForm({ ...form, to: event.target.value })} />
      </div>
      <div className={styles.select}>
        <SelectField label="Comes from" value={value.origin} onChange={(event) => setForm({ ...form, origin: event.target.value })}>
          <option value="internal">a phone of ours</option>
          <option value="external">a trunk</option>
        </SelectField>
      </div>
      <div className={styles.select}>
        <SelectField label="Switch" value={switchId} onChange={(event) => choose(event.target.value)}>
          {switches.map((each) => (
            <option key={each.id}>{each.id}</option>
          ))}
        </SelectField>
      </div>
      <div className={styles.select}>
        <SelectField label={`${form.to || 'The called phone'} is`} value={target} onChange={(event) => setForm({ ...form, target: event.target.value })}>
          {(Object.keys(TARGETS) as Target[]).map((each) => (
            <option key={each} value={each}>
              {TARGETS[each]}
            </option>
          ))}
        </SelectField>
      </div>
      <Button type="submit" look="primary" data-key="Enter">
        Test
      </Button>
    </form>
  );
}
