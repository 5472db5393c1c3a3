import type { Overview } from '@sfs/rest-contract';
import { age, count } from '../../ui/formats.ts';
import { layout, Panel } from '../../ui/layout.tsx';
import { State } from '../../ui/state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { isBehind } from './verdict.ts';

const REPLICA_HEAD = [
  { key: 'replica', label: 'Replica' },
  { key: 'decides', label: 'Calls' },
  { key: 'revision', label: 'Revision' },
  { key: 'age', label: 'Age of the last tick' },
] as const;

export function ReplicaTable({ replicas }: { readonly replicas: Overview['replicas'] }) {
  return (
    <Panel title="Dial plan" aside={<span className={layout.wide}>Revision and age of the last tick from each source</span>}>
      <Table label="Dial plan replicas" head={REPLICA_HEAD}>
        {replicas.map((replica) => (
          <tr key={replica.replica}>
            <th scope="row" data-c="a">
              {replica.replica}
            </th>
            <td data-c="b" className={table.wrap}>
              <Deciding replica={replica} />
            </td>
            <td data-c="c" className={table.wrap}>
              {replica.switches.map((each) => (
                <div key={each.switchId}>
                  {each.revision || 'none'} <span className={text.faint}>{each.switchId}</span>
                </div>
              ))}
              {replica.reachable ? <span className={text.hint}>{replica.loadedFrom === 'fresh' ? 'loaded live' : `loaded from ${replica.loadedFrom || 'nowhere'}`}</span> : null}
            </td>
            <td data-c="d" className={table.wrap}>
              {replica.sources.map((source) => (
                <div key={`${source.owner}-${source.site}`}>
                  {isBehind(source.ageMs) ? <State kind="warn">{age(source.ageMs)}</State> : age(source.ageMs)}{' '}
                  <span className={text.faint}>
                    {source.owner} {source.site}
                  </span>
                </div>
              ))}
            </td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function Deciding({ replica }: { readonly replica: Overview['replicas'][number] }) {
  if (!replica.reachable) return <State kind="bad">Not reachable</State>;
  if (replica.switches.length === 0) return <State kind="off">No switch bound</State>;
  return (
    <>
      {replica.switches.map((each) => (
        <div key={each.switchId}>
          {each.deciding ? <State kind="ok">Deciding</State> : <State kind="bad">Cannot decide</State>}
          {each.deciding ? null : <div className={text.hint}>{each.reason}</div>}
        </div>
      ))}
    </>
  );
}

const SERVICE_HEAD = [
  { key: 'service', label: 'Service' },
  { key: 'instance', label: 'Instance', from: 'second' },
  { key: 'state', label: 'State' },
  { key: 'checks', label: 'Checks' },
] as const;

export function ServiceTable({ services }: { readonly services: Overview['services'] }) {
  return (
    <Panel title="Services">
      <Table label="Services" head={SERVICE_HEAD}>
        {services.map((each) => (
          <tr key={`${each.service}-${each.instance}`}>
            <th scope="row" data-c="a">
              {each.service}
            </th>
            <td className={table.second}>{each.instance || <span className={text.faint}>unknown</span>}</td>
            <td data-c="b">{!each.alive ? <State kind="bad">Does not answer</State> : each.ready ? <State kind="ok">Ready</State> : <State kind="warn">Not ready</State>}</td>
            <td data-c="c" className={table.wrap}>
              <Checks checks={each.checks} />
            </td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function Checks({ checks }: { readonly checks: Overview['services'][number]['checks'] }) {
  const failing = checks.filter((check) => !check.ok);
  if (checks.length === 0) return <span className={text.faint}>none reported</span>;
  if (failing.length === 0) return <span className={text.muted}>{count(checks.length, 'check')} fine: {checks.map((check) => check.name).join(', ')}</span>;
  return (
    <>
      {failing.map((check) => (
        <div key={check.name}>
          <b className={text.medium}>{check.name}</b>: {check.detail}
        </div>
      ))}
    </>
  );
}
