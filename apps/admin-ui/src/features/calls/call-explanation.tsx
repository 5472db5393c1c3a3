import type { CallPlan, Trace } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useScope } from '../../shell/scope.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Segmented } from '../../ui/controls.tsx';
import { count, took } from '../../ui/formats.ts';
import { Rungs } from '../../ui/ladder.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { Path } from '../../ui/path.tsx';
import { dialPlanQuery } from '../dial-plan/dial-plan.api.ts';
import { headlineOf, planLines, type TrunkNames } from './call-words.ts';
import styles from './calls.module.css';
import { DigitGrid } from './digit-grid.tsx';
import { stopsOf } from './trace-stops.tsx';

interface CallExplanationProps {
  readonly switchId: string;
  readonly dialled: string;
  readonly plan: CallPlan | undefined;
  readonly trace: Trace | undefined;
  readonly microseconds: number;
}

/** Why a call goes where it goes: of a test and of a past call alike. */
export function CallExplanation({ switchId, dialled, plan, trace, microseconds }: CallExplanationProps) {
  const names = useNames(switchId);
  return (
    <div className={`${layout.cols} ${layout.colsHalf}`}>
      <div className={layout.stack}>
        <Panel big title={plan ? headlineOf(plan, names) : 'No plan was made'} aside={took(microseconds)}>
          <div className={layout.body}>{trace ? <Path label="Path of the call" stops={stopsOf(trace, dialled, names.profileName)} /> : <Note>The trace of this call was not kept. Test the call again to see one.</Note>}</div>
        </Panel>
        {plan ? <Answer plan={plan} names={names} /> : null}
      </div>
      <div className={layout.stack}>
        {trace && trace.candidates.length > 0 ? (
          <Panel title="Why this pattern won" aside={`${count(trace.candidates.length, 'candidate')}${trace.candidatesLeftOut ? `, ${trace.candidatesLeftOut} more did not take it` : ''}`}>
            <DigitGrid trace={trace} dialled={dialled} />
          </Panel>
        ) : null}
        {trace ? <SettingsUsed trace={trace} /> : null}
      </div>
    </div>
  );
}

const LAYERS = ['system', 'tenant', 'site', 'user'];

function SettingsUsed({ trace }: { readonly trace: Trace }) {
  const used = trace.stations.filter(({ origin }) => LAYERS.some((layer) => layer === origin));
  if (used.length === 0) return null;
  return (
    <Panel title="Settings that were used" aside={`revision ${trace.revision}`}>
      <ul className={styles.used}>
        {used.map((station, at) => (
          <li key={`${at}-${station.rule}`}>
            <span>{station.text.replace(/\.$/, '')}</span>
            <span className={styles.origin}>
              <Rungs rungs={LAYERS.map((layer) => ({ layer, set: layer === station.origin, wins: layer === station.origin }))} />
              {station.origin}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Answer({ plan, names }: { readonly plan: CallPlan; readonly names: TrunkNames }) {
  const [form, setForm] = useState<'lines' | 'json'>('lines');
  const json = JSON.stringify(plan, null, 2);
  return (
    <Panel title="Answer to the SIP server" aside={<CopyButton label="Copy JSON" text={json} />}>
      <div className={styles.form}>
        <Segmented
          label="Show the answer as"
          value={form}
          options={[
            { value: 'lines', label: 'Lines' },
            { value: 'json', label: 'JSON' },
          ]}
          onChange={setForm}
        />
      </div>
      <pre className={styles.code} role="region" aria-label="Answer" tabIndex={0}>
        {form === 'json' ? json : planLines(plan, names).join('\n')}
      </pre>
    </Panel>
  );
}

function useNames(switchId: string): TrunkNames & { readonly profileName: (id: string) => string } {
  const { switches } = useScope();
  const plan = useQuery({ ...dialPlanQuery(switchId), enabled: switchId !== '' });
  return { sipDomain: switches.find((each) => each.id === switchId)?.sipDomain ?? '', trunks: plan.data?.settings.trunks ?? [], profileName: (id) => plan.data?.callingProfiles.find((profile) => profile.id === id)?.name ?? id };
}
