import type { Overview } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, PhoneOff, TriangleAlert } from 'lucide-react';
import { useScope } from '../../shell/scope.ts';
import { cx } from '../../ui/cx.ts';
import { zoneName } from '../../ui/formats.ts';
import { layout, PageHead, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Chip } from '../../ui/state.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { decisionsQuery } from '../calls/calls.api.ts';
import { DecisionTable } from '../calls/decisions.page.tsx';
import { diffChange, subjectOf, verbOf } from '../changes/change-words.ts';
import { Subject, useUserNames } from '../changes/change-list.tsx';
import { changesQuery } from '../changes/changes.api.ts';
import { overviewQuery } from './overview.api.ts';
import styles from './overview.module.css';
import { ReplicaTable, ServiceTable } from './service-tables.tsx';
import { type Verdict, verdictOf } from './verdict.ts';

export function OverviewPage() {
  const overview = useQuery({ ...overviewQuery, refetchInterval: 2_000 });
  return (
    <>
      <PageHead title="Overview" sub={`All sites. Times in ${zoneName()}.`} />
      <QueryState query={overview} rows={8}>
        {(data) => <Loaded overview={data} verdict={verdictOf(data)} />}
      </QueryState>
    </>
  );
}

function Loaded({ overview, verdict }: { readonly overview: Overview; readonly verdict: Verdict }) {
  return (
    <div className={`${layout.padTight} ${layout.cols} ${layout.colsSide}`}>
      <div className={layout.stack}>
        <VerdictBox verdict={verdict} />
        <Attention verdict={verdict} />
        <ReplicaTable replicas={overview.replicas} />
        <ServiceTable services={overview.services} />
        <RecentDecisions />
      </div>
      <div className={layout.stack}>
        <Refusals overview={overview} />
        <RecentChanges />
      </div>
    </div>
  );
}

const MARKS = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX } as const;

function VerdictBox({ verdict }: { readonly verdict: Verdict }) {
  const Icon = MARKS[verdict.kind];
  return (
    <div className={cx(styles.verdict, styles[verdict.kind])}>
      <Icon aria-hidden />
      <div>
        <b>{verdict.text}</b>
        <p className={text.muted}>{verdict.detail}</p>
      </div>
    </div>
  );
}

function Attention({ verdict }: { readonly verdict: Verdict }) {
  const { attention } = verdict;
  return (
    <Panel title="Needs attention" aside={attention.length ? <Chip kind="warn">{attention.length}</Chip> : null}>
      {attention.length === 0 ? <p className={`${layout.body} ${text.muted}`}>Nothing.</p> : null}
      <ul className={layout.feed}>
        {attention.map((each) => (
          <li key={each.key}>
            {each.kind === 'bad' ? <CircleX aria-hidden color="var(--bad-mark)" /> : <TriangleAlert aria-hidden color="var(--warn-mark)" />}
            <div>
              <b className={text.medium}>{each.what}</b>
              <p className={text.muted}>{each.why}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Refusals({ overview }: { readonly overview: Overview }) {
  const refusals = overview.replicas.flatMap((replica) => replica.refusals.map((each) => ({ ...each, replica: replica.replica }))).sort((a, b) => (a.time < b.time ? 1 : -1));
  if (refusals.length === 0) return null;
  return (
    <Panel title="Asked for a switch not bound here" aside={<Chip kind="warn">{refusals.length}</Chip>}>
      <ul className={layout.feed}>
        {refusals.slice(0, 5).map((each) => (
          <li key={`${each.time}-${each.callId}`}>
            <PhoneOff aria-hidden />
            <div className={styles.refusal}>
              <b className={text.medium}>{each.switchId}</b>
              <p className={text.muted}>
                {each.summary}, replica {each.replica}
              </p>
            </div>
            <When iso={each.time} seconds />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function RecentDecisions() {
  const { switchId } = useScope();
  const decisions = useQuery(decisionsQuery(switchId, '', undefined, 8));
  if (!switchId) return null;
  return (
    <Panel title="Recent decisions" aside={<Link to="/calls">All calls</Link>}>
      <QueryState query={decisions}>{({ items }) => (items.length ? <DecisionTable items={items} short /> : <p className={`${layout.body} ${text.muted}`}>None yet on {switchId}.</p>)}</QueryState>
    </Panel>
  );
}

function RecentChanges() {
  const changes = useQuery({ ...changesQuery('', undefined, 6), refetchInterval: 10_000 });
  const nameOf = useUserNames(changes.data?.items ?? []);
  return (
    <Panel title="Recent changes" aside={<Link to="/changes">All changes</Link>}>
      <QueryState query={changes}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={`${layout.body} ${text.muted}`}>None yet.</p>
          ) : (
            <ul className={cx(layout.feed, styles.changes)}>
              {items.map((change) => {
                const [line] = diffChange(change, nameOf);
                return (
                  <li key={`${change.kind}-${change.entityId}-${change.version}-${change.time}`}>
                    <div>
                      <Subject change={change} name={subjectOf(change, nameOf)} /> {line && !change.deleted ? <>{line.label.toLowerCase()} <span className={text.will}>{line.will}</span></> : verbOf(change)}
                      <p className={text.muted}>by {change.actor}</p>
                    </div>
                    <When iso={change.time} />
                  </li>
                );
              })}
            </ul>
          )
        }
      </QueryState>
    </Panel>
  );
}
